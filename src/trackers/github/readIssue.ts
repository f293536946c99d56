import { type IssueRef, sameRef } from "../../core/model/issueRef";
import { failed, ok, type Result } from "../../core/model/result";
import { issueResponse, type RawIssue, repositoryResponse } from "./responses";
import { applyMarks } from "./deskComment";
import { type ApiResult, type GithubApi, ifChanged, ownerAndName } from "./githubApi";
import { refOf, type RepositoryIssue, toIssue } from "./githubIssue";
import { withKnownReopening, withReopenings } from "./reopenings";
import { type LinkEnd, linkEndOf } from "./nativeLinks";
import { bareIssue, readComment, readDeskComments, type Reader, rereadCommentChecklists, type FullIssue, fullIssue } from "./fullIssue";

/** An issue as it was read or written, with the ETag of that state. */
export interface ReadIssue {
  readonly issue: FullIssue;
  readonly etag?: string;
}

/** An issue as it was read, and its data as an end of a link. */
interface FoundIssue extends ReadIssue {
  readonly end: LinkEnd;
}

/** Reads an issue with its checklists. A transferred issue is a failure that contains the new reference. */
export async function getIssue(reader: Reader, ref: IssueRef): Promise<Result<FullIssue>> {
  const found = await findIssue(reader, ref);
  return found.kind === "failed" ? found : ok(found.value.issue);
}

/** Like `getIssue`, and returns the ETag. */
export async function findIssue(reader: Reader, ref: IssueRef): Promise<Result<FoundIssue>> {
  const answer = await ask(reader.api, ref, undefined);
  if (answer.kind === "failed") return answer;
  if (answer.value.kind === "same") throw new Error("An unconditional request was answered as unchanged");
  const { data, etag } = answer.value;
  const issue = await identified(reader, ref, data, undefined);
  return issue.kind === "failed" ? issue : ok({ issue: issue.value, end: linkEndOf(data, ref), ...(etag === undefined ? {} : { etag }) });
}

/** Reads the issue, unless it and its comments with checklists and marks are unchanged. */
export async function readIssue(reader: Reader, ref: IssueRef, known: ReadIssue): Promise<Result<ApiResult<FullIssue>>> {
  const { etag } = known;
  const answer = await ask(reader.api, ref, etag);
  if (answer.kind === "failed") return answer;
  if (answer.value.kind === "same") {
    const again = await readCommentsAgain(reader, known.issue);
    if (again.kind === "failed") return again;
    return ok(again.value === known.issue ? { kind: "same" } : { kind: "changed", data: again.value, ...(etag === undefined ? {} : { etag }) });
  }
  const whole = await identified(reader, ref, answer.value.data, known.issue.kept);
  return whole.kind === "failed" ? whole : ok({ ...answer.value, data: whole.value });
}

function ask(api: GithubApi, ref: IssueRef, etag: string | undefined): Promise<Result<ApiResult<RawIssue>>> {
  return api.read({ repository: ref.repository, ref }, issueResponse, (octokit, extras) =>
    octokit.rest.issues.get({ ...ownerAndName(ref.repository), issue_number: ref.number, ...ifChanged(etag), ...extras }),
  );
}

/** The issue in a response with its checklists and marks, if it is the requested one. */
async function identified(reader: Reader, ref: IssueRef, raw: RawIssue, kept: FullIssue["kept"]): Promise<Result<FullIssue>> {
  const issue = toIssue(raw, refOf(raw, ref.repository).repository);
  if (!sameRef(issue.ref, ref) && issue.ref.repository.toLowerCase() !== ref.repository.toLowerCase()) {
    const there = issue.ref.number === ref.number ? await isThere(reader.api, ref.repository) : ok(true);
    if (there.kind === "failed") return there;
    if (there.value) return failed({ kind: "transferred", ref, to: issue.ref });
    reader.onNotice({ kind: "renamed", from: ref.repository, to: issue.ref.repository });
  }
  const reopened = await reopenedIssue(reader, { ...issue, ref });
  if (reopened.kind === "failed") return reopened;
  const bare = reopened.value;
  const comments = await readDeskComments(reader, bare, raw.comments);
  return comments.kind === "failed" ? comments : fullIssue(reader, applyMarks(bare, comments.value, reader.trust), kept);
}

/** Adds when the issue was reopened. If an earlier reopening is known, the next list shows whether there was another one. */
async function reopenedIssue({ api, reopening }: Reader, issue: RepositoryIssue): Promise<Result<RepositoryIssue>> {
  const known = reopening(issue.ref);
  if (known?.wasReopened === true) return ok(withKnownReopening(issue, known));
  const read = await withReopenings(api, [issue], () => undefined);
  return read.kind === "failed" ? read : ok(read.value[0] ?? issue);
}

/** Reads the issue's comments with checklists and marks again. Returns the same object when none changed. */
async function readCommentsAgain(reader: Reader, issue: FullIssue): Promise<Result<FullIssue>> {
  const comment = issue.elsewhere?.comment;
  if (comment === undefined) return rereadCommentChecklists(reader, issue);
  const now = await readComment(reader, issue.ref, comment);
  if (now.kind === "failed") return now;
  if (now.value?.text === comment.text) return rereadCommentChecklists(reader, issue);
  return fullIssue(reader, applyMarks(bareIssue(issue), now.value === undefined ? [] : [now.value], reader.trust), issue.kept);
}

/** Whether the repository still has this name. Otherwise it was renamed, and the issue has a new reference. */
async function isThere(api: GithubApi, repository: string): Promise<Result<boolean>> {
  const answer = await api.read({ repository }, repositoryResponse, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
  if (answer.kind === "failed") return answer.failure.kind === "noRepository" ? ok(false) : answer;
  return ok(answer.value.kind === "changed" && answer.value.data.full_name.toLowerCase() === repository.toLowerCase());
}
