import { instantAt, millisecondsOf } from "../../../core/model/instant";
import type { Repository } from "../../../core/model/issueRef";
import type { Clock, Memory } from "../../../core/model/ports";
import { isServerError, type QueryFailure } from "./graphqlFailure";
import { type GraphqlReading, readByQueries } from "./graphqlHistory";
import type { HistoryParts, HistoryReading } from "./historyReading";
import { readByLists } from "./restHistory";
import { emptyHistory, type StoredHistory } from "./storedHistory";

export interface StoringParts extends HistoryParts {
  /** Where what was read is kept, so that the next reading asks only for what changed. Absent if there is no next one. */
  readonly memory?: Memory;
  readonly clock: Pick<Clock, "now">;
}

/** Milliseconds until a server that does not answer queries is asked again, and until lists are read although queries have read something. */
const day = 24 * 60 * 60 * 1000;

/**
 * Reads a repository from where an earlier reading stopped: by queries, which take the fewest requests and notice what was deleted, or by
 * lists where the server does not answer queries. Lists are read instead
 *
 * - at once if the first query shows that the server has no such queries: it refuses them or their address, or something else answers;
 * - if the server failed to answer the first query in two readings;
 * - if queries that continue an earlier reading were not answered for a day. Until then, what was read is kept, and the failure returned;
 * - at once if an answer lacks some of what was asked for, and if there is no later reading.
 *
 * A rate limit, a lost connection and a refused token say nothing about queries: they continue in the next reading.
 *
 * While lists are read, queries are tried again once a day. What they have read is stored beside what the lists gave, and replaces it as
 * soon as it is whole. In the same way, lists replace the whole of what queries had read once they are whole. Until then figures come from
 * one of the two alone, so that no issue is missing and none counts twice.
 */
export async function readHistory(parts: StoringParts, repository: Repository, stored: StoredHistory): Promise<HistoryReading> {
  const now = millisecondsOf(parts.clock.now());
  if (stored.by === "queries") return continueQueries(parts, repository, stored, now);
  const wait = stored.retryAt === undefined ? 0 : millisecondsOf(stored.retryAt) - now;
  // It was stored with a clock that was ahead if it is further away.
  const isDue = wait <= 0 || wait > day;
  return isDue ? retryQueries(parts, repository, stored, now) : readByLists(parts, repository, stored);
}

async function continueQueries(parts: StoringParts, repository: Repository, stored: StoredHistory, now: number): Promise<HistoryReading> {
  const reading = await readByQueries(parts, repository, stored);
  const { history, unanswered } = reading;
  if (unanswered === undefined) return reading;
  const since = history.failingSince === undefined ? now : Math.min(now, millisecondsOf(history.failingSince));
  if (keepsQueries(unanswered, history, now - since, parts.memory !== undefined)) return { ...reading, history: { ...history, failingSince: instantAt(since) } };
  // A server that fails to answer large queries is not asked the smallest one either.
  const begin: StoredHistory = { ...emptyHistory, by: "lists", moves: history.moves, ...(isServerError(unanswered) ? { noQueries: true } : {}) };
  const listed = await readByLists(parts, repository, withQueried(begin, reading, now));
  // Nothing can be read at all. Queries are tried again next time.
  return { ...listed, history: listed.history.read.issues.isBegun ? listed.history : history, points: reading.points + listed.points };
}

async function retryQueries(parts: StoringParts, repository: Repository, stored: StoredHistory, now: number): Promise<HistoryReading> {
  const reading = await readByQueries(parts, repository, stored.queried ?? emptyHistory);
  if (reading.isComplete) return reading;
  const listed = await readByLists(parts, repository, withQueried(stored, reading, now));
  return { ...listed, points: reading.points + listed.points };
}

/** Whether the next reading continues with queries, rather than this one with lists. `failing`: for how long they were not answered. */
function keepsQueries(unanswered: QueryFailure, { read: { queries }, failingSince }: StoredHistory, failing: number, hasNext: boolean): boolean {
  if (!hasNext) return false;
  if (!queries.isBegun) return isServerError(unanswered) && failingSince === undefined;
  return unanswered.kind !== "unlike" && failing < day;
}

/** What lists gave, with what queries have read beside it. If these were answered, or may have been, they continue in the next reading. */
function withQueried({ noQueries, queried: _earlier, ...listed }: StoredHistory, { history: { failingSince: _over, ...queried }, unanswered }: GraphqlReading, now: number): StoredHistory {
  const answersNone = unanswered === undefined || isServerError(unanswered) ? noQueries === true : unanswered.kind === "unusable";
  return {
    ...listed,
    ...(unanswered === undefined ? {} : { retryAt: instantAt(now + day) }),
    ...(answersNone ? { noQueries: true } : {}),
    ...(queried.read.queries.isBegun ? { queried } : {}),
  };
}
