import * as vscode from "vscode";
import { timeline, type TimelineEntry } from "../../../core/incident/timeline";
import { type IssueFacts, issueFacts } from "../../../core/issue/issueFacts";
import type { Failure } from "../../../core/model/failure";
import type { Issue } from "../../../core/model/issue";
import { type IssueRef, refKey, sameRef } from "../../../core/model/issueRef";
import { failed, ok, type Result } from "../../../core/model/result";
import { textHash } from "../../../core/model/textHash";
import { draftPostmortem } from "../../../core/postmortem/timeline/draftPostmortem";
import { parsePostmortem, type PostmortemDocument } from "../../../core/postmortem/document/parsePostmortem";
import { isPostmortemPath, type Postmortem, postmortemPath, readIssue } from "../../../core/postmortem/postmortem";
import { fillPostmortemTemplate, type TemplateProblem } from "../../../core/postmortem/document/postmortemTemplate";
import { renderPostmortem } from "../../../core/postmortem/document/renderPostmortem";
import type { Submission } from "../../../core/sync/outbox";
import { knownValues } from "../../app/knownValues";
import type { DeskSession } from "../../app/session";
import { uriIn } from "../../platform/folderFiles";
import { plainLabel } from "../../ui/safeText";
import { linkDestination } from "../shared/links";
import { openTarget } from "../shared/openTarget";
import type { PostmortemEditor } from "./postmortemEditor";

export type LoadedPostmortem =
  /** `file` is false for a draft that must not be written. */
  | { readonly kind: "document"; readonly path: string; readonly document: PostmortemDocument; readonly file: boolean }
  /** The issue says where it is, and there it is not. */
  | { readonly kind: "gone"; readonly path: string }
  | { readonly kind: "unsafe"; readonly path: string }
  /** The template of the desk, at this path, cannot be used. Nothing was written. */
  | { readonly kind: "badTemplate"; readonly path: string; readonly reason: TemplateProblem | "missing" }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface Wanted {
  /** Create a deleted file again at the same path. */
  readonly again?: boolean;
  /** Create a new file with the standard structure instead of from the template of the desk. */
  readonly standard?: boolean;
}

/** The post-mortem of an issue: the file that the issue links to, else the file at the default path, else a new draft. */
export async function loadPostmortem(session: DeskSession, issue: Issue, { again = false, standard = false }: Wanted): Promise<LoadedPostmortem> {
  const desk = session.desk.config();
  const facts = issueFacts(issue, desk);
  const named = facts.postmortem;
  if (named !== undefined && !isPostmortemPath(named)) return { kind: "unsafe", path: named };
  const usual = postmortemPath(desk, issue.ref, facts.name, issue.createdAt);
  for (let attempt = 1; ; attempt += 1) {
    const path = named ?? (attempt === 1 ? usual : usual.replace(/\.md$/, `-${attempt}.md`));
    const text = await session.files.read(path);
    if (text.kind === "ok") {
      const document = parsePostmortem(text.value, desk.timezone);
      const of = document.postmortem.issue;
      const other = named === undefined && (of === undefined || !sameRef(of, issue.ref));
      if (!other || attempt === 9) return { kind: "document", path, document, file: true };
      continue;
    }
    if (text.failure.kind !== "missing") return { kind: "failed", failure: text.failure };
    if (named !== undefined && !again) return { kind: "gone", path };
    return draft(session, issue, facts, path, standard);
  }
}

/** The post-mortem in a file that is opened by its path. */
export async function loadFile(session: DeskSession, path: string): Promise<LoadedPostmortem> {
  if (!isPostmortemPath(path)) return { kind: "unsafe", path };
  const text = await session.files.read(path);
  if (text.kind === "failed") return text.failure.kind === "missing" ? { kind: "gone", path } : { kind: "failed", failure: text.failure };
  const document = parsePostmortem(text.value, session.desk.config().timezone);
  return { kind: "document", path, document, file: true };
}

async function draft(session: DeskSession, issue: Issue, facts: IssueFacts, path: string, standard: boolean): Promise<LoadedPostmortem> {
  const desk = session.desk.config();
  const entries = await issueTimeline(session, issue, facts);
  if (entries.kind === "failed") return { kind: "failed", failure: entries.failure };
  const lead = session.clocks.holders()["lead"];
  const postmortem = draftPostmortem(issue, facts, entries.value, { desk, time: session.clocks.time(), now: session.clock.now(), ...(lead === undefined ? {} : { lead }) });
  const template = standard ? undefined : desk.postmortem.template;
  const text = template === undefined ? ok(renderPostmortem(postmortem, desk.timezone)) : await fromTemplate(session, issue, postmortem, template);
  if (text.kind === "failed") return text.failure;
  const document = parsePostmortem(text.value, desk.timezone);
  if (!session.account.writable()) return { kind: "document", path, document, file: false };
  const written = await session.files.write(path, text.value);
  return written.kind === "failed" ? { kind: "failed", failure: written.failure } : { kind: "document", path, document, file: true };
}

