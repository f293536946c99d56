import { sameRef, type IssueRef } from "../../core/issue/issueRef";
import { failed, ok, type Result } from "../../core/result";
import { ifChanged, ownerAndName, type Answer, type GithubApi } from "./githubApi";
import { placeMarks } from "./deskComment";
import { toIssue } from "./githubIssue";
import { bareIssue, readComment, readDeskComments, readKeptAgain, wholeIssue, type Reader, type WholeIssue } from "./wholeIssue";

/** An issue as it was read, or as a write left it; `etag` names that state of it. */
export interface ReadIssue {
  readonly issue: WholeIssue;
  readonly etag?: string;
}

/** The issue as it is now, its runs in its text; an issue that was moved elsewhere is a failure that says where to. */
export async function getIssue(reader: Reader, ref: IssueRef): Promise<Result<WholeIssue>> {
  const found = await findIssue(reader, ref);
  return found.kind === "failed" ? found : ok(found.value.issue);
}

/** The same, with what names its state. */
export async function findIssue(reader: Reader, ref: IssueRef): Promise<Result<ReadIssue>> {
  const read = await readIssue(reader, ref, undefined);
  if (read.kind === "failed") return read;
  if (read.value.kind === "same") throw new Error("An unconditional request was answered as unchanged");
  const { data, etag } = read.value;
  return ok({ issue: data, ...(etag === undefined ? {} : { etag }) });
}

/** The issue, unless it and the comments that keep its runs and marks are still as they are known. */
export async function readIssue(reader: Reader, ref: IssueRef, known: ReadIssue | undefined): Promise<Result<Answer<WholeIssue>>> {
  const { api, told } = reader;
  const etag = known?.etag;
  const answer = await api.read({ repository: ref.repository, ref }, (octokit, extras) =>
    octokit.rest.issues.get({ ...ownerAndName(ref.repository), issue_number: ref.number, ...ifChanged(etag), ...extras }),
  );
  if (answer.kind === "failed") return answer;
  if (answer.value.kind === "same") {
    if (known === undefined) return ok({ kind: "same" });
    const again = await readCommentsAgain(reader, known.issue);
    if (again.kind === "failed") return again;
    return ok(again.value === known.issue ? { kind: "same" } : { kind: "changed", data: again.value, ...(etag === undefined ? {} : { etag }) });
  }
  const raw = answer.value.data;
  const issue = toIssue(raw);
  if (!sameRef(issue.ref, ref) && issue.ref.repository.toLowerCase() !== ref.repository.toLowerCase()) {
    if (issue.ref.number !== ref.number || (await isThere(api, ref.repository))) return failed({ kind: "transferred", ref, to: issue.ref });
    told({ kind: "renamed", from: ref.repository, to: issue.ref.repository });
  }
  const bare = { ...issue, ref };
  const comments = await readDeskComments(reader, bare, raw.comments);
  if (comments.kind === "failed") return comments;
  const whole = await wholeIssue(reader, placeMarks(bare, comments.value, reader.trust), known?.issue.kept);
  return whole.kind === "failed" ? whole : ok({ ...answer.value, data: whole.value });
}

/** Looks whether the desk's comment or one that keeps a run changed: the issue as it now is, the very same one when none did. */
async function readCommentsAgain(reader: Reader, issue: WholeIssue): Promise<Result<WholeIssue>> {
  const comment = issue.elsewhere?.comment;
  if (comment === undefined) return readKeptAgain(reader, issue);
  const now = await readComment(reader, issue.ref, comment);
  if (now.kind === "failed") return now;
  if (now.value?.text === comment.text) return readKeptAgain(reader, issue);
  return wholeIssue(reader, placeMarks(bareIssue(issue), now.value === undefined ? [] : [now.value], reader.trust), issue.kept);
}

/** Whether the repository still has this name: else it was renamed, and the issue with it. */
async function isThere(api: GithubApi, repository: string): Promise<boolean> {
  const answer = await api.read({ repository }, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
  return answer.kind === "ok" && answer.value.kind === "changed" && answer.value.data.full_name.toLowerCase() === repository.toLowerCase();
}
