import type { Repository } from "../../../core/model/issueRef";
import type { HistoryParts, HistoryReading } from "./historyParts";
import { readListed } from "./listedHistory";
import { readQueried } from "./queriedHistory";
import { emptyHistory, type StoredHistory } from "./storedHistory";

/** Reads a repository from where an earlier reading stopped, in the way that takes the fewest requests: by queries where the server answers them, otherwise by lists, without moves on project boards. */
export async function readHistory(parts: HistoryParts, repository: Repository, stored: StoredHistory): Promise<HistoryReading> {
  const queried = stored.by === "queries" ? await readQueried(parts, repository, stored) : undefined;
  if (queried !== undefined) return queried;
  const listed = await readListed(parts, repository, stored.by === "lists" ? stored : { ...emptyHistory, by: "lists" });
  // Nothing can be read. Later, queries are tried again.
  if (!listed.history.read.issues.isBegun) return { ...listed, history: stored };
  return { ...listed, boards: { kind: "noBoards", reason: "The server does not answer queries." } };
}
