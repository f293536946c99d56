import * as v from "valibot";
import * as vscode from "vscode";
import { currentIncident } from "../../../core/incident/roles";
import { isShortened, maxNote, noteLimits, readTypedNote, renderNote, type TypedNote } from "../../../core/incident/timelineNote";
import { renderMilestone } from "../../../core/markup/milestone";
import type { IssueRef } from "../../../core/model/issueRef";
import { parseData } from "../../../core/model/parseData";
import type { Result } from "../../../core/model/result";
import { reportedAt } from "../../../core/response/responseClock";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { showDialog } from "../../ui/dialog";
import { formatInstant } from "../../ui/format";
import { type Answer, next } from "../../ui/inputFlow";
import { activePanel } from "../../ui/openPanel";
import { decorate, showInput } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { isOpen, likeliestFirst, pickIssue, shortReference } from "../input/pickIssue";
import { readIssueTarget } from "../input/target";
import { clipboardText, describeOrigin, editorSelection, explorerSelection, type NoteOrigin, pickFile, readSource, terminalSelection } from "./timelineSource";

/** Adds a note to the timeline of the current issue, with the selection in an editor or terminal, the clipboard text or a file. */
export async function addToTimeline(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const from = parseData(v.object({ from: v.picklist(["terminal", "editor"]) }), argument)?.from;
  const origin = from === "terminal" || isTerminal(argument) ? await terminalSelection() : readIssueTarget(argument) === undefined ? editorSelection(tools.session) : undefined;
  return addEntry(tools, argument, origin);
}

/** Adds a file of the Explorer to the timeline of the current issue: that of its menu, or the selected one. */
export async function addFileToTimeline(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return addEntry(tools, undefined, argument instanceof vscode.Uri ? { kind: "file", uri: argument } : ((await explorerSelection(tools.session)) ?? (await pickFile(tools.session))));
}

/** Whether the command comes from the context menu of a terminal. */
function isTerminal(argument: unknown): boolean {
  return vscode.window.terminals.some((terminal) => terminal === argument);
}

async function addEntry(tools: DeskTools, argument: unknown, first: NoteOrigin | undefined): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  let ref = readIssueTarget(argument)?.ref ?? (await activeIssue(session)) ?? implied(tools) ?? (await askIssue(tools));
  let origin = first;
  let typed = "";
  while (ref !== undefined) {
    const answer = await askNote(tools, ref, origin, typed);
    if (answer.kind !== "next") return undefined;
    typed = answer.value.typed;
    switch (answer.value.kind) {
      case "issue":
        ref = (await askIssue(tools)) ?? ref;
        continue;
      case "origin":
        origin = answer.value.from === "none" ? undefined : ((await readOrigin(tools, answer.value.from)) ?? origin);
        continue;
      case "add":
        break;
    }
    const { text, at } = answer.value.note;
    if (origin !== undefined && origin.kind !== "file" && isShortened(origin.text) && !(await acceptsShortened(origin.text))) continue;
    const prepared = origin === undefined ? undefined : await readSource(session, ref, origin);
    if (prepared?.kind === "failed") {
      runInBackground(vscode.window.showErrorMessage(prepared.failure), session.log);
      return undefined;
    }
    runInBackground(tools.context.workspaceState.update(lastKey, ref), session.log);
    const submission = await tools.submit(t("Adding to the timeline…"), { kind: "comment", ref, markdown: renderMilestone("note", renderNote(text, prepared?.value.source), at === undefined ? {} : { at }) });
    if (submission.kind === "done") notifyAdded(session, ref, prepared?.value.copied);
    else if (prepared?.value.copied !== undefined) notifyCopied(session, submission.kind === "queued", prepared.value.copied);
    return submission;
  }
  return undefined;
}

