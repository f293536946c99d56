import type { Checklist } from "../../core/model/checklist";
import type { CloseReason, Instant, Issue } from "../../core/model/issue";
import { isInBody, type IssueChange } from "../../core/model/issueChange";
import { type IssueRef, refKey } from "../../core/model/issueRef";
import { failed, ok, type Result } from "../../core/model/result";
import { applyChange } from "../../core/sync/applyChange";
import { commentResponse, issueResponse, labelsResponse } from "./responses";
import { addComment, type CommentParts } from "./comments";
import { type CommentContent, type DeskComment, deskCommentKey, type MarkedIssue, withDeskComment } from "./deskComment";
import { ownerAndName, type Writer } from "./githubApi";
import { type RepositoryIssue, stateReasons, toIssue } from "./githubIssue";
import { checklistKeyPrefix } from "./keyMark";
import type { CommentChecklist, CommentLocation, LongChecklist } from "./longChecklists";
import { isAboutAssignees, isPossibleLabel, notifyIgnored } from "./notices";
import { findIssue, type ReadIssue, readIssue } from "./readIssue";
import { fittingText, type IssueText, type MissingComment } from "./textLimit";
import { withKnownReopening } from "./reopenings";
import { bareIssue, type Reader, type FullIssue, withCommentChecklists } from "./fullIssue";

interface EditParts extends CommentParts {
  readonly runbookUrl?: (run: Checklist) => string | undefined;
  /** Minimum time that another writer may need between reading and writing, in milliseconds. */
  readonly settleDelay: number;
  /** Called with the issue as it was read, before the first write. */
  readonly noteAttempt: (found: Issue) => Promise<Result<unknown>>;
}

const rounds = 12;

/**
 * Applies the change to a fresh copy, writes the differences, and reads again until the change has lasted. The server keeps the
 * last of two concurrent texts, so a text is only certain after the time that another writer may need between reading and
 * writing; this also applies to a text that an earlier attempt wrote. If the text would be too long, its longest checklist
 * moves to a comment. If marks in the text do not count, a comment stores them.
 */
export async function editIssue(shared: EditParts, ref: IssueRef, change: IssueChange): Promise<Result<Issue>> {
  const { api, clock } = shared;
  // The issue's comment count may lag behind.
  const created: DeskComment[] = [];
  const parts: EditParts = { ...shared, deskComments: (at) => [...shared.deskComments(at), ...created] };
  const at = clock.now();
  const places = new Map<string, CommentLocation>();
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    const made = await api.inTurn((writer) => make(parts, writer, ref, change, at, places));
    if (made.kind === "failed") return made;
    if (made.value.kind === "full") {
      const place = await findComment(parts, ref, made.value.longest);
      if (place.kind === "failed") return place;
      places.set(made.value.longest.run, place.value);
      continue;
    }
    if (made.value.kind === "noComment") {
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
    await clock.wait(Math.max(parts.settleDelay, 2 * (performance.now() - startedAt)));
    const again = await readIssue(parts, ref, made.value);
    if (again.kind === "failed") return again;
    if (again.value.kind === "same") return ok(made.value.issue);
    const lasting = applyChange(again.value.data, change, at, { writtenAt: at });
    if (lasting.kind === "failed" || lasting.value === again.value.data) return lasting;
  }
  return failed({ kind: "serverError", server: api.server, status: 409 });
}

/** Finds or creates the comment for a checklist of the issue. Concurrent calls on other machines get the same comment. */
async function findComment(parts: EditParts, ref: IssueRef, { run, text }: LongChecklist): Promise<Result<CommentLocation>> {
  const comment = await addComment(parts, ref, text, `${checklistKeyPrefix}${refKey(ref)} ${run}`, { shared: true });
  return comment.kind === "failed" ? comment : ok({ comment: comment.value.id, by: comment.value.author, text: comment.value.body, url: comment.value.url });
}

/** Creates the issue's desk comment. Concurrent calls on other machines get the same one. It counts only if its author has write access. */
async function createDeskComment(parts: EditParts, ref: IssueRef, { text }: MissingComment): Promise<Result<DeskComment>> {
  const counts = await parts.trust.ownCounts(ref.repository);
  if (counts.kind === "failed") return counts;
  if (!counts.value) return failed({ kind: "forbidden", repository: ref.repository });
  const added = await addComment(parts, ref, text, deskCommentKey(ref), { shared: true });
  if (added.kind === "failed") return added;
  const { id, body, author, updatedAt } = added.value;
  return ok({ id, issue: ref.number, text: body, author, updatedAt });
}

