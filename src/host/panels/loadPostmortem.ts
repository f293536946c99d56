import type { BrokenReason, Failure } from "../../core/failure";
import { timeline, type TimelineEntry } from "../../core/incident/timeline";
import type { Issue } from "../../core/issue/issue";
import { issueFacts, type IssueFacts } from "../../core/issue/issueFacts";
import { refKey, sameRef } from "../../core/issue/issueRef";
import { textHash } from "../../core/runbook/textHash";
import { draftPostmortem, type TimelineWords } from "../../core/postmortem/draftPostmortem";
import { parsePostmortem, type PostmortemDocument } from "../../core/postmortem/parsePostmortem";
import { postmortemPath } from "../../core/postmortem/postmortemPath";
import { renderPostmortem } from "../../core/postmortem/renderPostmortem";
import type { Submission } from "../../core/issue/outbox";
import { writtenPath } from "../../core/relativePath";
import { ok, type Result } from "../../core/result";
import type { DeskSession } from "../app/session";

export type LoadedPostmortem =
  /** `file` is false for a draft that may not be written. */
  | { readonly kind: "document"; readonly path: string; readonly document: PostmortemDocument; readonly file: boolean }
  | { readonly kind: "broken"; readonly path: string; readonly reason: BrokenReason }
  /** The issue says where it is, and there it is not. */
  | { readonly kind: "gone"; readonly path: string }
  | { readonly kind: "unsafe"; readonly path: string }
  | { readonly kind: "failed"; readonly failure: Failure };

/**
 * The post-mortem of an issue: the file that the issue names, else the one at the path where it would be made, else a new
 * one. With `again`, a file that is gone is made again where it was.
 */
export async function loadPostmortem(session: DeskSession, issue: Issue, words: TimelineWords, again: boolean): Promise<LoadedPostmortem> {
  const desk = session.desk.config();
  const facts = issueFacts(issue, desk);
  const named = facts.postmortem;
  if (named !== undefined && (writtenPath(named) !== named || !named.toLowerCase().endsWith(".md"))) return { kind: "unsafe", path: named };
  const usual = postmortemPath(desk, issue.ref, facts.name, issue.createdAt);
  for (let attempt = 1; ; attempt += 1) {
    const path = named ?? (attempt === 1 ? usual : usual.replace(/\.md$/, `-${attempt}.md`));
    const text = await session.files.read(path);
    if (text.kind === "ok") {
      const document = parsePostmortem(text.value, desk.timezone);
      if (document.kind === "failed") return { kind: "broken", path, reason: document.failure };
      const other = named === undefined && !sameRef(document.value.postmortem.issue, issue.ref);
      if (!other || attempt === 9) return { kind: "document", path, document: document.value, file: true };
      continue;
    }
    if (text.failure.kind !== "missing") return { kind: "failed", failure: text.failure };
    if (named !== undefined && !again) return { kind: "gone", path };
    return draft(session, issue, facts, words, path);
  }
}

async function draft(session: DeskSession, issue: Issue, facts: IssueFacts, words: TimelineWords, path: string): Promise<LoadedPostmortem> {
  const desk = session.desk.config();
  const entries = await issueTimeline(session, issue, facts);
  if (entries.kind === "failed") return { kind: "failed", failure: entries.failure };
  const lead = session.clocks.holders()["lead"];
  const postmortem = draftPostmortem(issue, facts, entries.value, { desk, words, now: session.clock.now(), ...(lead === undefined ? {} : { lead }) });
  const text = renderPostmortem(postmortem, desk.timezone);
  const document = parsePostmortem(text, desk.timezone);
  if (document.kind === "failed") return { kind: "broken", path, reason: document.failure };
  if (!session.account.writable()) return { kind: "document", path, document: document.value, file: false };
  const written = await session.files.write(path, text);
  return written.kind === "failed" ? { kind: "failed", failure: written.failure } : { kind: "document", path, document: document.value, file: true };
}

/** What happened to the issue until now. */
export async function issueTimeline(session: DeskSession, issue: Issue, facts: IssueFacts): Promise<Result<readonly TimelineEntry[]>> {
  const events = await session.store.tracker.timeline(issue.ref);
  return events.kind === "failed" ? events : ok(timeline(issue, events.value, facts.runs));
}

/** Makes the issue name its post-mortem, if it does not yet. */
export async function linkPostmortem(session: DeskSession, issue: Issue, path: string): Promise<Result<unknown> | Submission> {
  if (session.issues.factsOf(issue).postmortem !== undefined) return ok(undefined);
  const key = `postmortem-${textHash(JSON.stringify([refKey(issue.ref), path]), 10)}`;
  return session.pending.submit({ kind: "edit", ref: issue.ref, change: { kind: "addLink", link: { kind: "postmortem", path } } }, key);
}
