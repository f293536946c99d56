import { applyChange } from "../../core/issue/applyChange";
import type { Instant, Issue } from "../../core/issue/issue";
import { isInBody, type IssueChange } from "../../core/issue/issueChange";
import { refKey, type IssueRef } from "../../core/issue/issueRef";
import { failed, ok, type Result } from "../../core/result";
import type { Run } from "../../core/runbook/run";
import { addComment, type CommentParts } from "./addComment";
import { deskCommentKey, type DeskComment } from "./deskComment";
import { fittingText, type TextWithoutPlace } from "./fittingText";
import type { Writer } from "./githubApi";
import { runKeyPrefix } from "./keyMark";
import type { LongRun, RunPlace } from "./movedRuns";
import { findIssue, readIssue, type ReadIssue } from "./readIssue";
import { writeIssue } from "./writeIssue";

export interface EditParts extends CommentParts {
  readonly runbookUrl?: (run: Run) => string | undefined;
  /** Milliseconds that another writer may need between reading and writing, at least. */
  readonly settle: number;
  /** Told of the issue as it was found, before anything is written to it. */
  readonly noteTry: (found: Issue) => Promise<Result<unknown>>;
}

const rounds = 12;

/**
 * Applies the change to a fresh copy, writes only what differs, and reads once more until the change is seen to have
 * lasted: the server keeps the last of two texts written at once, so a text is only sure after the time another writer
 * may have needed between reading and writing. So is one that is found written already: by an earlier try, perhaps just now.
 * Where the text would get too long, its longest run moves to a comment; where nothing counts in it, a comment keeps it all.
 */
export async function editIssue(shared: EditParts, ref: IssueRef, change: IssueChange): Promise<Result<Issue>> {
  const { api, clock } = shared;
  // The issue may not show at once that it has one comment more.
  const created: DeskComment[] = [];
  const parts: EditParts = { ...shared, deskComments: (at) => [...shared.deskComments(at), ...created] };
  const at = clock.now();
  const places = new Map<string, RunPlace>();
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const made = await api.inTurn((writer) => make(parts, writer, ref, change, at, places));
    if (made.kind === "failed") return made;
    if (made.value.kind === "full") {
      const place = await findPlace(parts, ref, made.value.longest);
      if (place.kind === "failed") return place;
      places.set(made.value.longest.run, place.value);
      continue;
    }
    if (made.value.kind === "noPlace") {
      const comment = await createDeskComment(parts, ref, made.value);
      if (comment.kind === "failed") return comment;
      created.push(comment.value);
      continue;
    }
    if (made.value.kind === "again") {
      places.clear();
      continue;
    }
    if (made.value.sure) return ok(made.value.issue);
    await clock.wait(Math.max(parts.settle, 2 * (performance.now() - began)));
    const again = await readIssue(parts, ref, made.value);
    if (again.kind === "failed") return again;
    if (again.value.kind === "same") return ok(made.value.issue);
    const lasting = applyChange(again.value.data, change, at);
    if (lasting.kind === "failed" || lasting.value === again.value.data) return lasting;
  }
  return failed({ kind: "serverTrouble", server: api.server, status: 409 });
}

/** The comment for a run of the issue; whoever else moves it at the same time is given the same one. */
async function findPlace(parts: EditParts, ref: IssueRef, { run, text }: LongRun): Promise<Result<RunPlace>> {
  const comment = await addComment(parts, ref, text, `${runKeyPrefix}${refKey(ref)} ${run}`, { shared: true });
  return comment.kind === "failed" ? comment : ok({ comment: comment.value.id, by: comment.value.author, text: comment.value.body, url: comment.value.url });
}

/** Makes the comment that keeps what we write of an issue; whoever else does at the same time is given the same one. It counts only by somebody who may write. */
async function createDeskComment(parts: EditParts, ref: IssueRef, { text }: TextWithoutPlace): Promise<Result<DeskComment>> {
  const counts = await parts.trust.ownCounts(ref.repository);
  if (counts.kind === "failed") return counts;
  if (!counts.value) return failed({ kind: "forbidden", repository: ref.repository });
  const added = await addComment(parts, ref, text, deskCommentKey(ref), { shared: true });
  if (added.kind === "failed") return added;
  const { id, body, author, updatedAt } = added.value;
  return ok({ id, issue: ref.number, text: body, author, updatedAt });
}

/** `again`: a comment was taken away before it could be written, so that everything has to be looked at anew. */
type Made = Written | { readonly kind: "full"; readonly longest: LongRun } | TextWithoutPlace | { readonly kind: "again" };

interface Written extends ReadIssue {
  readonly kind: "written";
  /** Whether nobody else's write at the same time can have undone it. */
  readonly sure: boolean;
}

async function make(parts: EditParts, writer: Writer, ref: IssueRef, change: IssueChange, at: Instant, places: ReadonlyMap<string, RunPlace>): Promise<Result<Made>> {
  const found = await findIssue(parts, ref);
  if (found.kind === "failed") return found;
  const now = found.value.issue;
  const wanted = applyChange(now, change, at, parts.runbookUrl === undefined ? {} : { runbookUrl: parts.runbookUrl });
  if (wanted.kind === "failed") return wanted;
  if (wanted.value === now) return ok({ ...found.value, kind: "written", sure: !isInBody(change) });
  const text = fittingText(now, wanted.value, places);
  if (text.kind === "full") return text.longest === undefined ? failed({ kind: "bodyTooLong", ref, length: text.length }) : ok({ kind: "full", longest: text.longest });
  if (text.kind === "noPlace") return ok(text);
  const noted = await parts.noteTry(now);
  if (noted.kind === "failed") return noted;
  const written = await writeIssue(writer, parts, now, wanted.value, text);
  // It was the second of two that were made at the same time, or a person's to delete; should the issue be gone, the next look tells.
  if (written.kind === "failed" && written.failure.kind === "gone" && (text.kept.length > 0 || text.desk !== undefined)) return ok({ kind: "again" });
  return written.kind === "failed" ? written : ok({ ...found.value, ...written.value, kind: "written", sure: wanted.value.body === now.body });
}
