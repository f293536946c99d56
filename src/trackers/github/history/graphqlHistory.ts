import { sameData } from "../../../core/model/plainData";
import type { Failure } from "../../../core/model/failure";
import { millisecondsOf } from "../../../core/model/instant";
import type { Repository } from "../../../core/model/issueRef";
import { ok, type Result } from "../../../core/model/result";
import { isPullRequest } from "../githubIssue";
import type { RawIssue } from "../responses";
import { createGraphqlClient, type GraphqlClient } from "./graphqlClient";
import { isAboutCursor, isUnanswered, type QueryFailure } from "./graphqlFailure";
import type { HistoryParts, HistoryReading } from "./historyReading";
import type { QueriedIssue } from "./graphqlQuery";
import { withAnswer, withComments, withIssues, withMoves, withoutIssues, withPage } from "./mergeHistory";
import { createRestLists, type RestLists } from "./restLists";
import { emptyHistory, isWhole, type StoredHistory } from "./storedHistory";

/** What is kept after a stage of the reading, and why it could not be completed, if so. */
interface Stage {
  readonly history: StoredHistory;
  readonly stops: readonly Stop[];
}

type Stop = QueryFailure | { readonly kind: "list"; readonly failure: Failure };

export interface GraphqlReading extends HistoryReading {
  /** Whether all stages were completed. */
  readonly isComplete: boolean;
  /** Why the server did not answer a query, if so. */
  readonly unanswered?: QueryFailure;
}

/**
 * Reads a repository by queries (GraphQL), in stages. If one fails, the next reading continues there:
 *
 * 1. Pages of 100 issues with their whole histories, the newest first, from where an earlier reading stopped. Each page is kept. Only if
 *    the server no longer knows that place, everything is read again.
 * 2. Moves on project boards of all issues, if these could not be read with the pages. They are kept if all could be read.
 * 3. What changed since the first page: lists tell which issues and comments did, free if none, and a query the number of issues. The
 *    issues are queried again. Changes are kept only if all of them could be read.
 *
 * Stages 2 and 3 are left out if this reading is the first one: then nothing has changed.
 */
export async function readByQueries(parts: HistoryParts, repository: Repository, stored: StoredHistory): Promise<GraphqlReading> {
  const { api, onPage, signal } = parts;
  let [done, of] = [stored.issues.length, stored.issues.length];
  const client = createGraphqlClient({ api, repository, isAborted: () => signal?.aborted === true, hasEvents: stored.events.length > 0, onAnswer: () => onPage(repository, "issues", done, of) });
  const lists = createRestLists(parts, repository, (list) => onPage(repository, list, done, of));
  const onIssues = (count: number, total: number): void => {
    [done, of] = [count, Math.max(total, count)];
    onPage(repository, "issues", done, of);
  };

  let stage = await readPages(client, stored, onIssues);
  if (stored.read.queries.isBegun && stage.stops.length === 0) stage = await readMissingMoves(client, stage.history);
  if (stored.read.queries.isBegun && stage.stops.length === 0) stage = await readChanges(client, lists, stage.history);

  const { history, stops } = stage;
  const isComplete = stops.length === 0;
  const unanswered = stops.find((why): why is QueryFailure => why.kind !== "list" && isUnanswered(why));
  const boards = client.boardProblem();
  return {
    history: isComplete || history !== stored ? withAnswer(history) : history, isComplete, points: client.points(),
    failures: signal?.aborted === true ? [] : stops.flatMap((why) => failureOf(why, api.server)),
    ...(unanswered === undefined ? {} : { unanswered }),
    ...(boards === undefined ? {} : { boards }),
  };
}

async function readPages(client: GraphqlClient, stored: StoredHistory, onIssues: (count: number, total: number) => void): Promise<Stage> {
  let history = stored;
  while (!isWhole(history)) {
    const { next } = history.read.queries;
    const page = await client.page("histories", {}, next);
    if (page.kind === "ok") {
      history = withPage(history, page.value);
      onIssues(history.issues.length, page.value.total);
    } else if (history === stored && next !== undefined && isAboutCursor(page.failure)) history = emptyHistory;
    else return { history: history === emptyHistory ? stored : history, stops: [page.failure] };
  }
  return { history, stops: [] };
}

async function readMissingMoves(client: GraphqlClient, history: StoredHistory): Promise<Stage> {
  if (history.hasBoards || cannotAskBoards(client)) return { history, stops: [] };
  const found = await client.all("moves");
  if (found.kind === "ok") return { history: { ...withMoves(history, found.value.issues), hasBoards: true }, stops: [] };
  // Without boards, everything else can be read.
  return { history, stops: cannotAskBoards(client) ? [] : [found.failure] };
}

