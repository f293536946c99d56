import type { Issue } from "../../core/issue/issue";
import type { IssueRef } from "../../core/issue/issueRef";
import { ok, type Result } from "../../core/result";
import { commentAnswer, issueAnswer, labelsAnswer } from "./answers";
import { ownerAndName, type Writer } from "./githubApi";
import { toIssue, type RepositoryIssue } from "./githubIssue";
import { isAboutAssignees, isPossibleLabel, tellIgnored } from "./ignored";
import type { IssueText } from "./fittingText";
import { withDeskComment, type DeskComment, type KeptElsewhere, type PlacedIssue } from "./deskComment";
import type { KeptRun } from "./movedRuns";
import type { ReadIssue } from "./readIssue";
import { bareIssue, withKept, type Reader, type WholeIssue } from "./wholeIssue";

/**
 * Writes what differs. Labels and people are added and taken away one by one, so that what others set meanwhile stays;
 * comments that keep runs come before the text that names them, and the desk's comment last: what moved from it to the
 * issue's own text is there already.
 */
export async function writeIssue(writer: Writer, { told, trust }: Reader, before: WholeIssue, after: Issue, text: IssueText): Promise<Result<ReadIssue>> {
  const { ref } = after;
  const subject = { repository: ref.repository, ref };
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const more = (now: readonly string[], old: readonly string[]): string[] => now.filter((name) => !old.includes(name));
  const addLabels = more(after.labels, before.labels);
  const addAssignees = more(after.assignees, before.assignees);
  const dropAssignees = more(before.assignees, after.assignees);
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
    ...(after.state === before.state ? {} : { state: after.state, ...(after.state === "closed" ? { state_reason: "completed" as const } : {}) }),
  };
  for (const name of more(before.labels, after.labels)) {
    const removed = await writer.write(subject, labelsAnswer, (octokit, extras) => octokit.rest.issues.removeLabel({ ...at, name, ...extras }));
    // Somebody else took it away meanwhile.
    if (removed.kind === "failed" && removed.failure.kind !== "gone") return removed;
  }
  if (addLabels.length > 0) {
    const added = await writer.write(subject, labelsAnswer, (octokit, extras) => octokit.rest.issues.addLabels({ ...at, labels: addLabels.filter(isPossibleLabel), ...extras }));
    if (added.kind === "failed") return added;
    issue = { ...issue, labels: added.value.map(({ name }) => name) };
    tellIgnored(told, issue, addLabels, []);
  }
  if (addAssignees.length > 0) {
    const added = await assign(writer, ref, addAssignees);
    if (added.kind === "failed") return added;
    issue = { ...issue, assignees: added.value ?? before.assignees };
    tellIgnored(told, issue, [], addAssignees);
  }
  if (dropAssignees.length > 0) {
    const dropped = await writer.write(subject, issueAnswer, (octokit, extras) => octokit.rest.issues.removeAssignees({ ...at, assignees: dropAssignees, ...extras }));
    if (dropped.kind === "failed") return dropped;
    issue = { ...issue, assignees: toIssue(dropped.value).assignees };
  }
  const patched = Object.keys(fields).length === 0 ? undefined : await writer.writeTagged(subject, issueAnswer, (octokit, extras) => octokit.rest.issues.update({ ...at, ...fields, ...extras }));
  if (patched?.kind === "failed") return patched;
  const desk = await writeDeskComment(writer, ref, text.desk);
  if (desk.kind === "failed") return desk;
  const tag = patched === undefined || patched.value.etag === undefined ? {} : { etag: patched.value.etag };
  const written = patched === undefined ? issue : { ...toIssue(patched.value.data), ref };
  return ok({ issue: withKept(placed(written, before, desk.value), kept, trust), ...tag });
}

/** Assigns people, and gives all that then are; somebody who cannot be assigned is left out, also where the server refuses all others for that. */
async function assign(writer: Writer, ref: IssueRef, people: readonly string[]): Promise<Result<readonly string[] | undefined>> {
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const added = await writer.write({ repository: ref.repository, ref }, issueAnswer, (octokit, extras) => octokit.rest.issues.addAssignees({ ...at, assignees: [...people], ...extras }));
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

function placed(issue: RepositoryIssue, { elsewhere, ignoredMarks }: WholeIssue, comment: DeskComment | undefined): PlacedIssue {
  const now: KeptElsewhere | undefined = elsewhere && { ...elsewhere, own: issue.body, ...(comment === undefined ? {} : { comment }) };
  return { ...(now === undefined ? issue : withDeskComment(issue, now)), ...(ignoredMarks === undefined ? {} : { ignoredMarks }) };
}

/** The desk's comment as it then is. */
async function writeDeskComment(writer: Writer, ref: IssueRef, desk: IssueText["desk"]): Promise<Result<DeskComment | undefined>> {
  if (desk === undefined || desk.comment.text === desk.text) return ok(desk?.comment);
  const { comment, text } = desk;
  const written = await writer.writeTagged({ repository: ref.repository, ref }, commentAnswer, (octokit, extras) =>
    octokit.rest.issues.updateComment({ ...ownerAndName(ref.repository), comment_id: comment.id, body: text, ...extras }),
  );
  if (written.kind === "failed") return written;
  const { etag: _old, ...rest } = comment;
  const { data, ...tag } = written.value;
  return ok({ ...rest, text, updatedAt: data.updated_at, ...tag });
}

async function writeComments(writer: Writer, ref: IssueRef, { kept: wanted, comments }: IssueText): Promise<Result<readonly KeptRun[]>> {
  const kept: KeptRun[] = [];
  for (const run of wanted) {
    if (comments.get(run.comment) === run.text) {
      kept.push(run);
      continue;
    }
    const written = await writer.writeTagged({ repository: ref.repository, ref }, commentAnswer, (octokit, extras) =>
      octokit.rest.issues.updateComment({ ...ownerAndName(ref.repository), comment_id: run.comment, body: run.text, ...extras }),
    );
    if (written.kind === "failed") return written;
    const { etag: _old, ...rest } = run;
    const { data: _data, ...tag } = written.value;
    kept.push({ ...rest, ...tag });
  }
  return ok(kept);
}
