import { sameData } from "../../../core/model/equality";
import type { Repository } from "../../../core/model/issueRef";
import type { BoardProblem, HistoryParts, HistoryReading } from "./historyParts";
import type { QueriedIssue } from "./issueQuery";
import { createIssueQueries, isNoAnswer, noAnswer } from "./queryIssues";
import type { StoredHistory } from "./storedHistory";

/**
 * Adds the moves on project boards to a reading from lists, which have none: by the smallest query, since a server can answer it that
 * refuses the larger ones.
 */
export async function withListedBoards(parts: HistoryParts, repository: Repository, listed: HistoryReading): Promise<HistoryReading> {
  const { api, signal, onPage } = parts;
  const { history } = listed;
  if (history.noQueries === true) return { ...listed, boards: boardProblem(noAnswer) };
  const count = history.issues.length;
  const queries = createIssueQueries({ api, repository, isAborted: () => signal?.aborted === true, onAnswer: () => onPage(repository, "boards", count, count) });
  const issues: QueriedIssue[] = [];
  for (let after: string | undefined; ; ) {
    const page = await queries.page({ histories: false, boards: true, recent: false, movesOnly: true }, {}, after);
    if (signal?.aborted === true) return listed;
    if (page.kind === "failed") {
      const { failure } = page;
      if (failure.kind !== "failed") return { ...listed, boards: boardProblem(failure.reason) };
      return { ...listed, failures: isNoAnswer(failure) ? listed.failures : [...listed.failures, failure.failure], boards: boardProblem(noAnswer) };
    }
    onPage(repository, "boards", count, count);
    issues.push(...page.value.issues);
    after = page.value.next;
    if (after === undefined) break;
  }
  const hidden = queries.hiddenBoards();
  const next = { ...withMoves(history, issues), hasBoards: true };
  return { ...listed, history: sameData(next, history) ? history : next, ...(hidden === undefined ? {} : { boards: { kind: "hiddenBoards", reason: hidden } }) };
}

/** Why no moves on project boards can be read, in the words of the server. */
export function boardProblem(reason: string): BoardProblem {
  return { kind: /read:project/.test(reason) ? "noScope" : "noBoards", reason };
}

/** Moves that were not asked for are kept. */
export function withMoves(history: StoredHistory, found: readonly QueriedIssue[]): StoredHistory {
  const read = new Map(found.flatMap(({ number, moves }) => (moves === undefined ? [] : [[number, moves] as const])));
  if (read.size === 0) return history;
  return { ...history, moves: [...history.moves.filter(({ issue }) => !read.has(issue)), ...[...read].flatMap(([issue, moves]) => moves.map((move) => ({ issue, ...move })))] };
}
