import * as v from "valibot";
import { millisecondsOf } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import { type IssueRef, localRepository, type Repository } from "../../core/model/issueRef";
import { parseData } from "../../core/model/parseData";
import type { Clock, Log, Memory } from "../../core/model/ports";
import { coalesce } from "../../core/model/queues";
import { failed, ok, type Result } from "../../core/model/result";
import { shortlyBefore } from "./attempts";
import { type CommentReading, readCommentList, withComment } from "./comments";
import { applyMarks, countedComments, type DeskComment, isOnlyOurs } from "./deskComment";
import type { GithubApi } from "./githubApi";
import { authorOf, type RepositoryIssue } from "./githubIssue";
import type { Notice } from "./notices";
import { forgetPages, type OpenPages } from "./openPages";
import { asReading, checkLinks, mergeIssues, readChanges, readRepository, type RepositoryReading, sameLinks } from "./repositoryReading";
import { withReopenings } from "./reopenings";
import type { Trust } from "./trust";
import { changedInComments, readComment, type Reader, reapplyMarks, type FullIssue, fullIssues } from "./fullIssue";

interface IssueCacheParts {
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly memory: Memory;
  readonly log: Log;
  readonly repositories: () => readonly Repository[];
  readonly account: () => Promise<Result<string>>;
  readonly trust: Trust;
  readonly onNotice: (notice: Notice) => void;
}

/** The last known issues of one account, stored across restarts. */
interface IssueCache {
  /** Reads changes in all repositories concurrently. */
  refresh(): Promise<Result<CachedIssues>>;
  /** The last known issues without a request. `undefined` before the first reading. */
  cached(): Promise<CachedIssues | undefined>;
  /** Updates an issue that was read or written separately. */
  put(issue: FullIssue): void;
  /** The last known desk comments of an issue. */
  deskComments(ref: IssueRef): readonly DeskComment[];
  /** The last known version of an issue. */
  issue(ref: IssueRef): FullIssue | undefined;
  /** Unused desk comments, because the issue has an older one: two windows created them at the same time. */
  secondComments(): readonly { readonly ref: IssueRef; readonly comment: DeskComment }[];
  /** Adds the marks that count to an issue that was read elsewhere. */
  place(issue: RepositoryIssue): FullIssue;
  /** Removes an issue that no longer exists. */
  forget(ref: IssueRef): void;
}

export interface CachedIssues {
  readonly at: Instant;
  readonly issues: readonly Issue[];
}

/** Increased when stored data becomes incompatible. */
const version = 3;

const storedReading = v.object({ version: v.literal(version), login: v.string(), at: v.string(), reading: v.unknown() });

const memoryKey = (repository: Repository): string => `reading/${repository}`;

