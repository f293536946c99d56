import type { Repository } from "../../../core/model/issueRef";
import { isServerError } from "./graphqlFailure";
import { readByQueries } from "./graphqlHistory";
import type { HistoryParts, HistoryReading } from "./historyReading";
import { readByLists } from "./restHistory";
import { emptyHistory, type StoredHistory } from "./storedHistory";

/**
 * Reads a repository from where an earlier reading stopped: by queries, which take the fewest requests, or by lists where the server does
 * not answer queries: if it refuses the first one, or an answer lacks some of what was asked for.
 */
export async function readHistory(parts: HistoryParts, repository: Repository, stored: StoredHistory): Promise<HistoryReading> {
  if (stored.by === "lists") return readByLists(parts, repository, stored);
  const reading = await readByQueries(parts, repository, stored);
  const { history, unanswered } = reading;
  if (unanswered === undefined || isServerError(unanswered) || (history.read.queries.isBegun && unanswered.kind !== "unlike")) return reading;
  const listed = await readByLists(parts, repository, { ...emptyHistory, by: "lists", ...(unanswered.kind === "unusable" ? { noQueries: true } : {}) });
  // Nothing can be read at all. Queries are tried again next time.
  return listed.history.read.issues.isBegun ? listed : { ...listed, history: stored };
}