function notifyAdded(session: DeskSession, ref: IssueRef, copied: string | undefined): void {
  const t = vscode.l10n.t;
  if (copied === undefined) void vscode.window.setStatusBarMessage(t("$(check) Added to the timeline of {0}", shortReference(session, ref)), 4000);
  else runInBackground(vscode.window.showInformationMessage(t("The file was copied to {0} and added to the timeline of {1}. Commit it, so that others can open it.", plainLabel(copied), shortReference(session, ref))), session.log);
}

/** Says where the copy of a file is whose entry was not written: it stays, because the user may have changed it since. */
function notifyCopied({ log }: DeskSession, waits: boolean, copied: string): void {
  const t = vscode.l10n.t;
  const path = plainLabel(copied);
  const text = waits ? t("The file was copied to {0}. Commit it, so that others can open it when the entry is added.", path) : t("The file was copied to {0}, but the entry was not added. Add this copy, or delete it.", path);
  runInBackground(vscode.window.showInformationMessage(text), log);
}

/** The issue of the page, checklist or post-mortem that is the active editor, or of the issue file. */
async function activeIssue(session: DeskSession): Promise<IssueRef | undefined> {
  const shown = readIssueTarget(await vscode.commands.executeCommand(activePanel))?.ref;
  if (shown !== undefined) return shown;
  const uri = vscode.window.activeTextEditor?.document.uri;
  const path = uri === undefined ? undefined : session.paths.pathOf(uri);
  return path === undefined ? undefined : session.issues.snapshot()?.issues.find(({ location }) => location.kind === "file" && location.path === path)?.ref;
}

/** The only incident that the user works on, otherwise the issue of their last entry while it is open. */
function implied({ session, context }: DeskTools): IssueRef | undefined {
  const own = currentIncident(session.desk.config(), session.issues.snapshot()?.issues ?? [], session.account.knownMe());
  return own?.ref ?? lastIssue(session, context);
}

const lastKey = "responseDesk.timelineIssue";

function lastIssue(session: DeskSession, context: vscode.ExtensionContext): IssueRef | undefined {
  const stored = readIssueTarget(context.workspaceState.get(lastKey))?.ref;
  const issue = stored === undefined ? undefined : session.issues.find(stored);
  return issue?.state === "open" ? issue.ref : undefined;
}

async function askIssue({ session }: DeskTools): Promise<IssueRef | undefined> {
  const t = vscode.l10n.t;
  const issues = likeliestFirst(session, (session.issues.snapshot()?.issues ?? []).filter(isOpen));
  if (issues.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is no open issue. Declare an incident or create a request first.")), session.log);
    return undefined;
  }
  const answer = await pickIssue(session, { flowStep: { title: t("Add to timeline"), back: false }, placeholder: t("Select the issue"), issues });
  return answer.kind === "next" ? answer.value : undefined;
}

type OtherOrigin = "editor" | "terminal" | "clipboard" | "file" | "none";

type NoteAnswer = { readonly typed: string } & (
  | { readonly kind: "add"; readonly note: TypedNote }
  | { readonly kind: "origin"; readonly from: OtherOrigin }
  | { readonly kind: "issue" }
);

interface NoteItem extends vscode.QuickPickItem {
  readonly action: "add" | "issue" | OtherOrigin;
}