/** Creates an empty cache. Nothing is read before the first call. */
export function issueCache({ api, clock, memory, log, repositories, account, trust, onNotice }: IssueCacheParts): IssueCache {
  const readings = new Map<Repository, RepositoryReading>();
  let at: Instant | undefined;
  let login: string | undefined;
  let loaded: Promise<void> | undefined;

  const wanted = (): readonly Repository[] => repositories().filter((repository) => repository !== localRepository);

  async function load(): Promise<void> {
    for (const repository of wanted()) {
      const read = await memory.read(memoryKey(repository));
      const stored = read.kind === "ok" ? parseData(storedReading, read.value) : undefined;
      const reading = asReading(stored?.reading);
      await trust.load(repository);
      if (reading === undefined || stored === undefined) continue;
      login ??= stored.login;
      if (stored.login !== login) continue;
      readings.set(repository, reading);
      at = at === undefined || stored.at < at ? stored.at : at;
    }
  }

  function all(): CachedIssues | undefined {
    const names = wanted();
    return at === undefined ? undefined : { at, issues: names.flatMap(issuesOf) };
  }

  /** The issues with the marks that count now. The desk's people may have changed since they were read. */
  function issuesOf(repository: Repository): readonly FullIssue[] {
    const reading = readings.get(repository);
    if (reading === undefined) return [];
    const comments = byIssue(reading.comments);
    const issues = reading.issues.map((issue) => reapplyMarks(issue, comments.get(issue.ref.number) ?? [], trust));
    if (issues.some((issue, index) => issue !== reading.issues[index])) readings.set(repository, { ...reading, issues });
    return readings.get(repository)?.issues ?? [];
  }

  async function readAll(): Promise<Result<CachedIssues>> {
    await (loaded ??= load());
    const who = await account();
    if (who.kind === "failed") return who;
    // Do not use data that another account could see.
    if (login !== who.value) readings.clear();
    login = who.value;
    const now = clock.now();
    const results = await Promise.all(wanted().map(async (repository) => ({ repository, result: await readOne(repository) })));
    const failures = results.flatMap(({ repository, result }) => (result.kind === "failed" ? [{ repository, failure: result.failure }] : []));
    const [first] = failures;
    if (first !== undefined && (failures.length === results.length || failures.some(({ failure }) => !concernsOne(failure.kind)))) {
      return failed((failures.find(({ failure }) => !concernsOne(failure.kind)) ?? first).failure);
    }
    for (const { repository, failure } of failures) onNotice({ kind: "unread", repository, failure });
    at = now;
    return ok({ at, issues: all()?.issues ?? [] });
  }

  async function readOne(repository: Repository): Promise<Result<undefined>> {
    const known = readings.get(repository);
    const startedAt = clock.now();
    const whole = known === undefined || isOld(known, startedAt);
    const [read, check] = await Promise.all([whole ? readRepository(api, clock, repository) : readChanges(api, repository, known), whole ? undefined : checkLinks(api, repository, known)]);
    if (read.kind === "failed") return read;
    const changed = read.value?.issues ?? [];
    const reopened = await withReopenings(api, [...changed, ...(check?.issues.filter(({ ref }) => !changed.some((issue) => issue.ref.number === ref.number)) ?? [])], ({ ref }) => known?.issues.find((issue) => issue.ref.number === ref.number));
    if (reopened.kind === "failed") return reopened;
    const bare = reopened.value;
    const numbers = new Set(bare.map(({ ref }) => ref.number));
    const others = whole ? [] : known.issues.filter(({ ref }) => !numbers.has(ref.number));
    const listed = await readCommentList(api, repository, known?.comments, [...bare, ...others]);
    if (listed.kind === "failed") return listed;
    const list = whole ? listed.value : await withoutDeleted(repository, listed.value, numbers);
    await trust.resolveAuthors(repository, [...[...bare, ...others].map(authorOf), ...(list?.comments.map(({ author }) => author) ?? [])]);
    const comments = byIssue(list);
    const fresh = await fullIssues(reader, bare.map((issue) => applyMarks(issue, comments.get(issue.ref.number) ?? [], trust)), known?.issues ?? []);
    const placed = others.map((issue) => reapplyMarks(issue, comments.get(issue.ref.number) ?? [], trust));
    const commented = [...placed.filter((issue, index) => issue !== others[index]), ...(await changedInComments(reader, placed))];
    const answer = read.value ?? known;
    if (answer === undefined || (read.value === undefined && bare.length === 0 && commented.length === 0 && list === known?.comments)) {
      if (check !== undefined) notePages(repository, known, check.pages);
      return ok(undefined);
    }
    const { name } = answer;
    if (name !== undefined && name.toLowerCase() !== repository.toLowerCase()) onNotice({ kind: "renamed", from: repository, to: name });
    // Issues may have been added while this was read, and they are newer. Others that are missing from a complete reading were deleted.
    const now = readings.get(repository)?.issues ?? [];
    const asked = new Set(known?.issues);
    const put = new Map(now.flatMap((issue) => (asked.has(issue) ? [] : [[issue.ref.number, issue] as const])));
    const before = now.filter(({ createdAt }) => !whole || createdAt >= shortlyBefore(startedAt));
    const later = [...fresh, ...commented].filter(({ ref, updatedAt }) => updatedAt > (put.get(ref.number)?.updatedAt ?? ""));
    const written = list === undefined ? {} : { comments: readMeanwhile(list, known?.comments, readings.get(repository)?.comments) };
    readings.set(repository, { ...answer, ...written, ...pagesOf(readings.get(repository)), issues: mergeIssues(before, later) });
    // An issue that was added meanwhile may be older than the page. If so, the page is read again.
    if (check !== undefined) notePages(repository, known, check.issues.some(({ ref }) => put.has(ref.number)) ? forgetPages(check.pages) : check.pages);
    const reading = readings.get(repository);
    const kept = await memory.write(memoryKey(repository), { version, login, at: clock.now(), reading });
    if (kept.kind === "failed") log.error(`The issues of ${repository} could not be kept for the next start: ${kept.failure.kind}`);
    return ok(undefined);
  }

  /** Stores the pages after a check, unless they were reset meanwhile. */
  function notePages(repository: Repository, known: RepositoryReading | undefined, pages: OpenPages): void {
    const now = readings.get(repository);
    if (now !== undefined) readings.set(repository, { ...now, pages: now.pages === known?.pages ? pages : forgetPages(pages) });
  }

  /** Finds deleted comments, which no list contains, by a conditional request for each comment of the changed issues. */
  async function withoutDeleted(repository: Repository, list: CommentReading | undefined, changed: ReadonlySet<number>): Promise<CommentReading | undefined> {
    if (list === undefined) return undefined;
    const { comments } = list;
    const now = await Promise.all(comments.map(async (comment) => (changed.has(comment.issue) ? readComment(reader, { repository, number: comment.issue }, comment) : ok(comment))));
    const kept = now.flatMap((answer, index) => (answer.kind === "failed" ? (comments[index] ?? []) : (answer.value ?? [])));
    return kept.length === comments.length && kept.every((comment, index) => comment === comments[index]) ? list : { ...list, comments: kept };
  }

  function change({ repository }: IssueRef, edit: (issues: readonly FullIssue[]) => readonly FullIssue[]): void {
    const reading = readings.get(repository);
    if (reading !== undefined) readings.set(repository, { ...reading, issues: edit(reading.issues) });
  }

  const deskComments = ({ repository, number }: IssueRef): readonly DeskComment[] => readings.get(repository)?.comments?.comments.filter(({ issue }) => issue === number) ?? [];
  const issue = ({ repository, number }: IssueRef): FullIssue | undefined => readings.get(repository)?.issues.find(({ ref }) => ref.number === number);
  const reader: Reader = { api, trust, onNotice, deskComments, reopening: issue };

  function put(issue: FullIssue): void {
    const known = readings.get(issue.ref.repository);
    // It is unknown which of the two is newer.
    if (known?.pages !== undefined && !sameLinks(known.issues.find(({ ref }) => ref.number === issue.ref.number), issue)) readings.set(issue.ref.repository, { ...known, pages: forgetPages(known.pages) });
    change(issue.ref, (issues) => mergeIssues(issues, [issue]));
    const { repository, number } = issue.ref;
    const reading = readings.get(repository);
    if (reading === undefined) return;
    const comment = issue.elsewhere?.comment;
    if (comment !== undefined) readings.set(repository, { ...reading, comments: withComment(reading.comments, comment, issue.createdAt) });
    else if (reading.comments?.comments.some(isUsed) === true) readings.set(repository, { ...reading, comments: { ...reading.comments, comments: reading.comments.comments.filter((each) => !isUsed(each)) } });

    function isUsed(each: DeskComment): boolean {
      return each.issue === number && trust.counts(repository, each.author);
    }
  }

  /** // A reading that started before a call may miss what the caller just wrote, so the caller waits for the next one. */
  const refresh = coalesce(readAll);

  return {
    refresh,
    async cached() {
      await (loaded ??= load());
      return all();
    },
    put,
    deskComments,
    issue,
    secondComments: () =>
      [...readings].flatMap(([repository, { comments }]) =>
        [...byIssue(comments)].flatMap(([number, each]) => {
          const ref = { repository, number };
          const [, ...younger] = countedComments(trust, repository, each);
          return younger.filter(({ author, text }) => trust.isOwn(author) && isOnlyOurs(text, ref)).map((comment) => ({ ref, comment }));
        }),
      ),
    place: (issue) => applyMarks(issue, deskComments(issue.ref), trust),
    forget: (ref) => change(ref, (issues) => issues.filter(({ ref: { number } }) => number !== ref.number)),
  };
}