async function fromTemplate(session: DeskSession, issue: Issue, draft: Postmortem, path: string): Promise<Result<string, LoadedPostmortem>> {
  const template = await session.files.read(path);
  if (template.kind === "failed") return failed(template.failure.kind === "missing" ? { kind: "badTemplate", path, reason: "missing" } : { kind: "failed", failure: template.failure });
  const text = fillPostmortemTemplate(template.value, draft, session.desk.config().timezone, knownValues(session, issue.ref));
  return text.kind === "failed" ? failed({ kind: "badTemplate", path, reason: text.failure }) : text;
}

/** The timeline of the issue until now. */
async function issueTimeline(session: DeskSession, issue: Issue, facts: IssueFacts): Promise<Result<readonly TimelineEntry[]>> {
  const events = await session.store.tracker.timeline(issue.ref);
  return events.kind === "failed" ? events : ok(timeline(issue, events.value, facts.checklists));
}

/** Links the issue to its post-mortem, unless it is linked already. */
export async function linkPostmortem(session: DeskSession, issue: Issue, path: string): Promise<Result<unknown> | Submission> {
  if (session.issues.factsOf(issue).postmortem !== undefined) return ok(undefined);
  const key = `postmortem-${textHash(JSON.stringify([refKey(issue.ref), path]), 10)}`;
  return session.pending.submit({ kind: "edit", ref: issue.ref, change: { kind: "addLink", link: { kind: "postmortem", path } } }, key);
}

/** Opens the evidence of a timeline entry: an issue, a web page or a workspace file. */
export async function openEvidence(session: DeskSession, text: string, incident: IssueRef | undefined, from: string): Promise<void> {
  const ref = readIssue(text, incident?.repository);
  if (ref !== undefined) {
    await vscode.commands.executeCommand("responseDesk.issue.open", { ref });
    return;
  }
  const target = linkDestination(/\]\(\s*<?([^()\s<>]+)>?[^()]*\)/.exec(text)?.[1] ?? /https?:\/\/[^\s<>"')\]]+/i.exec(text)?.[0] ?? text.trim(), from);
  await openTarget(session, target, vscode.ViewColumn.Beside);
}

/** Asks for files of the workspace and returns their paths. Others are not added, because a post-mortem cannot link to them. */
export async function chooseFiles(session: DeskSession): Promise<readonly string[]> {
  const { l10n, window } = vscode;
  const uris = (await window.showOpenDialog({ defaultUri: session.folder.uri, canSelectMany: true, title: l10n.t("Select the evidence"), openLabel: l10n.t("Add to Row") })) ?? [];
  const paths = uris.flatMap((uri) => session.paths.pathOf(uri) ?? []);
  if (paths.length < uris.length) await window.showWarningMessage(l10n.t("A post-mortem can only link to files of the workspace. Copy the file into the workspace first."));
  return paths;
}

/** Opens a comparison of the file with the unsaved text. The returned function removes that text. */
export async function compareWithFile(session: DeskSession, editor: PostmortemEditor): Promise<vscode.Disposable> {
  const scheme = `response-desk-postmortem-${session.ids.next()}`;
  const { mine, base } = editor.now();
  const text = renderPostmortem(mine, session.desk.config().timezone, base);
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => text });
  const ours = vscode.Uri.from({ scheme, path: `/${editor.path}` });
  const file = uriIn(session.folder.uri, editor.path);
  if (file !== undefined) await vscode.commands.executeCommand("vscode.diff", file, ours, vscode.l10n.t("File ↔ Your Version"));
  return provider;
}

/** Saves the remaining edits when the panel closes. If that fails, offers to show them. */
export async function saveLast(session: DeskSession, editor: PostmortemEditor): Promise<void> {
  await editor.save();
  const { mine, base, saved, problem } = editor.now();
  if (saved || problem === undefined) return;
  const show = vscode.l10n.t("Show Text");
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t("Your last changes to the post-mortem {0} are not saved in the file.", plainLabel(editor.path)), show);
  if (answer !== show) return;
  const content = renderPostmortem(mine, session.desk.config().timezone, base);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content }));
}
