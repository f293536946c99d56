import * as v from "valibot";
import { sameData } from "../../core/model/plainData";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import type { Repository } from "../../core/model/issueRef";
import { parseData } from "../../core/model/parseData";
import type { Clock } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";
import { issuesResponse, type RawIssue } from "./responses";
import { asCommentReading, type CommentReading } from "./comments";
import { type Call, type GithubApi, ifChanged, ownerAndName } from "./githubApi";
import { isPullRequest, refOf, type RepositoryIssue, toIssue } from "./githubIssue";
import { asOpenPages, checkPage, keepsLinks, openIssuesOf, type OpenPages } from "./openPages";
import { readPages } from "./pages";
import type { FullIssue } from "./fullIssue";

/** The known issues of one repository: all open issues, and closed ones that changed in the last ninety days. */
export interface RepositoryReading {
  readonly issues: readonly FullIssue[];
  /** The next request asks for changes since this instant. */
  readonly since: Instant;
  /** ETag of the last response to that request. */
  readonly etag?: string;
  /** When everything was last read. Deleted issues are in no list of changes. */
  readonly wholeAt?: Instant;
  /** The repository's name according to the server. */
  readonly name?: Repository;
  /** The desk's comments. Absent while no issue can have any. */
  readonly comments?: CommentReading;
  /** The pages that are checked for links. Absent while no issue can have any. */
  readonly pages?: OpenPages;
}

/** A reading with issues as returned by the server. */
interface FreshReading extends Omit<RepositoryReading, "issues"> {
  readonly issues: readonly RepositoryIssue[];
}

const days = 90;

/** Change times are in whole seconds and changes can become visible out of order, so the last seconds are requested again. */
const overlap = 10_000;

/** Maximum difference between the clocks of server and machine, in milliseconds. */
const skew = 120_000;

/** Maximum number of issues in a response that is requested again whenever one of them changes. */
const maxIssuesReread = 50;

/** Reads a repository completely: open and closed issues concurrently, each page once. */
export async function readRepository(api: GithubApi, clock: Clock, repository: Repository): Promise<Result<FreshReading>> {
  const now = millisecondsOf(clock.now());
  const [open, closed] = await Promise.all([
    readPages(api, { repository }, issuesResponse, openIssuesOf(repository)),
    readPages(api, { repository }, issuesResponse, listOf(repository, { state: "closed", since: wholeSecond(now - days * 86_400_000) })),
  ]);
  if (open.kind === "failed") return open;
  if (closed.kind === "failed") return closed;
  const all = [...closed.value.raw, ...open.value.raw];
  const startedAt = wholeSecond(now - skew);
  const last = latest(all);
  // An issue that was closed during the reading may be in neither list, so changes since the start are requested next.
  return ok({ issues: issuesIn(all, repository), since: last !== undefined && last < startedAt ? last : startedAt, wholeAt: wholeSecond(now), ...nameIn(all), ...(keepsLinks(all) ? { pages: { etags: open.value.etags, next: 0 } } : {}) });
}

/** Reads the issues that changed since a reading, and the start of the next request, with one request. Returns `undefined` when nothing changed. */
export async function readChanges(api: GithubApi, repository: Repository, known: RepositoryReading): Promise<Result<FreshReading | undefined>> {
  const { since } = known;
  const changes = await readPages(api, { repository }, issuesResponse, listOf(repository, { state: "all", since }, known.etag));
  if (changes.kind === "failed") return changes;
  if (changes.value.same) return ok(undefined);
  const { raw, etag } = changes.value;
  const later = wholeSecond(millisecondsOf(latest(raw) ?? since) - overlap);
  // Repeating the same request is free while nothing changes. A later `since` is only better if it returns much less.
  const next = raw.length > maxIssuesReread && raw.filter(({ updated_at }) => updated_at >= later).length * 2 < raw.length ? later : since;
  // An ETag belongs to its request. With a later `since`, the next request is a different one.
  const { etag: _etag, ...rest } = known;
  const pages = known.pages ?? (keepsLinks(raw) ? { etags: [], next: 0 } : undefined);
  return ok({ ...rest, ...(pages === undefined ? {} : { pages }), issues: issuesIn(raw, repository), since: next, ...(next !== since || etag === undefined ? {} : { etag }), ...nameIn(raw) });
}

