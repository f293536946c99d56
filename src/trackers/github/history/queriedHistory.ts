import { sameData } from "../../../core/model/equality";
import { millisecondsOf } from "../../../core/model/instant";
import type { Repository } from "../../../core/model/issueRef";
import type { Result } from "../../../core/model/result";
import { issueNumberOf } from "../deskComment";
import { readChanges } from "./historyLists";
import { type BoardProblem, type HistoryParts, type HistoryReading, repositoryLists } from "./historyParts";
import type { QueriedIssue, QueryParts } from "./issueQuery";
import { createIssueQueries, type QueryFilter, type IssueQueries, isNoAnswer, type QueryFailure } from "./queryIssues";
import { boardProblem, withMoves } from "./listedBoards";
import { emptyHistory, isWhole, issuesToStore, commentsToStore, type StoredHistory, withComments } from "./storedHistory";

/** The server does not answer queries of whole histories; with `none`, it answers none. */
export interface NotAnswered {
  readonly kind: "notAnswered";
  readonly none: boolean;
}

type Page = Exclude<Awaited<ReturnType<IssueQueries["page"]>>, { readonly kind: "failed" }>["value"];

/**
 * Reads a repository by queries: 100 issues with their events, comments and moves on project boards at once, the newest first, from
 * where an earlier reading stopped; then, if that began earlier, what changed since. Changes are taken over only if all of them could
 * be read.
 */
