import type { Reopening } from "../../core/model/issue";
import { isInstant } from "../../core/model/instant";
import { failed, ok, type Result } from "../../core/model/result";
import { type GithubApi, ifChanged, ownerAndName } from "./githubApi";
import type { RepositoryIssue } from "./githubIssue";
import { readPages } from "./pages";
import { eventsResponse } from "./responses";

/** What an earlier reading found about the reopening of an issue. */
export type KnownReopening = Pick<RepositoryIssue, "wasReopened" | "reopening" | "reopeningRead">;

/**
 * Adds when open issues were last reopened. A list of issues only contains that they were, so this takes one request for each of
 * them, again after it changed, and then a conditional one.
 */
export async function withReopenings(api: GithubApi, issues: readonly RepositoryIssue[], known: (issue: RepositoryIssue) => KnownReopening | undefined): Promise<Result<readonly RepositoryIssue[]>> {
  const read = await Promise.all(issues.map((issue) => (issue.wasReopened === true ? withReopening(api, issue, known(issue)) : ok(issue))));
  const all: RepositoryIssue[] = [];
  for (const one of read) {
    if (one.kind === "failed") return one;
    all.push(one.value);
  }
  return ok(all);
}

/** Adds when an issue was last reopened, without a request if it did not change since that was read. */
async function withReopening(api: GithubApi, issue: RepositoryIssue, known: KnownReopening | undefined): Promise<Result<RepositoryIssue>> {
  if (known?.reopeningRead?.of === issue.updatedAt) return ok(withKnownReopening(issue, known));
  const { ref } = issue;
  const pages = await readPages(api, { repository: ref.repository, ref }, eventsResponse, (octokit, extras) =>
    octokit.rest.issues.listEvents({ ...ownerAndName(ref.repository), issue_number: ref.number, per_page: 100, ...ifChanged(known?.reopeningRead?.etag), ...extras }),
  );
  // An issue that was deleted or moved meanwhile is found by other requests.
  if (pages.kind === "failed") return pages.failure.kind === "gone" ? ok(issue) : failed(pages.failure);
  const { raw, same, etag, etags } = pages.value;
  const reopening = same ? known?.reopening : lastReopening(raw);
  // The oldest events are on the first page, so its ETag says nothing about new ones if there is another page.
  const tag = same ? known?.reopeningRead?.etag : etags.length === 1 ? etag : undefined;
  return ok({ ...issue, ...(reopening === undefined ? {} : { reopening }), reopeningRead: { of: issue.updatedAt, ...(tag === undefined ? {} : { etag: tag }) } });
}

/** Adds a known reopening to an issue that was read without it. It may have been reopened again since. */
export function withKnownReopening<T extends RepositoryIssue>(issue: T, known: KnownReopening | undefined): T {
  if (issue.wasReopened !== true || known?.wasReopened !== true) return issue;
  const { reopening, reopeningRead } = known;
  return { ...issue, ...(reopening === undefined ? {} : { reopening }), ...(reopeningRead === undefined ? {} : { reopeningRead }) };
}

/** The last reopening in the events of an issue, which are in order. */
function lastReopening(events: readonly Readonly<Record<string, unknown>>[]): Reopening | undefined {
  let closed: string | undefined;
  let last: Reopening | undefined;
  for (const { event, created_at: at } of events) {
    if (typeof at !== "string" || !isInstant(at)) continue;
    if (event === "closed") closed = at;
    else if (event === "reopened" && closed !== undefined) last = { at, closed };
  }
  return last;
}
