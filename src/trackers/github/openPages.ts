import * as v from "valibot";
import type { Repository } from "../../core/model/issueRef";
import { parseData } from "../../core/model/parseData";
import { ok, type Result } from "../../core/model/result";
import { issuesResponse, type RawIssue } from "./responses";
import { type Call, type GithubApi, ifChanged, ownerAndName } from "./githubApi";
import { isPullRequest } from "./githubIssue";

/**
 * The known pages of a hundred open issues of a repository, oldest first. Adding a sub-issue or dependency, and closing a
 * blocker, does not change an issue's update time, so these changes are in no list of changes. Therefore each refresh checks
 * one page in turn with a conditional request, which does not count against the rate limit while nothing changes. With up to
 * two hundred open issues and pull requests, a link is seen within two refreshes.
 */
export interface OpenPages {
  /** ETag of each page. Empty if the page must be read again. */
  readonly etags: readonly string[];
  /** Index of the page to check next. */
  readonly next: number;
}

const perPage = 100;

/** The request for open issues, oldest first, so that new and closed issues move few others to another page. */
export function openIssuesOf(repository: Repository, page?: number, etag?: string): Call {
  return (octokit, extras) =>
    octokit.rest.issues.listForRepo({ ...ownerAndName(repository), state: "open", sort: "created", direction: "asc", per_page: perPage, ...(page === undefined ? {} : { page }), ...ifChanged(etag), ...extras });
}

/** Whether the server has native links. If not, there is nothing to check. */
export function keepsLinks(raw: readonly RawIssue[]): boolean {
  return raw.some((one) => !isPullRequest(one) && (one.sub_issues_summary !== undefined || one.issue_dependencies_summary !== undefined));
}

/** Checks the next page and returns its issues if anything changed, with the updated pages. */
export async function checkPage(api: GithubApi, repository: Repository, known: OpenPages): Promise<Result<{ readonly raw: readonly RawIssue[]; readonly pages: OpenPages }>> {
  const { etags, next } = known;
  const before = etags[next];
  const answer = await api.read({ repository }, issuesResponse, openIssuesOf(repository, next + 1, before === "" ? undefined : before));
  if (answer.kind === "failed") return answer;
  if (answer.value.kind === "same") return ok({ raw: [], pages: { etags, next: (next + 1) % Math.max(etags.length, 1) } });
  const { data, etag = "" } = answer.value;
  // A full page may be followed by another one.
  const full = data.length >= perPage;
  const later = full ? (etags.length > next + 1 ? etags.slice(next + 1) : [""]) : [];
  const now = [...etags.slice(0, next), etag, ...later];
  return ok({ raw: data, pages: { etags: now, next: (next + 1) % now.length } });
}

/** Marks all pages to be read again, because an issue was read separately with other links. */
export function forgetPages({ etags, next }: OpenPages): OpenPages {
  return { etags: etags.map(() => ""), next };
}

/** Parses pages from memory. Returns `undefined` for anything else. */
export function asOpenPages(value: unknown): OpenPages | undefined {
  const pages = parseData(storedPages, value);
  return pages === undefined || pages.next >= Math.max(pages.etags.length, 1) ? undefined : pages;
}

const storedPages = v.object({ etags: v.array(v.string()), next: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) });