/** `again`: a comment was removed before it could be written, so the issue must be read again. */
type Made = Written | { readonly kind: "full"; readonly longest: LongChecklist } | MissingComment | { readonly kind: "again" };

interface Written extends ReadIssue {
  readonly kind: "written";
  /** Whether no concurrent write can have overwritten it. */
  readonly sure: boolean;
}

async function make(parts: EditParts, writer: Writer, ref: IssueRef, change: IssueChange, at: Instant, places: ReadonlyMap<string, CommentLocation>): Promise<Result<Made>> {
  const found = await findIssue(parts, ref);
  if (found.kind === "failed") return found;
  const now = found.value.issue;
  const wanted = applyChange(now, change, at, { writtenAt: at, ...(parts.runbookUrl === undefined ? {} : { runbookUrl: parts.runbookUrl }) });
  if (wanted.kind === "failed") return wanted;
  if (wanted.value === now) return ok({ ...found.value, kind: "written", sure: !isInBody(change) });
  const text = fittingText(now, wanted.value, places);
  if (text.kind === "full") return text.longest === undefined ? failed({ kind: "bodyTooLong", ref, length: text.length }) : ok({ kind: "full", longest: text.longest });
  if (text.kind === "noComment") return ok(text);
  const noted = await parts.noteAttempt(now);
  if (noted.kind === "failed") return noted;
  const written = await writeIssue(writer, parts, now, wanted.value, text, change.kind === "close" ? change.reason : undefined);
  // The comment was a duplicate that was removed, or a person deleted it. If the issue is gone, the next reading reports that.
  if (written.kind === "failed" && written.failure.kind === "gone" && (text.kept.length > 0 || text.desk !== undefined)) return ok({ kind: "again" });
  return written.kind === "failed" ? written : ok({ ...found.value, ...written.value, kind: "written", sure: wanted.value.body === now.body });
}

/**
 * Writes the differences. Labels and assignees are added and removed individually, so that concurrent changes are kept.
 * Comments with checklists are written before the text that refers to them, and the desk's comment last, because content that
 * moves from it must already be in the issue's text.
 */
async function writeIssue(writer: Writer, { onNotice, trust }: Reader, before: FullIssue, after: Issue, text: IssueText, reason: CloseReason = "completed"): Promise<Result<ReadIssue>> {
  const { ref } = after;
  const subject = { repository: ref.repository, ref };
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const more = (now: readonly string[], old: readonly string[]): string[] => now.filter((name) => !old.includes(name));
  const addLabels = more(after.labels, before.labels);
  const addAssignees = more(after.assignees, before.assignees);
  const withoutAssignees = more(before.assignees, after.assignees);
  const comments = await writeComments(writer, ref, text);
  if (comments.kind === "failed") return comments;
  const kept = comments.value;
  const { own } = text;
  const { title, state, closedAt } = after;
  const { closedAt: _closedAt, ...bare } = bareIssue(before);
  let issue: RepositoryIssue = { ...bare, title, state, ...(closedAt === undefined ? {} : { closedAt }), labels: after.labels, assignees: after.assignees, body: own };

  const fields = {
    ...(after.title === before.title ? {} : { title: after.title }),
    ...(own === text.before ? {} : { body: own }),
    ...(after.state === before.state ? {} : { state: after.state, ...(after.state === "closed" ? { state_reason: stateReasons[reason] } : {}) }),
  };
  for (const name of more(before.labels, after.labels)) {
    const removed = await writer.write(subject, labelsResponse, (octokit, extras) => octokit.rest.issues.removeLabel({ ...at, name, ...extras }));
    // Somebody else removed it meanwhile.
    if (removed.kind === "failed" && removed.failure.kind !== "gone") return removed;
  }
  if (addLabels.length > 0) {
    const added = await writer.write(subject, labelsResponse, (octokit, extras) => octokit.rest.issues.addLabels({ ...at, labels: addLabels.filter(isPossibleLabel), ...extras }));
    if (added.kind === "failed") return added;
    issue = { ...issue, labels: added.value.map(({ name }) => name) };
    notifyIgnored(onNotice, issue, addLabels, []);
  }
  if (addAssignees.length > 0) {
    const added = await assign(writer, ref, addAssignees);
    if (added.kind === "failed") return added;
    issue = { ...issue, assignees: added.value ?? before.assignees };
    notifyIgnored(onNotice, issue, [], addAssignees);
  }
  if (withoutAssignees.length > 0) {
    const dropped = await writer.write(subject, issueResponse, (octokit, extras) => octokit.rest.issues.removeAssignees({ ...at, assignees: withoutAssignees, ...extras }));
    if (dropped.kind === "failed") return dropped;
    issue = { ...issue, assignees: toIssue(dropped.value).assignees };
  }
  const patch = (values: typeof fields) => writer.writeTagged(subject, issueResponse, (octokit, extras) => octokit.rest.issues.update({ ...at, ...values, ...extras }));
  let patched = Object.keys(fields).length === 0 ? undefined : await patch(fields);
  // Older servers do not know this reason.
  if (patched?.kind === "failed" && patched.failure.kind === "refused" && "state_reason" in fields && fields.state_reason === "duplicate") patched = await patch({ ...fields, state_reason: "not_planned" });
  if (patched?.kind === "failed") return patched;
  const desk = await writeDeskComment(writer, ref, text.desk);
  if (desk.kind === "failed") return desk;
  const tag = patched === undefined || patched.value.etag === undefined ? {} : { etag: patched.value.etag };
  const written = patched === undefined ? issue : withKnownReopening({ ...toIssue(patched.value.data), ref }, before);
  return ok({ issue: withCommentChecklists(placed(written, before, desk.value), kept, trust), ...tag });
}

