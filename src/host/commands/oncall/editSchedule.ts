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

/** The `desk.yml` of a team in the editor, with what a person has not saved yet. */
export interface ScheduleDesk {
  readonly document: vscode.TextDocument;
  readonly desk: Desk;
}

/** Opens `desk.yml` to read and change its rotations; where there is none, or nothing in it can be understood, says so and gives nothing. */
export async function scheduleDesk(session: DeskSession): Promise<ScheduleDesk | undefined> {
  const t = vscode.l10n.t;
  const { path } = session.desk.now();
  const uri = path === undefined ? undefined : uriIn(session.folder.uri, path);
  if (uri === undefined) {
    const create = t("Create a Desk");
    const chosen = await vscode.window.showInformationMessage(t("This folder has no desk.yml, and a rotation is written there. Create a desk first."), create);
    if (chosen === create) await vscode.commands.executeCommand("responseDesk.desk.create");
    return undefined;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const { desk } = parseDesk(document.getText());
  if (desk !== undefined && rotationsOf(desk).length > 0) return { document, desk };
  await notifyScheduleFailure({ kind: desk === undefined ? "brokenDesk" : "noRotation" });
  return undefined;
}

/** Why a change of duty cannot be written, and what to do. */
export function describeScheduleFailure(failure: RotationEditFailure): string {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "brokenDesk":
      return t("desk.yml has an error, and nothing is written into what is not understood. Mend the marked lines, then do this again.");
    case "noRotation":
      return t("desk.yml has no rotation with this role. Write one under “rotation”, then do this again.");
    case "noHolder":
      return t("Nobody has the role {0} then. Cover that time instead.", plainLabel(failure.role));
    case "holdsAlready":
      return t("{0} has the role {1} already. Choose somebody else or another time.", plainLabel(failure.login), plainLabel(failure.role));
    case "badTime":
      return t("The end has to come after the beginning, on days that exist.");
    case "unwritable":
      return t("desk.yml is written in a way that this cannot be added to, as behind an alias (*). Nothing was changed; write it by hand.");
    default:
      return assertNever(failure);
  }
}

/** Says why nothing was written; the file is one click away. */
async function notifyScheduleFailure(failure: RotationEditFailure): Promise<void> {
  const open = vscode.l10n.t("Open desk.yml");
  const chosen = await vscode.window.showWarningMessage(describeScheduleFailure(failure), open);
  if (chosen === open) await vscode.commands.executeCommand("responseDesk.desk.open");
}

/** The roles of all rotations, each with who has it now and until when. */
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

/** Everybody the desk knows, those in rotations with them. */
export function personChoices(desk: Desk): readonly Choice<string>[] {
  const logins = [...new Set([...desk.people.map(({ login }) => login), ...rotationsOf(desk).flatMap(({ people }) => people)])];
  return logins.map((login) => {
    const name = desk.people.find((person) => sameLogin(person.login, login))?.name;
    return { label: plainLabel(login), ...(name === undefined ? {} : { description: plainLabel(name) }), value: login };
  });
}

/** A text of an argument that came from a tree or a panel. */
export function argumentOf(argument: unknown, name: "role" | "day"): string | undefined {
  const value: unknown = typeof argument === "object" && argument !== null && name in argument ? Object.entries(argument).find(([key]) => key === name)?.[1] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** Changes `desk.yml` in its editor and leaves it unsaved there for a person to review, save and commit; undo takes it back. */
export async function writeSchedule({ document }: ScheduleDesk, edit: (text: string) => RotationEdit, message: string): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const edits = edit(document.getText());
  if (edits.kind === "failed") {
    await notifyScheduleFailure(edits.failure);
    return undefined;
  }
  const [first] = edits.value.toSorted((a, b) => a.from - b.from);
  if (first === undefined) {
    runInBackground(vscode.window.showInformationMessage(t("desk.yml says so already. {0}", message)));
    return undefined;
  }
  const whole = new vscode.WorkspaceEdit();
  for (const { from, to, newText } of edits.value) whole.replace(document.uri, new vscode.Range(document.positionAt(from), document.positionAt(to)), newText);
  const editor = await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
  if (!(await vscode.workspace.applyEdit(whole))) return failed({ kind: "unwritable", path: "desk.yml", reason: t("the editor refused the change") });
  const position = document.positionAt(first.from + (/^\s*/.exec(first.newText)?.[0].length ?? 0));
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenter);
  const savesItself = vscode.workspace.getConfiguration("files", document.uri).get("autoSave") !== "off";
  runInBackground(vscode.window.showInformationMessage(
    savesItself
      ? t("{0} It is written into desk.yml: review it and commit it, and it holds for everybody. Undo takes it back.", message)
      : t("{0} It is written into desk.yml but not saved: review it, save it and commit it, and it holds for everybody. Undo takes it back.", message),
  ));
  return ok(undefined);
}
