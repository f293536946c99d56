import * as vscode from "vscode";
import { parseDesk } from "../../../core/desk/parseDesk";
import type { RotationEdit, RotationEditFailure } from "../../../core/desk/scheduleEdit";
import { type Desk, rotationsOf } from "../../../core/model/desk";
import type { Instant } from "../../../core/model/issue";
import { sameLogin } from "../../../core/model/names";
import { assertNever, failed, ok } from "../../../core/model/result";
import { holdingAt } from "../../../core/oncall/rotation";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { uriIn } from "../../platform/folderFiles";
import { formatInstant } from "../../ui/format";
import { nameIn } from "../../ui/people";
import type { Choice } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd } from "../input/command";

/** The `desk.yml` in the editor, including unsaved changes. */
export interface ScheduleDesk {
  readonly document: vscode.TextDocument;
  readonly desk: Desk;
}

/** Opens `desk.yml` to read and change its rotations. Shows a message and returns `undefined` if there is none or it has no valid rotation. */
export async function scheduleDesk(session: DeskSession): Promise<ScheduleDesk | undefined> {
  const t = vscode.l10n.t;
  const { path } = session.desk.now();
  const uri = path === undefined ? undefined : uriIn(session.folder.uri, path);
  if (uri === undefined) {
    const create = t("Create Desk");
    const chosen = await vscode.window.showInformationMessage(t("This folder has no desk.yml. Create a desk first, then add a rotation to it."), create);
    if (chosen === create) await vscode.commands.executeCommand("responseDesk.desk.create");
    return undefined;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const { desk } = parseDesk(document.getText());
  if (desk !== undefined && rotationsOf(desk).length > 0) return { document, desk };
  await notifyScheduleFailure({ kind: desk === undefined ? "brokenDesk" : "noRotation" });
  return undefined;
}

/** Why a change of the schedule cannot be written, and what to do. */
export function describeScheduleFailure(failure: RotationEditFailure): string {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "brokenDesk":
      return t("desk.yml has errors and was not changed. Fix the marked lines, then try again.");
    case "noRotation":
      return t("desk.yml has no rotation with this role. Add one under “rotation”, then try again.");
    case "noHolder":
      return t("Nobody has the role {0} at that time. Cover that time instead.", plainLabel(failure.role));
    case "holdsAlready":
      return t("{0} already has the role {1} at that time. Select another person or time.", plainLabel(failure.login), plainLabel(failure.role));
    case "badTime":
      return t("The end must be after the start, and both must be valid dates.");
    case "unwritable":
      return t("desk.yml could not be changed automatically, for example because it uses an alias (*). Edit it manually.");
    default:
      return assertNever(failure);
  }
}

/** Shows why the schedule cannot be changed, with a button to open the file. */
async function notifyScheduleFailure(failure: RotationEditFailure): Promise<void> {
  const open = vscode.l10n.t("Open desk.yml");
  const chosen = await vscode.window.showWarningMessage(describeScheduleFailure(failure), open);
  if (chosen === open) await vscode.commands.executeCommand("responseDesk.desk.open");
}

/** The roles of all rotations, with the current holder and until when. */
export function roleChoices(desk: Desk, now: Instant): readonly Choice<string>[] {
  const t = vscode.l10n.t;
  const holdings = holdingAt(desk, now);
  return rotationsOf(desk).flatMap(({ roles }) =>
    roles.map((role) => {
      const holding = holdings[role];
      const description = holding === undefined ? t("nobody now") : t("{0} until {1}", nameIn(desk, holding.login), formatInstant(holding.to, now, desk.timezone, vscode.env.language));
      return { label: plainLabel(role), description, value: role };
    }),
  );
}

/** All people of the desk and its rotations. */
export function personChoices(desk: Desk): readonly Choice<string>[] {
  const logins = [...new Set([...desk.people.map(({ login }) => login), ...rotationsOf(desk).flatMap(({ people }) => people)])];
  return logins.map((login) => {
    const name = desk.people.find((person) => sameLogin(person.login, login))?.name;
    return { label: plainLabel(login), ...(name === undefined ? {} : { description: plainLabel(name) }), value: login };
  });
}

/** A text property of an argument from a tree or a panel. */
export function argumentOf(argument: unknown, name: "role" | "day"): string | undefined {
  const value: unknown = typeof argument === "object" && argument !== null && name in argument ? Object.entries(argument).find(([key]) => key === name)?.[1] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** Changes `desk.yml` in its editor and leaves it unsaved, so that the user can review, save and commit it. */
export async function writeSchedule({ document }: ScheduleDesk, edit: (text: string) => RotationEdit, message: string): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const edits = edit(document.getText());
  if (edits.kind === "failed") {
    await notifyScheduleFailure(edits.failure);
    return undefined;
  }
  const [first] = edits.value.toSorted((a, b) => a.from - b.from);
  if (first === undefined) {
    runInBackground(vscode.window.showInformationMessage(t("desk.yml already contains this change. {0}", message)));
    return undefined;
  }
  const workspaceEdit = new vscode.WorkspaceEdit();
  for (const { from, to, newText } of edits.value) workspaceEdit.replace(document.uri, new vscode.Range(document.positionAt(from), document.positionAt(to)), newText);
  const editor = await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
  if (!(await vscode.workspace.applyEdit(workspaceEdit))) return failed({ kind: "unwritable", path: "desk.yml", reason: t("the editor rejected the change") });
  const position = document.positionAt(first.from + (/^\s*/.exec(first.newText)?.[0].length ?? 0));
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenter);
  const autoSaves = vscode.workspace.getConfiguration("files", document.uri).get("autoSave") !== "off";
  runInBackground(vscode.window.showInformationMessage(
    autoSaves
      ? t("{0} The change is in desk.yml. Review and commit it to apply it for everybody. Undo reverts it.", message)
      : t("{0} The change is in desk.yml and is not saved. Review, save and commit it to apply it for everybody. Undo reverts it.", message),
  ));
  return ok(undefined);
}
