import type { Repository } from "../../../core/model/issueRef";
import type { HistoryParts, HistoryReading } from "./historyParts";
import { withListedBoards } from "./listedBoards";
import { readListed } from "./listedHistory";
import { readQueried } from "./queriedHistory";
import { emptyHistory, type StoredHistory } from "./storedHistory";

/** Reads a repository from where an earlier reading stopped, in the way that takes the fewest requests: by queries where the server answers them, otherwise by lists. */
export async function readHistory(parts: HistoryParts, repository: Repository, stored: StoredHistory): Promise<HistoryReading> {
  const queried = stored.by === "queries" ? await readQueried(parts, repository, stored) : undefined;
  if (queried !== undefined && !("kind" in queried)) return queried;
  const begin: StoredHistory = { ...emptyHistory, by: "lists", ...(queried?.none === true ? { noQueries: true } : {}) };
  const listed = await readListed(parts, repository, stored.by === "lists" ? stored : begin);
  // Nothing can be read. Later, queries are tried again.
  if (!listed.history.read.issues.isBegun) return { ...listed, history: stored };
  return withListedBoards(parts, repository, listed);
}