/**
 * Assigns people and returns the resulting assignees. People who cannot be assigned are omitted, even if the server rejects all
 * of them because of one.
 */
async function assign(writer: Writer, ref: IssueRef, people: readonly string[]): Promise<Result<readonly string[] | undefined>> {
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const added = await writer.write({ repository: ref.repository, ref }, issueResponse, (octokit, extras) => octokit.rest.issues.addAssignees({ ...at, assignees: [...people], ...extras }));
  if (added.kind === "ok") return ok(toIssue(added.value).assignees);
  if (!isAboutAssignees(added.failure)) return added;
  let now: readonly string[] | undefined;
  for (const person of people.length > 1 ? people : []) {
    const one = await assign(writer, ref, [person]);
    if (one.kind === "failed") return one;
    now = one.value ?? now;
  }
  return ok(now);
}

function placed(issue: RepositoryIssue, { elsewhere, ignoredMarks }: FullIssue, comment: DeskComment | undefined): MarkedIssue {
  const now: CommentContent | undefined = elsewhere && { ...elsewhere, own: issue.body, ...(comment === undefined ? {} : { comment }) };
  return { ...(now === undefined ? issue : withDeskComment(issue, now)), ...(ignoredMarks === undefined ? {} : { ignoredMarks }) };
}

/** Writes the desk's comment and returns its new state. */
async function writeDeskComment(writer: Writer, ref: IssueRef, desk: IssueText["desk"]): Promise<Result<DeskComment | undefined>> {
  if (desk === undefined || desk.comment.text === desk.text) return ok(desk?.comment);
  const { comment, text } = desk;
  const written = await writer.writeTagged({ repository: ref.repository, ref }, commentResponse, (octokit, extras) =>
    octokit.rest.issues.updateComment({ ...ownerAndName(ref.repository), comment_id: comment.id, body: text, ...extras }),
  );
  if (written.kind === "failed") return written;
  const { etag: _old, ...rest } = comment;
  const { data, ...tag } = written.value;
  return ok({ ...rest, text, updatedAt: data.updated_at, ...tag });
}

async function writeComments(writer: Writer, ref: IssueRef, { kept: wanted, comments }: IssueText): Promise<Result<readonly CommentChecklist[]>> {
  const kept: CommentChecklist[] = [];
  for (const checklist of wanted) {
    if (comments.get(checklist.comment) === checklist.text) {
      kept.push(checklist);
      continue;
    }
    const written = await writer.writeTagged({ repository: ref.repository, ref }, commentResponse, (octokit, extras) =>
      octokit.rest.issues.updateComment({ ...ownerAndName(ref.repository), comment_id: checklist.comment, body: checklist.text, ...extras }),
    );
    if (written.kind === "failed") return written;
    const { etag: _old, ...rest } = checklist;
    const { data: _data, ...tag } = written.value;
    kept.push({ ...rest, ...tag });
  }
  return ok(kept);
}
