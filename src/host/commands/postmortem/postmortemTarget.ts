import * as v from "valibot";
import * as vscode from "vscode";
import { contended, isContended } from "../../../core/model/failure";
import { type IssueRef, refKey } from "../../../core/model/issueRef";
import { parseData } from "../../../core/model/parseData";
import { failed, ok, type Result } from "../../../core/model/result";
import { parsePostmortem, type PostmortemDocument } from "../../../core/postmortem/document/parsePostmortem";
import { renderPostmortem, unwrittenEdits } from "../../../core/postmortem/document/renderPostmortem";
import { isPostmortemPath } from "../../../core/postmortem/postmortem";
import { applyEdit, type PostmortemEdit } from "../../../core/postmortem/postmortemEdit";
import { readEntryTime } from "../../../core/postmortem/postmortemTime";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { uriIn } from "../../platform/folderFiles";
import { formatDay } from "../../ui/format";
import { activePanel, openPostmortem } from "../../ui/openPanel";
import { pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { statusLabel } from "../../views/postmortemItem";
import { readIssueTarget } from "../input/target";

/** A post-mortem file of the workspace folder. */
export interface PostmortemFile {
  readonly path: string;
  readonly document: PostmortemDocument;
}

/**
 * The post-mortem that a command is about: the one in its argument (`{ path }`, or `{ ref }` of its incident), else that of the
 * active editor or page, else the one that the user picks. `undefined` if they leave, or after a message if there is none.
 */
export async function choosePostmortem(session: DeskSession, argument: unknown, title: string): Promise<Result<PostmortemFile> | undefined> {
  const named = readPath(argument) ?? pathOfIssue(session, readIssueTarget(argument)?.ref);
  if (named !== undefined) return readPostmortem(session, named);
  const ref = readIssueTarget(argument)?.ref;
  if (ref !== undefined) {
    runInBackground(notifyMissing(ref), session.log);
    return undefined;
  }
  const active = await activePath(session);
  if (active !== undefined) return readPostmortem(session, active);
  const path = await pickPath(session, title);
  return path === undefined ? undefined : readPostmortem(session, path);
}

/** Reads a post-mortem as it is in an open editor, else from its file. */
export async function readPostmortem(session: DeskSession, path: string): Promise<Result<PostmortemFile>> {
  const open = unsavedDocument(session, path);
  const text = open === undefined ? await session.files.read(path) : ok(open.getText());
  if (text.kind === "failed") return text;
  return ok({ path, document: parsePostmortem(text.value, session.desk.config().timezone) });
}

/** The document of a file that is open with unsaved changes. */
export function unsavedDocument(session: DeskSession, path: string): vscode.TextDocument | undefined {
  const uri = uriIn(session.folder.uri, path)?.toString();
  return vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri);
}

const maxAttempts = 5;

/**
 * Applies edits to the current text of a post-mortem and saves it. A page that shows it merges the change. If it is open with unsaved
 * changes, these are saved with the edits.
 */
export async function editPostmortem(session: DeskSession, path: string, edits: readonly PostmortemEdit[]): Promise<Result<PostmortemFile>> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const file = await readPostmortem(session, path);
    if (file.kind === "failed") return file;
    const { timezone } = session.desk.config();
    const { document } = file.value;
    const edited = edits.reduce((postmortem, edit) => applyEdit(postmortem, edit, (text) => readEntryTime(text, timezone)), document.postmortem);
    if (unwrittenEdits(edited, document).length > 0) return failed({ kind: "broken", path, reason: document.problem ?? "badFields" });
    const text = renderPostmortem(edited, timezone, document);
    const written = text === document.text ? ok(undefined) : await write(session, path, text, document.text);
    if (written.kind === "failed" && isContended(written.failure)) continue;
    if (written.kind === "failed") return written;
    return ok({ path, document: parsePostmortem(text, timezone) });
  }
  return failed({ kind: "unwritable", path, reason: contended });
}

async function write(session: DeskSession, path: string, text: string, before: string): Promise<Result<void>> {
  const open = unsavedDocument(session, path);
  if (open === undefined) return session.files.write(path, text, before);
  if (open.getText() !== before) return failed({ kind: "unwritable", path, reason: contended });
  const change = new vscode.WorkspaceEdit();
  change.replace(open.uri, new vscode.Range(open.positionAt(0), open.positionAt(before.length)), text);
  const saved = (await vscode.workspace.applyEdit(change)) && (await open.save());
  return saved ? ok(undefined) : failed({ kind: "unwritable", path, reason: contended });
}

const pathSchema = v.object({ path: v.string() });

function readPath(argument: unknown): string | undefined {
  const path = parseData(pathSchema, argument)?.path;
  return path !== undefined && isPostmortemPath(path) ? path : undefined;
}

function pathOfIssue(session: DeskSession, ref: IssueRef | undefined): string | undefined {
  const issue = ref === undefined ? undefined : session.issues.find(ref);
  const path = issue === undefined ? undefined : session.issues.factsOf(issue).postmortem;
  return path !== undefined && isPostmortemPath(path) ? path : undefined;
}

async function activePath(session: DeskSession): Promise<string | undefined> {
  const subject: unknown = await vscode.commands.executeCommand(activePanel);
  const shown = readPath(subject) ?? pathOfIssue(session, readIssueTarget(subject)?.ref);
  if (shown !== undefined) return shown;
  const uri = vscode.window.activeTextEditor?.document.uri;
  const path = uri === undefined ? undefined : session.paths.pathOf(uri);
  return path !== undefined && isPostmortemPath(path) && (await isPostmortem(session, path)) ? path : undefined;
}

/** Whether the file is in the desk's folder for post-mortems, or an issue links to it. */
async function isPostmortem(session: DeskSession, path: string): Promise<boolean> {
  if ((await session.postmortems.read()).postmortems.some((postmortem) => postmortem.path === path)) return true;
  return (session.issues.snapshot()?.issues ?? []).some((issue) => session.issues.factsOf(issue).postmortem === path);
}

async function pickPath(session: DeskSession, title: string): Promise<string | undefined> {
  const t = vscode.l10n.t;
  const { language } = vscode.env;
  const { postmortems } = await session.postmortems.read();
  if (postmortems.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is no post-mortem in this workspace yet. Open an incident and write one first.")), session.log);
    return undefined;
  }
  const choices = postmortems.map(({ path, title: name, status, date, review }) => {
    const parts = [statusLabel(status), ...(date === undefined ? [] : [formatDay(date, language)]), ...(review === undefined ? [] : [t("review {0}", formatDay(review, language))])];
    return { label: `$(book) ${plainLabel(name)}`, description: plainLabel(parts.join(" · ")), detail: plainLabel(path), value: path };
  });
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Select a post-mortem"), choices });
  return answer.kind === "next" ? answer.value : undefined;
}

async function notifyMissing(ref: IssueRef): Promise<void> {
  const t = vscode.l10n.t;
  const write = t("Write Post-mortem");
  const chosen = await vscode.window.showInformationMessage(t("{0} has no post-mortem yet.", plainLabel(refKey(ref))), write);
  if (chosen === write) openPostmortem(ref);
}
