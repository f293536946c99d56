import * as v from "valibot";
import * as vscode from "vscode";
import { type LibraryGrouping, type PostmortemSummary, searchLibrary } from "../../../core/postmortem/library/library";
import { refSchema } from "../../../core/markup/linkRegion";
import type { IssueRef } from "../../../core/model/issueRef";
import { parseData } from "../../../core/model/parseData";
import { ok, type Result } from "../../../core/model/result";
import { isPostmortemPath, postmortemPath } from "../../../core/postmortem/postmortem";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { formatDate } from "../../ui/format";
import { next } from "../../ui/inputFlow";
import { openPostmortem, openPostmortemFile } from "../../ui/openPanel";
import { decorate, pickOne, showInput } from "../../ui/quickPick";
import { plainLabel, withoutMarkup } from "../../ui/safeText";
import { choiceKey, libraryGroupings, readChoice } from "../../views/outlineChoice";
import { statusLabel } from "../../views/postmortemItem";
import type { CommandEnd, DeskTools } from "../input/command";
import { showFile } from "../input/show";

const most = 200;

interface Item extends vscode.QuickPickItem {
  readonly postmortem: PostmortemSummary;
}

/** Searches post-mortems by title, service, factor and text while the user types, and opens the selected one. */
export async function searchPostmortems({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const fileButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("go-to-file"), tooltip: t("Open File") };
  const quick = vscode.window.createQuickPick<Item>();
  decorate(quick, { title: t("Search post-mortems"), back: false });
  quick.ignoreFocusOut = false;
  quick.placeholder = t("Search titles, services, contributing factors and text");
  quick.busy = true;
  let library: readonly PostmortemSummary[] = [];
  const today = session.postmortems.today();
  const show = (): void => {
    quick.items = searchLibrary(library, quick.value).slice(0, most).map((postmortem) => ({ ...itemOf(postmortem, today), buttons: [fileButton] }));
  };
  runInBackground(session.postmortems.read().then(({ postmortems }) => {
    library = postmortems;
    quick.busy = false;
    if (postmortems.length === 0) quick.placeholder = t("There are no post-mortems yet");
    show();
  }), session.log);
  const answer = await showInput<{ readonly postmortem: PostmortemSummary; readonly asFile: boolean }>(quick, (accept) => [
    quick.onDidChangeValue(show),
    quick.onDidAccept(() => {
      const [chosen] = quick.selectedItems;
      if (chosen !== undefined) accept(next({ postmortem: chosen.postmortem, asFile: false }));
    }),
    quick.onDidTriggerItemButton(({ item: { postmortem } }) => accept(next({ postmortem, asFile: true }))),
  ]);
  if (answer.kind !== "next") return undefined;
  const { postmortem: { path, issue }, asFile } = answer.value;
  return asFile ? showFile(session.folder, path) : openInBuilder(session, path, issue);
}

function itemOf(postmortem: PostmortemSummary, today: string): Item {
  const { title, date, status, services, factors, summary, path } = postmortem;
  const parts = [...(date === undefined ? [] : [formatDate(date, today, vscode.env.language)]), statusLabel(status), ...services, ...factors];
  return {
    label: `$(notebook) ${plainLabel(withoutMarkup(title))}`,
    description: plainLabel(parts.join(" · ")),
    detail: plainLabel(withoutMarkup(summary === "" ? path : summary)),
    // The search already filtered the items.
    alwaysShow: true,
    postmortem,
  };
}

/** Groups the post-mortems in their view. */
export async function groupPostmortemsBy({ context }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const choice = readChoice(context.workspaceState.get(choiceKey));
  const names: Readonly<Record<LibraryGrouping, string>> = { service: t("Service"), factor: t("Contributing Factor"), status: t("Status") };
  const answer = await pickOne({
    flowStep: { title: t("Group post-mortems by"), back: false },
    placeholder: t("Select a property"),
    choices: libraryGroupings.map((by) => ({ label: names[by], description: by === choice.postmortems ? t("current") : "", value: by })),
    active: (by) => by === choice.postmortems,
  });
  if (answer.kind !== "next") return undefined;
  await context.workspaceState.update(choiceKey, { ...choice, postmortems: answer.value });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}

const rowSchema = v.object({ path: v.string(), ref: v.exactOptional(refSchema), incident: v.exactOptional(refSchema), kind: v.exactOptional(v.string()) });

/** Opens the post-mortem of a row, or the one that a row's action item belongs to. */
export async function openPostmortemRow({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const row = parseData(rowSchema, argument);
  if (row === undefined) return undefined;
  return openInBuilder(session, row.path, row.kind === "postmortem" ? row.ref : row.incident);
}

/** Opens the file of a row in the editor. */
export async function openPostmortemSource({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const row = parseData(rowSchema, argument);
  return row === undefined ? undefined : showFile(session.folder, row.path);
}

/**
 * Opens a post-mortem in the builder: that of its issue, if the issue has this file, so that one file is open in one panel. A file that
 * the builder does not open is shown in the editor.
 */
export async function openInBuilder(session: DeskSession, path: string, incident: IssueRef | undefined): Promise<Result<unknown>> {
  if (!isPostmortemPath(path)) return showFile(session.folder, path);
  const issue = incident === undefined ? undefined : session.issues.find(incident);
  const facts = issue === undefined ? undefined : session.issues.factsOf(issue);
  const usual = issue === undefined || facts === undefined ? undefined : (facts.postmortem ?? postmortemPath(session.desk.config(), issue.ref, facts.name, issue.createdAt));
  if (issue !== undefined && usual === path) openPostmortem(issue.ref);
  else openPostmortemFile(path);
  return ok(undefined);
}