async function readChanges(client: GraphqlClient, lists: RestLists, history: StoredHistory): Promise<Stage> {
  const { read } = history;
  // A move on a board does not change when its issue was updated.
  const wantsMoves = history.hasBoards && history.issues.some(({ state }) => state === "open");
  const isOpen = { states: ["OPEN"] } as const;
  const [issues, comments, first] = await Promise.all([
    lists.changedIssues(read.issues),
    lists.changedComments(read.comments),
    // Until there is a first move, only the newest issues are asked for moves. That costs as much as their number.
    !wantsMoves ? client.page("numbers") : history.moves.length > 0 ? client.all("moves", isOpen) : client.page("moves", isOpen),
  ]);
  const counted = first.kind === "failed" && wantsMoves && cannotAskBoards(client) ? await client.page("numbers") : first;
  const stops = [issues, comments].flatMap(({ failure }): readonly Stop[] => (failure === undefined ? [] : [{ kind: "list", failure }]));
  if (counted.kind === "failed") return { history, stops: [...stops, counted.failure] };
  if (stops.length > 0) return { history, stops };

  const numbers = changedNumbers(history, issues.raw);
  const found = numbers.length === 0 ? undefined : await client.all("histories", read.issues.since === undefined ? {} : { since: read.issues.since });
  if (found?.kind === "failed") return { history, stops: [found.failure] };

  const changed = found?.value.issues ?? [];
  const moved = withMoves(history, counted.value.issues);
  const after = withIssues({ ...moved, comments: withComments(history.comments, comments.raw) }, changed);
  // What queries do not show yet is asked for again.
  const isComplete = numbers.every((number) => changed.some((one) => one.number === number));
  const next = { ...after, read: { ...read, issues: isComplete ? issues.reading : read.issues, comments: comments.reading } };
  const remaining = await asCounted(client, next, found?.value.total ?? counted.value.total);
  if (remaining.kind === "failed") return { history, stops: [remaining.failure] };
  return { history: sameData(remaining.value, history) ? history : remaining.value, stops: [] };
}

/** Issues that are not as they are known. One that changes twice within a second keeps the time of its update. */
function changedNumbers(history: StoredHistory, raw: readonly RawIssue[]): readonly number[] {
  const known = new Map(history.issues.map((one) => [one.number, stateOf(one)]));
  return raw.filter((one) => !isPullRequest(one) && !sameData(known.get(one.number), stateOf(one))).map(({ number }) => number);
}

function stateOf({ updated_at, state, labels = [], assignees = [] }: RawIssue): readonly unknown[] {
  return [updated_at, state, labels.map((label) => (typeof label === "string" ? label : label.name)).toSorted(), assignees.map(({ login }) => login).toSorted()];
}

/**
 * Deleted and transferred issues are missing in the number of issues, and those that are shown again, such as of an account that was
 * suspended, are too many. Which ones they are is looked up from the newest one on.
 */
async function asCounted(client: GraphqlClient, history: StoredHistory, total: number): Promise<Result<StoredHistory, QueryFailure>> {
  const { uncounted = 0, ...rest } = history;
  const excess = history.issues.length - total - uncounted;
  if (excess === 0) return ok(history);
  // The server counted too few before.
  if (excess < 0 && history.issues.length >= total) return ok(withUncounted(rest, total));
  const found = await findDifferences(client, history, excess);
  if (found.kind === "failed") return found;
  const next = withIssues(withoutIssues(rest, found.value.missing), found.value.unknown);
  return ok(withUncounted(next, total));
}

function withUncounted(history: StoredHistory, total: number): StoredHistory {
  const uncounted = history.issues.length - total;
  return uncounted === 0 ? history : { ...history, uncounted };
}

interface Differences {
  /** Known issues that the server does not show any more. */
  readonly missing: ReadonlySet<number>;
  /** Issues that it shows but that are not known. */
  readonly unknown: readonly QueriedIssue[];
}

/** Ends when there are `excess` more missing than unknown issues, or after all pages. */
async function findDifferences(client: GraphqlClient, history: StoredHistory, excess: number): Promise<Result<Differences, QueryFailure>> {
  const known = new Set(history.issues.map(({ number }) => number));
  const listed = new Set<number>();
  const unknown: QueriedIssue[] = [];
  let oldest = Infinity;
  for (let after: string | undefined; ; ) {
    const page = await client.page("numbers", {}, after);
    if (page.kind === "failed") return page;
    for (const { number } of page.value.issues) listed.add(number);
    const others = page.value.issues.filter(({ number }) => !known.has(number));
    const found = await findHistories(client, others, after);
    if (found.kind === "failed") return found;
    unknown.push(...found.value);
    const last = page.value.issues.at(-1);
    after = page.value.next;
    oldest = after === undefined ? -Infinity : last === undefined ? oldest : millisecondsOf(last.createdAt);
    const missing = history.issues.filter(({ number, created_at }) => millisecondsOf(created_at) > oldest && !listed.has(number));
    if (missing.length - unknown.length === excess || after === undefined) return ok({ missing: new Set(missing.map(({ number }) => number)), unknown });
  }
}

/** The histories of issues on a page and, if fewer issues are asked for at once, the next ones. */
async function findHistories(client: GraphqlClient, wanted: readonly QueriedIssue[], start: string | undefined): Promise<Result<readonly QueriedIssue[], QueryFailure>> {
  const numbers = new Set(wanted.map(({ number }) => number));
  const oldest = Math.min(...wanted.map(({ createdAt }) => millisecondsOf(createdAt)));
  const found: QueriedIssue[] = [];
  for (let after = start; found.length < numbers.size; ) {
    const page = await client.page("histories", {}, after);
    if (page.kind === "failed") return page;
    found.push(...page.value.issues.filter(({ number }) => numbers.has(number)));
    after = page.value.next;
    const last = page.value.issues.at(-1);
    if (after === undefined || (last !== undefined && millisecondsOf(last.createdAt) < oldest)) break;
  }
  return ok(found);
}

function cannotAskBoards(client: GraphqlClient): boolean {
  const problem = client.boardProblem();
  return problem !== undefined && problem.kind !== "hiddenBoards";
}

function failureOf(why: Stop, server: string): readonly Failure[] {
  switch (why.kind) {
    case "failed":
    case "list":
      return [why.failure];
    case "canceled":
      return [];
    case "refused":
    case "unusable":
    case "unlike":
      return [{ kind: "refused", server, reason: why.reason }];
  }
}