/** Asks for the note. Enter adds it; the other choices add text or a file to it, or select another issue. */
function askNote({ session }: DeskTools, ref: IssueRef, origin: NoteOrigin | undefined, typed: string): Promise<Answer<NoteAnswer>> {
  const t = vscode.l10n.t;
  const quick = vscode.window.createQuickPick<NoteItem>();
  const name = plainLabel(`${shortReference(session, ref)} ${session.issues.find(ref)?.title ?? ""}`);
  decorate(quick, { title: t("Add to timeline of {0}", name.slice(0, 80)), back: false });
  quick.placeholder = t("What happened? For an earlier time, start with -10m or 14:05");
  quick.value = typed;
  const { timezone } = session.desk.config();
  const read = (): Result<TypedNote, "future"> => readTypedNote(quick.value, (text) => reportedAt(text, session.clock.now(), timezone));

  const fill = (): void => {
    const note = read();
    const at = note.kind === "ok" ? note.value.at : undefined;
    const about = [
      ...(note.kind === "failed" ? [t("This time is in the future.")] : []),
      ...(at === undefined ? [] : [t("happened at {0}", formatInstant(at, session.clock.now(), timezone, vscode.env.language))]),
      ...(origin === undefined ? [] : [describeOrigin(session, origin)]),
    ].join(" · ");
    const text = note.kind === "ok" ? note.value.text : quick.value;
    const add: NoteItem = {
      label: `$(add) ${text === "" ? t("Add") : plainLabel(text)}`,
      ...(about === "" ? {} : { description: about }),
      ...(origin === undefined || origin.kind === "file" ? {} : { detail: plainLabel(origin.text).slice(0, 160) }),
      alwaysShow: true,
      action: "add",
    };
    const other = (action: NoteItem["action"], icon: string, label: string): NoteItem => ({ label: `$(${icon}) ${label}`, alwaysShow: true, action });
    quick.items = [
      add,
      ...(origin?.kind !== "selection" && editorSelection(session) !== undefined ? [other("editor", "selection", t("Use the Editor Selection"))] : []),
      ...(origin?.kind !== "terminal" && vscode.window.activeTerminal !== undefined ? [other("terminal", "terminal", t("Use the Terminal Selection"))] : []),
      ...(origin?.kind === "clipboard" ? [] : [other("clipboard", "clippy", t("Use the Clipboard Text"))]),
      other("file", "file-media", t("Use a File or Picture…")),
      ...(origin === undefined ? [] : [other("none", "dash", t("Add the Note Only"))]),
      other("issue", "issues", t("Select Another Issue…")),
    ];
  };
  fill();

  return showInput(quick, (accept) => [
    quick.onDidChangeValue(fill),
    quick.onDidAccept(() => {
      const { action } = quick.activeItems[0] ?? { action: "add" };
      const text = { typed: quick.value };
      if (action === "issue") return accept(next({ ...text, kind: "issue" }));
      if (action !== "add") return accept(next({ ...text, kind: "origin", from: action }));
      const note = read();
      if (note.kind === "failed") return;
      if (note.value.text === "" && origin === undefined) {
        quick.placeholder = t("Enter what happened, or select what to add.");
        return;
      }
      if (note.value.text.length > maxNote) {
        runInBackground(vscode.window.showErrorMessage(t("The note has {0} characters. The maximum is {1}. Copy a longer text, and use the clipboard text.", note.value.text.length, maxNote)), session.log);
        return;
      }
      accept(next({ ...text, kind: "add", note: note.value }));
    }),
  ]);
}

async function readOrigin({ session }: DeskTools, from: Exclude<OtherOrigin, "none">): Promise<NoteOrigin | undefined> {
  const t = vscode.l10n.t;
  const empty = (message: string): undefined => {
    runInBackground(vscode.window.showInformationMessage(message), session.log);
    return undefined;
  };
  switch (from) {
    case "editor":
      return editorSelection(session);
    case "terminal":
      return (await terminalSelection()) ?? empty(t("Nothing is selected in the terminal."));
    case "clipboard":
      return (await clipboardText()) ?? empty(t("The clipboard has no text that can be read."));
    case "file":
      return pickFile(session);
  }
}

async function acceptsShortened(text: string): Promise<boolean> {
  const t = vscode.l10n.t;
  const add = t("Add Shortened");
  const message = t("The text has {0} lines and {1} characters. Only its start and end are added, at most {2} lines and {3} characters.", text.split("\n").length, text.length, noteLimits.lines, noteLimits.characters);
  return (await showDialog("warning", message, t("To keep all of it, save it as a file and add the file."), add)) === add;
}
