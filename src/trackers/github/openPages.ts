import * as v from "valibot";
import type { Repository } from "../../core/model/issueRef";
import { parseData } from "../../core/model/parseData";
import { ok, type Result } from "../../core/model/result";
import { issuesAnswer, type RawIssue } from "./answers";
import { type Call, type GithubApi, ifChanged, ownerAndName } from "./githubApi";
import { isPullRequest } from "./githubIssue";

/**
 * What is known of a repository's pages of a hundred open issues, oldest first. A sub-issue or a dependency that somebody adds,
 * or a blocker that is closed, leaves the time of an issue's last change as it was, so that no list of changes shows it. Each
 * refresh therefore looks at one of these pages in turn, in a conditional request that costs nothing of the hourly limit while
 * nothing on it changes: with up to two hundred open issues and pull requests, a link is seen within two refreshes.
 */
export interface OpenPages {
  /** Names each page as it was last read; empty where it is to be read again. */
  readonly etags: readonly string[];
  /** Index of the page that is looked at next. */
  readonly next: number;
}

const perPage = 100;

/** The question for the open issues, oldest first: one that is new or closed moves few others to another page. */
export function openIssuesOf(repository: Repository, page?: number, etag?: string): Call {
  return (octokit, extras) =>
    octokit.rest.issues.listForRepo({ ...ownerAndName(repository), state: "open", sort: "created", direction: "asc", per_page: perPage, ...(page === undefined ? {} : { page }), ...ifChanged(etag), ...extras });
}

/** Whether the server keeps links of any of the issues; an older one does of none, and there is nothing to look at. */
export function keepsLinks(raw: readonly RawIssue[]): boolean {
  return raw.some((one) => !isPullRequest(one) && (one.sub_issues_summary !== undefined || one.issue_dependencies_summary !== undefined));
}

/** The issues of the page whose turn it is, if anything on it changed, and the pages as they then are known. */
export async function checkPage(api: GithubApi, repository: Repository, known: OpenPages): Promise<Result<{ readonly raw: readonly RawIssue[]; readonly pages: OpenPages }>> {
  const { etags, next } = known;
  const before = etags[next];
  const answer = await api.read({ repository }, issuesAnswer, openIssuesOf(repository, next + 1, before === "" ? undefined : before));
  if (answer.kind === "failed") return answer;
  if (answer.value.kind === "same") return ok({ raw: [], pages: { etags, next: (next + 1) % Math.max(etags.length, 1) } });
  const { data, etag = "" } = answer.value;
  // After a full page there may be another one.
  const full = data.length >= perPage;
  const later = full ? (etags.length > next + 1 ? etags.slice(next + 1) : [""]) : [];
  const now = [...etags.slice(0, next), etag, ...later];
  return ok({ raw: data, pages: { etags: now, next: (next + 1) % now.length } });
}

/** The pages, each to be read again: an issue was read on its own with other links than they show. */
export function forgetPages({ etags, next }: OpenPages): OpenPages {
  return { etags: etags.map(() => ""), next };
}

/** Pages as they were written to memory; `undefined` for anything else. */
export function asOpenPages(value: unknown): OpenPages | undefined {
  const pages = parseData(storedPages, value);
  return pages === undefined || pages.next >= Math.max(pages.etags.length, 1) ? undefined : pages;
}

const storedPages = v.object({ etags: v.array(v.string()), next: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) });