export async function readQueried(parts: HistoryParts, repository: Repository, stored: StoredHistory): Promise<HistoryReading | NotAnswered> {
  const { api, onPage } = parts;
  let [done, of] = [stored.issues.length, stored.issues.length];
  let [boards, recent]: [boolean, boolean] = [true, true];
  let notAnswered: NotAnswered | undefined;
  let noBoards: string | undefined;
  const lists = repositoryLists(parts, repository, (list) => onPage(repository, list, done, of));
  const { failures, isAborted } = lists;
  const queries = createIssueQueries({ api, repository, isAborted, onAnswer: () => onPage(repository, "issues", done, of) });

  const wasBegun = stored.read.queries.isBegun;
  const first = await readWhole(stored);
  if (notAnswered !== undefined) return notAnswered;
  const withBoards = isWhole(first) && !first.hasBoards && wasBegun && !hasFailed() ? await readAllBoards(first) : first;
  const history = wasBegun && isWhole(withBoards) && !hasFailed() ? await update(withBoards) : withBoards;
  if (notAnswered !== undefined) return notAnswered;
  const hidden = queries.hiddenBoards();
  const problem: BoardProblem | undefined = noBoards !== undefined
    ? boardProblem(noBoards)
    : hidden === undefined ? undefined : { kind: "hiddenBoards", reason: hidden };
  return { history, failures, points: queries.points(), ...(problem === undefined ? {} : { boards: problem }) };

  function hasFailed(): boolean {
    return failures.length > 0 || isAborted();
  }

  function fail(why: QueryFailure): void {
    if (isAborted()) return;
    if (why.kind === "unlike") notAnswered = { kind: "notAnswered", none: false };
    failures.push(why.kind === "failed" ? why.failure : { kind: "refused", server: api.server, reason: why.reason });
  }

  /** Asks for a page, without what this account or this server has not. */
  async function request(wanted: Pick<QueryParts, "histories" | "boards">, filter: QueryFilter, after?: string): Promise<Result<Page, QueryFailure>> {
    for (;;) {
      const asked = { ...wanted, boards: wanted.boards && boards, recent };
      const answer = await queries.page(asked, filter, after);
      if (answer.kind === "ok" || answer.failure.kind !== "refused") return answer;
      const { reason } = answer.failure;
      if (asked.recent && /issueType|enableDuplicate/.test(reason)) recent = false;
      else if (asked.boards && !isAboutCursor(answer.failure)) {
        [boards, noBoards] = [false, reason];
        // Nothing else was asked for.
        if (!asked.histories) return answer;
      } else return answer;
    }
  }

  async function requestAll(wanted: Pick<QueryParts, "histories" | "boards">, filter: QueryFilter): Promise<Result<Page, QueryFailure>> {
    const issues: QueriedIssue[] = [];
    for (let after: string | undefined; ; ) {
      const page = await request(wanted, filter, after);
      if (page.kind === "failed") return page;
      issues.push(...page.value.issues);
      after = page.value.next;
      if (after === undefined) return { ...page, value: { issues, total: page.value.total } };
    }
  }

  async function readWhole(history: StoredHistory): Promise<StoredHistory> {
    let current = history;
    while (!isWhole(current) && !isAborted()) {
      const { queries: reading, ...others } = current.read;
      const page = await request({ histories: true, boards: true }, {}, reading.next);
      if (page.kind === "failed") {
        if (reading.next !== undefined && isAboutCursor(page.failure)) {
          current = emptyHistory;
          continue;
        }
        // Where nobody may ask queries, the lists tell why, or are read instead.
        if (!current.read.queries.isBegun && isNoAnswer(page.failure)) notAnswered = { kind: "notAnswered", none: page.failure.kind === "unusable" };
        fail(page.failure);
        return current;
      }
      const { issues, next, total } = page.value;
      const since = reading.isBegun ? reading.since : newest(issues);
      const oldest = issues.at(-1)?.createdAt ?? reading.oldest;
      const known = since === undefined ? { isBegun: true } : { isBegun: true, since };
      current = {
        ...withIssues(current, issues),
        hasBoards: boards && (!reading.isBegun || current.hasBoards),
        read: { ...others, queries: { ...known, ...(oldest === undefined ? {} : { oldest }), ...(next === undefined ? {} : { next }) }, ...(next === undefined ? { issues: known, comments: known } : {}) },
      };
      [done, of] = [current.issues.length, Math.max(total, current.issues.length)];
      onPage(repository, "issues", done, of);
    }
    return current;
  }

  /** The moves of all issues, after they could not be read with the issues. */
  async function readAllBoards(history: StoredHistory): Promise<StoredHistory> {
    const found = await requestAll({ histories: false, boards: true }, {});
    if (found.kind === "ok") return { ...withMoves(history, found.value.issues), hasBoards: true };
    if (boards) fail(found.failure);
    return history;
  }

  async function update(history: StoredHistory): Promise<StoredHistory> {
    const { read, moves } = history;
    const [since, commentsSince] = [read.issues.since, read.comments.since];
    // A move on a board does not change when an issue was updated.
    const wantsMoves = history.hasBoards && moves.length > 0 && history.issues.some(({ state }) => state === "open");
    const [changed, comments, first] = await Promise.all([
      readChanges(lists.issues, read.issues, `issues ${since ?? ""}`, lists.issuesSince(since), () => false, (one) => one.updated_at),
      readChanges(lists.comments, read.comments, `comments ${commentsSince ?? ""}`, lists.commentsSince(commentsSince), () => false, (one) => one.updated_at),
      wantsMoves ? requestAll({ histories: false, boards: true }, { states: ["OPEN"] }) : request({ histories: false, boards: false }, {}),
    ]);
    for (const reading of [changed, comments]) lists.noted(reading);
    const counted = wantsMoves && !boards ? await request({ histories: false, boards: false }, {}) : first;
    if (counted.kind === "failed") fail(counted.failure);
    if (counted.kind === "failed" || hasFailed()) return history;

    const times = new Map(history.issues.map(({ number, updated_at }) => [number, updated_at]));
    const others = changed.raw.filter(({ number, updated_at, pull_request }) => pull_request === undefined && times.get(number) !== updated_at).map(({ number }) => number);
    const found = others.length === 0 ? undefined : await requestAll({ histories: true, boards: true }, since === undefined ? {} : { since });
    if (found?.kind === "failed") fail(found.failure);
    if (found?.kind === "failed" || hasFailed()) return history;

    const issues = found?.value.issues ?? [];
    const isComplete = others.every((number) => issues.some((one) => one.number === number));
    const after = withIssues({ ...(wantsMoves ? withMoves(history, counted.value.issues) : history), comments: withComments(history.comments, comments.raw) }, issues);
    // What queries do not show yet is asked for again.
    const reading = { ...read, issues: isComplete ? changed.reading : read.issues, comments: comments.reading };
    const next = await withoutDeleted({ ...after, read: reading }, found?.value.total ?? counted.value.total);
    if (hasFailed()) return history;
    return sameData(next, history) ? history : next;
  }

  /** Deleted and transferred issues are missing in the number of issues. Which ones they are is looked up from the newest one on. */
  async function withoutDeleted(history: StoredHistory, total: number): Promise<StoredHistory> {
    const { uncounted = 0, ...rest } = history;
    const excess = history.issues.length - total - uncounted;
    if (excess <= 0) return excess < 0 && uncounted > 0 ? { ...rest, uncounted: Math.max(0, history.issues.length - total) } : history;
    const listed = new Set<number>();
    let missing: ReadonlySet<number> = new Set();
    for (let after: string | undefined; ; ) {
      const page = await request({ histories: false, boards: false }, {}, after);
      if (page.kind === "failed") {
        fail(page.failure);
        return history;
      }
      for (const { number } of page.value.issues) listed.add(number);
      after = page.value.next;
      const oldest = page.value.issues.at(-1)?.createdAt;
      const end = after === undefined || oldest === undefined ? -Infinity : millisecondsOf(oldest);
      missing = new Set(history.issues.flatMap(({ number, created_at }) => (millisecondsOf(created_at) > end && !listed.has(number) ? [number] : [])));
      if (missing.size >= excess || after === undefined) break;
    }
    const left = uncounted + excess - missing.size;
    return {
      ...rest,
      issues: rest.issues.filter(({ number }) => !missing.has(number)),
      comments: rest.comments.filter((comment) => !missing.has(issueNumberOf(comment))),
      events: rest.events.filter(({ issue }) => !missing.has(issue)),
      moves: rest.moves.filter(({ issue }) => !missing.has(issue)),
      ...(left > 0 ? { uncounted: left } : {}),
    };
  }
}

/** The issues with their histories replace what was known of them. */
function withIssues(history: StoredHistory, found: readonly QueriedIssue[]): StoredHistory {
  if (found.length === 0) return history;
  const numbers = new Set(found.map(({ number }) => number));
  return {
    ...withMoves(history, found),
    issues: [...history.issues.filter(({ number }) => !numbers.has(number)), ...issuesToStore(found.flatMap(({ issue }) => issue ?? []))],
    comments: [...history.comments.filter((comment) => !numbers.has(issueNumberOf(comment))), ...commentsToStore(found.flatMap(({ comments }) => comments))],
    events: [...history.events.filter(({ issue }) => !numbers.has(issue)), ...found.flatMap(({ events }) => events)],
  };
}

function newest(issues: readonly QueriedIssue[]): string | undefined {
  return issues.flatMap(({ issue }) => issue?.updated_at ?? []).toSorted((a, b) => millisecondsOf(a) - millisecondsOf(b)).at(-1);
}

/** A page that begins after an issue that is no longer known to the server. */
function isAboutCursor(failure: QueryFailure): boolean {
  return failure.kind === "refused" && /cursor/i.test(failure.reason);
}