function pagesOf(reading: RepositoryReading | undefined): Pick<RepositoryReading, "pages"> {
  return reading?.pages === undefined ? {} : { pages: reading.pages };
}

function byIssue(reading: CommentReading | undefined): ReadonlyMap<number, readonly DeskComment[]> {
  const found = new Map<number, DeskComment[]>();
  for (const comment of reading?.comments ?? []) found.set(comment.issue, [...(found.get(comment.issue) ?? []), comment]);
  return found;
}

/**
 * Adds the comments that were read or written separately since the reading started. If the order of two versions is unknown, as
 * within one second, the list is requested again unconditionally.
 */
function readMeanwhile(list: CommentReading, before: CommentReading | undefined, now: CommentReading | undefined): CommentReading {
  const asked = new Set(before?.comments);
  const listed = (comment: DeskComment): DeskComment | undefined => list.comments.find(({ id }) => id === comment.id);
  const put = now?.comments.filter((comment) => !asked.has(comment) && comment.updatedAt >= (listed(comment)?.updatedAt ?? "")) ?? [];
  const { etag, ...rest } = list;
  const isSure = put.every((comment) => listed(comment)?.text === comment.text);
  return put.reduce<CommentReading>((reading, comment) => withComment(reading, comment, list.from), isSure && etag !== undefined ? list : rest);
}

/** Complete readings, which find deleted and transferred issues, happen twice a day. */
const longest = 12 * 3_600_000;

function isOld({ wholeAt }: RepositoryReading, now: Instant): boolean {
  return wholeAt === undefined || millisecondsOf(now) - millisecondsOf(wholeAt) > longest;
}

/** Whether such a failure concerns one repository only. */
function concernsOne(kind: string): boolean {
  return kind === "forbidden" || kind === "noRepository" || kind === "issuesOff";
}