/** The result of checking one page of open issues. */
interface PageCheck {
  /** Issues that differ from the known ones, although no list of changes may contain them. */
  readonly issues: readonly RepositoryIssue[];
  readonly pages: OpenPages;
}

/** Checks the next page. Returns `undefined` if there is none or the request failed. The next refresh tries again. */
export async function checkLinks(api: GithubApi, repository: Repository, { pages, issues }: RepositoryReading): Promise<PageCheck | undefined> {
  const looked = pages === undefined ? undefined : await checkPage(api, repository, pages);
  if (looked?.kind !== "ok") return undefined;
  const known = new Map(issues.map((issue) => [issue.ref.number, issue]));
  const other = issuesIn(looked.value.raw, repository).filter((issue) => {
    const before = known.get(issue.ref.number);
    return before === undefined || before.updatedAt < issue.updatedAt || (before.updatedAt === issue.updatedAt && !sameLinks(before, issue));
  });
  return { issues: other, pages: looked.value.pages };
}

/** Whether two versions of an issue have the same native links. */
export function sameLinks(a: Issue | undefined, b: Issue): boolean {
  return sameData(a?.native, b.native);
}

/** Parses a reading from memory. Returns `undefined` for anything else. */
export function asReading(value: unknown): RepositoryReading | undefined {
  const reading = parseData(storedReading, value);
  if (reading === undefined) return undefined;
  const { comments: storedComments, pages: storedPages, ...rest } = reading;
  const comments = asCommentReading(storedComments);
  const pages = asOpenPages(storedPages);
  return { ...rest, ...(pages === undefined ? {} : { pages }), ...(comments === undefined ? {} : { comments }) };
}

/** The schema of a stored issue. Additional fields are kept. */
const issueShape = v.object({ ref: v.looseObject({}), title: v.string(), body: v.string(), labels: v.array(v.unknown()), assignees: v.array(v.unknown()) });

const storedReading = v.object({
  issues: v.array(v.custom<FullIssue>((issue) => v.is(issueShape, issue))),
  since: v.string(),
  etag: v.exactOptional(v.string()),
  wholeAt: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  comments: v.optional(v.unknown()),
  pages: v.optional(v.unknown()),
});

function listOf(repository: Repository, query: { readonly state: "closed" | "all"; readonly since?: Instant }, etag?: string): Call {
  // Newest first: changes are on the first page, whose ETag is requested, and do not move other issues off unread pages.
  return (octokit, extras) => octokit.rest.issues.listForRepo({ ...ownerAndName(repository), ...query, sort: "updated", direction: "desc", per_page: 100, ...ifChanged(etag), ...extras });
}

/** Replaces known issues by newer versions, by number. */
export function mergeIssues(known: readonly FullIssue[], fresh: readonly FullIssue[]): readonly FullIssue[] {
  const issues = new Map(known.map((issue) => [issue.ref.number, issue]));
  for (const issue of fresh) {
    const before = issues.get(issue.ref.number);
    if (before === undefined || before.updatedAt <= issue.updatedAt) issues.set(issue.ref.number, issue);
  }
  return [...issues.values()].sort((a, b) => a.ref.number - b.ref.number);
}

function issuesIn(raw: readonly RawIssue[], repository: Repository): readonly RepositoryIssue[] {
  return mergeIssues([], raw.filter((one) => !isPullRequest(one)).map((one) => toIssue(one, repository)));
}

function nameIn([first]: readonly RawIssue[]): { readonly name?: Repository } {
  return first === undefined ? {} : { name: refOf(first).repository };
}

function latest(raw: readonly RawIssue[]): Instant | undefined {
  return raw.reduce<Instant | undefined>((last, { updated_at }) => (last === undefined || updated_at > last ? updated_at : last), undefined);
}

function wholeSecond(milliseconds: number): Instant {
  return instantAt(Math.floor(milliseconds / 1000) * 1000);
}
