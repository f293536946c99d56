import type { Issue } from "../../core/issue/issue";
import { ok, type Result } from "../../core/result";
import { ifChanged, ownerAndName, type Answer, type GithubApi } from "./githubApi";
import { movedRuns, putBack, takeOut, type KeptRun, type MovedRun } from "./movedRuns";

/** An issue whose text holds its runs, wherever they are kept. */
export interface WholeIssue extends Issue {
  /** Those that comments keep; absent when there are none. */
  readonly kept?: readonly KeptRun[];
}

/**
 * The issue as the server gave it, with the runs that its comments keep in the places where its text names them. A comment
 * that is known is asked for only whether it has changed, and one that is gone leaves the line that named it.
 */
export async function wholeIssue(api: GithubApi, bare: Issue, known: readonly KeptRun[] = []): Promise<Result<WholeIssue>> {
  const moved = movedRuns(bare.body);
  if (moved.length === 0) return ok(bare);
  const kept: KeptRun[] = [];
  for (const each of moved) {
    const read = await readKept(api, bare, each, known.find(({ comment }) => comment === each.comment));
    if (read.kind === "failed") return read;
    kept.push(read.value);
  }
  return ok(withKept(bare, kept));
}

/** The bare issue with what is known of its comments. */
export function withKept(bare: Issue, kept: readonly KeptRun[]): WholeIssue {
  return kept.length === 0 ? bare : { ...bare, body: putBack(bare.body, kept), kept };
}

/** Looks whether the comments that keep an issue's runs changed: the issue as it now is, the very same one when none did. */
export async function readKeptAgain(api: GithubApi, issue: WholeIssue): Promise<Result<WholeIssue>> {
  const { kept, ...rest } = issue;
  if (kept === undefined) return ok(issue);
  const again = await wholeIssue(api, { ...rest, body: takeOut(issue.body, kept).body }, kept);
  if (again.kind === "failed") return again;
  return ok(again.value.body === issue.body && sameEtags(kept, again.value.kept) ? issue : again.value);
}

/** Issues that were just read, with their runs. One whose comments cannot be read now is given without them. */
export async function wholeIssues(api: GithubApi, fresh: readonly Issue[], known: readonly WholeIssue[]): Promise<readonly WholeIssue[]> {
  const keptBefore = new Map(known.flatMap(({ ref, kept }) => (kept === undefined ? [] : [[ref.number, kept] as const])));
  return Promise.all(fresh.map((issue) => orElse(wholeIssue(api, issue, keptBefore.get(issue.ref.number)), issue)));
}

/** Those open issues of which a comment that keeps a run changed since, or could not be read before. */
export async function changedInComments(api: GithubApi, known: readonly WholeIssue[]): Promise<readonly WholeIssue[]> {
  const before = known.filter(({ state, kept, body }) => state === "open" && (kept !== undefined || movedRuns(body).length > 0));
  const now = await Promise.all(before.map((issue) => orElse(issue.kept === undefined ? wholeIssue(api, issue) : readKeptAgain(api, issue), issue)));
  return now.filter((issue, index) => issue !== before[index]);
}

async function orElse(reading: Promise<Result<WholeIssue>>, otherwise: WholeIssue): Promise<WholeIssue> {
  const read = await reading;
  return read.kind === "ok" ? read.value : otherwise;
}

async function readKept(api: GithubApi, { ref }: Issue, moved: MovedRun, known: KeptRun | undefined): Promise<Result<KeptRun>> {
  const gone = { ...moved, text: "" };
  if (known?.text === "") return ok(gone);
  const subject = { repository: ref.repository, ref };
  const answer: Result<Answer<{ readonly body?: string }>> = await api.read(subject, (octokit, extras) =>
    octokit.rest.issues.getComment({ ...ownerAndName(ref.repository), comment_id: moved.comment, ...ifChanged(known?.etag), ...extras }),
  );
  if (answer.kind === "failed") return answer.failure.kind === "gone" ? ok(gone) : answer;
  if (answer.value.kind === "same") return ok({ ...gone, ...known, ...moved });
  const { data, etag } = answer.value;
  return ok({ ...moved, text: data.body ?? "", ...(etag === undefined ? {} : { etag }) });
}

function sameEtags(before: readonly KeptRun[], after: readonly KeptRun[] | undefined): boolean {
  return before.length === after?.length && before.every(({ etag }, index) => etag === after[index]?.etag);
}
