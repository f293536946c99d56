import * as v from "valibot";
import { sameData } from "../../core/model/equality";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import type { Repository } from "../../core/model/issueRef";
import { parseData } from "../../core/model/parseData";
import type { Clock } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";
import { issuesAnswer, type RawIssue } from "./answers";
import { asCommentReading, type CommentReading } from "./comments";
import { type Call, type GithubApi, ifChanged, ownerAndName } from "./githubApi";
import { isPullRequest, refOf, type RepositoryIssue, toIssue } from "./githubIssue";
import { asOpenPages, checkPage, keepsLinks, openIssuesOf, type OpenPages } from "./openPages";
import { readPages } from "./pages";
import type { WholeIssue } from "./wholeIssue";

/** What is known of one repository's issues: all open ones, and those closed ones that changed in the last ninety days. */
export interface RepositoryReading {
  readonly issues: readonly WholeIssue[];
  /** What changed from then on is asked for next. */
  readonly since: Instant;
  /** Names the last answer to that question. */
  readonly etag?: string;
  /** When everything was last read, and not only what changed: a deleted issue is in no list of changes. */
  readonly wholeAt?: Instant;
  /** The name by which the repository itself answered. */
  readonly name?: Repository;
  /** The desk's comments; absent while no issue can have any. */
  readonly comments?: CommentReading;
  /** The pages that are looked at for links; absent while no issue can have any. */
  readonly pages?: OpenPages;
}

/** The same with the issues that were just read, as the server gave them. */
interface FreshReading extends Omit<RepositoryReading, "issues"> {
  readonly issues: readonly RepositoryIssue[];
}

const days = 90;

/** Changes carry whole seconds, and one may become visible after a later one: what was just read is asked for again. */
const overlap = 10_000;

/** How far the server's clock and ours may differ. */
const skew = 120_000;

/** Issues in an answer that is asked for again whenever one of them changes. */
const maxIssuesReread = 50;

/** Reads a repository for the first time: open and closed issues side by side, each page once. */
export async function readWhole(api: GithubApi, clock: Clock, repository: Repository): Promise<Result<FreshReading>> {
  const now = millisecondsOf(clock.now());
  const [open, closed] = await Promise.all([
    readPages(api, { repository }, issuesAnswer, openIssuesOf(repository)),
    readPages(api, { repository }, issuesAnswer, listOf(repository, { state: "closed", since: wholeSecond(now - days * 86_400_000) })),
  ]);
  if (open.kind === "failed") return open;
  if (closed.kind === "failed") return closed;
  const all = [...closed.value.raw, ...open.value.raw];
  const startedAt = wholeSecond(now - skew);
  const last = latest(all);
  // One that was closed while this was read may be in neither list: from the beginning on, everything is asked for again.
  return ok({ issues: issuesIn(all, repository), since: last !== undefined && last < startedAt ? last : startedAt, wholeAt: wholeSecond(now), ...nameIn(all), ...(keepsLinks(all) ? { pages: { etags: open.value.etags, next: 0 } } : {}) });
}

/** The issues that changed since a reading, and from when on to ask next; in one request, which gives `undefined` when nothing did. */
export async function readChanges(api: GithubApi, repository: Repository, known: RepositoryReading): Promise<Result<FreshReading | undefined>> {
  const { since } = known;
  const changes = await readPages(api, { repository }, issuesAnswer, listOf(repository, { state: "all", since }, known.etag));
  if (changes.kind === "failed") return changes;
  if (changes.value.same) return ok(undefined);
  const { raw, etag } = changes.value;
  const later = wholeSecond(millisecondsOf(latest(raw) ?? since) - overlap);
  // The same question once more costs nothing while nothing changes; a later one is worth it where it has fewer answers.
  const next = raw.length > maxIssuesReread && raw.filter(({ updated_at }) => updated_at >= later).length * 2 < raw.length ? later : since;
  // An answer belongs to its question: with a later `since` the next one is another question.
  const { etag: _etag, ...rest } = known;
  const pages = known.pages ?? (keepsLinks(raw) ? { etags: [], next: 0 } : undefined);
  return ok({ ...rest, ...(pages === undefined ? {} : { pages }), issues: issuesIn(raw, repository), since: next, ...(next !== since || etag === undefined ? {} : { etag }), ...nameIn(raw) });
}

/** What a look at one page of open issues showed. */
interface PageCheck {
  /** Issues that are otherwise than they are known, though no list of changes may show it. */
  readonly issues: readonly RepositoryIssue[];
  readonly pages: OpenPages;
}

/** Looks at the page whose turn it is; `undefined` where there is none, or no answer: the next refresh looks again. */
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

/** Whether the server keeps the same links of both. */
export function sameLinks(a: Issue | undefined, b: Issue): boolean {
  return sameData(a?.native, b.native);
}

/** A reading as it was written to memory; `undefined` for anything else. */
export function asReading(value: unknown): RepositoryReading | undefined {
  const reading = parseData(storedReading, value);
  if (reading === undefined) return undefined;
  const { comments: storedComments, pages: storedPages, ...rest } = reading;
  const comments = asCommentReading(storedComments);
  const pages = asOpenPages(storedPages);
  return { ...rest, ...(pages === undefined ? {} : { pages }), ...(comments === undefined ? {} : { comments }) };
}

/** An issue as we wrote it; what was found out about it beside these fields stays. */
const issueShape = v.object({ ref: v.looseObject({}), title: v.string(), body: v.string(), labels: v.array(v.unknown()), assignees: v.array(v.unknown()) });

const storedReading = v.object({
  issues: v.array(v.custom<WholeIssue>((issue) => v.is(issueShape, issue))),
  since: v.string(),
  etag: v.exactOptional(v.string()),
  wholeAt: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  comments: v.optional(v.unknown()),
  pages: v.optional(v.unknown()),
});

function listOf(repository: Repository, query: { readonly state: "closed" | "all"; readonly since?: Instant }, etag?: string): Call {
  // The newest first: whatever changes is on the first page, whose ETag is asked with, and moves no other issue off a page not yet read.
  return (octokit, extras) => octokit.rest.issues.listForRepo({ ...ownerAndName(repository), ...query, sort: "updated", direction: "desc", per_page: 100, ...ifChanged(etag), ...extras });
}

/** The issues with fresher ones in the place of theirs, by number. */
export function mergeIssues(known: readonly WholeIssue[], fresh: readonly WholeIssue[]): readonly WholeIssue[] {
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
