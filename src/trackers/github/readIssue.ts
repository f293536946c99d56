import { sameRef, type IssueRef } from "../../core/issue/issueRef";
import { failed, ok, type Result } from "../../core/result";
import { ifChanged, ownerAndName, type Answer, type GithubApi } from "./githubApi";
import { toIssue } from "./githubIssue";
import type { Notice } from "./notice";
import { readKeptAgain, wholeIssue, type WholeIssue } from "./wholeIssue";

/** An issue as it was read, or as a write left it; `etag` names that state of it. */
export interface ReadIssue {
  readonly issue: WholeIssue;
  readonly etag?: string;
}

/** The issue as it is now, its runs in its text; an issue that was moved elsewhere is a failure that says where to. */
export async function getIssue(api: GithubApi, ref: IssueRef, told: (notice: Notice) => void): Promise<Result<WholeIssue>> {
  const found = await findIssue(api, ref, told);
  return found.kind === "failed" ? found : ok(found.value.issue);
}

/** The same, with what names its state. */
export async function findIssue(api: GithubApi, ref: IssueRef, told: (notice: Notice) => void): Promise<Result<ReadIssue>> {
  const read = await readIssue(api, ref, undefined, told);
  if (read.kind === "failed") return read;
  if (read.value.kind === "same") throw new Error("An unconditional request was answered as unchanged");
  const { data, etag } = read.value;
  return ok({ issue: data, ...(etag === undefined ? {} : { etag }) });
}

/** The issue, unless it and the comments that keep its runs are still as they are known. */
export async function readIssue(api: GithubApi, ref: IssueRef, known: ReadIssue | undefined, told: (notice: Notice) => void): Promise<Result<Answer<WholeIssue>>> {
  const etag = known?.etag;
  const answer = await api.read({ repository: ref.repository, ref }, (octokit, extras) =>
    octokit.rest.issues.get({ ...ownerAndName(ref.repository), issue_number: ref.number, ...ifChanged(etag), ...extras }),
  );
  if (answer.kind === "failed") return answer;
  if (answer.value.kind === "same") {
    if (known === undefined) return ok({ kind: "same" });
    const again = await readKeptAgain(api, known.issue);
    if (again.kind === "failed") return again;
    return ok(again.value === known.issue ? { kind: "same" } : { kind: "changed", data: again.value, ...(etag === undefined ? {} : { etag }) });
  }
  const issue = toIssue(answer.value.data);
  if (!sameRef(issue.ref, ref) && issue.ref.repository.toLowerCase() !== ref.repository.toLowerCase()) {
    if (issue.ref.number !== ref.number || (await isThere(api, ref.repository))) return failed({ kind: "transferred", ref, to: issue.ref });
    told({ kind: "renamed", from: ref.repository, to: issue.ref.repository });
  }
  const whole = await wholeIssue(api, { ...issue, ref }, known?.issue.kept);
  return whole.kind === "failed" ? whole : ok({ ...answer.value, data: whole.value });
}

/** Whether the repository still has this name: else it was renamed, and the issue with it. */
async function isThere(api: GithubApi, repository: string): Promise<boolean> {
  const answer = await api.read({ repository }, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
  return answer.kind === "ok" && answer.value.kind === "changed" && answer.value.data.full_name.toLowerCase() === repository.toLowerCase();
}
