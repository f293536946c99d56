import { millisecondsOf } from "../../../core/model/instant";
import type { Instant } from "../../../core/model/issue";
import { issueNumberOf } from "../deskComment";
import type { QueriedPage } from "./graphqlClient";
import type { QueriedIssue } from "./graphqlQuery";
import { commentsToStore, issuesToStore, type StoredComment, type StoredHistory } from "./storedHistory";

/** Takes over the next page of issues with their histories. The first page says from when on changes are asked for later. */
export function withPage(history: StoredHistory, { issues, next, hasMoves }: QueriedPage): StoredHistory {
  const { isBegun, ...before } = history.read.queries;
  const since = isBegun ? before.since : newest(issues.flatMap(({ issue }) => issue?.updated_at ?? []));
  const begun = { isBegun: true, ...(since === undefined ? {} : { since }) };
  return {
    ...withIssues(history, issues),
    hasBoards: hasMoves && (!isBegun || history.hasBoards),
    read: next === undefined
      ? { ...history.read, queries: begun, issues: begun, comments: begun }
      : { ...history.read, queries: { ...begun, next } },
  };
}

/** The server has answered queries again. */
export function withAnswer(history: StoredHistory): StoredHistory {
  const { failingSince, ...answered } = history;
  return failingSince === undefined ? history : answered;
}

/** The issues with their histories replace what was known of them, so that no event counts twice. */
export function withIssues(history: StoredHistory, found: readonly QueriedIssue[]): StoredHistory {
  if (found.length === 0) return history;
  // An issue can be on two pages if others changed in between.
  const byNumber = new Map(found.map((one) => [one.number, one]));
  const after = [...byNumber.values()];
  const before = withoutIssues(history, new Set(byNumber.keys()));
  return {
    ...withMoves({ ...before, moves: history.moves }, after),
    issues: [...before.issues, ...issuesToStore(after.flatMap(({ issue }) => issue ?? []))],
    comments: [...before.comments, ...commentsToStore(after.flatMap(({ comments }) => comments))],
    events: [...before.events, ...after.flatMap(({ events }) => events)],
    hasBoards: history.hasBoards && after.every(({ moves }) => moves !== undefined),
  };
}

/** The moves on project boards replace what was known. Those that were not asked for stay. */
export function withMoves(history: StoredHistory, found: readonly QueriedIssue[]): StoredHistory {
  const read = new Map(found.flatMap(({ number, moves }) => (moves === undefined ? [] : [[number, moves] as const])));
  if (read.size === 0) return history;
  return { ...history, moves: [...history.moves.filter(({ issue }) => !read.has(issue)), ...[...read].flatMap(([issue, moves]) => moves.map((move) => ({ issue, ...move })))] };
}

/** Nothing of these issues is left. */
export function withoutIssues(history: StoredHistory, numbers: ReadonlySet<number>): StoredHistory {
  return {
    ...history,
    issues: history.issues.filter(({ number }) => !numbers.has(number)),
    comments: history.comments.filter((comment) => !numbers.has(issueNumberOf(comment))),
    events: history.events.filter(({ issue }) => !numbers.has(issue)),
    moves: history.moves.filter(({ issue }) => !numbers.has(issue)),
  };
}

/** The comments as they are now: those without marks of the desk any more are removed. */
export function withComments(before: StoredComment[], raw: readonly StoredComment[]): StoredComment[] {
  const ids = new Set(raw.map(({ id }) => id));
  const others = before.filter(({ id }) => !ids.has(id));
  const after = commentsToStore(raw);
  return others.length === before.length && after.length === 0 ? before : [...others, ...after];
}

/** The newer entry with an id replaces the older one. */
export function mergeById<T>(before: T[], after: readonly T[], idOf: (one: T) => string | number): T[] {
  return after.length === 0 ? before : [...new Map([...before, ...after].map((one) => [idOf(one), one])).values()];
}

/** The latest of some times. */
export function newest(times: readonly Instant[]): Instant | undefined {
  return times.toSorted((a, b) => millisecondsOf(a) - millisecondsOf(b)).at(-1);
}
