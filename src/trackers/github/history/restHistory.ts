import { sameData } from "../../../core/model/plainData";
import type { Failure } from "../../../core/model/failure";
import type { Repository } from "../../../core/model/issueRef";
import { boardProblem, createGraphqlClient } from "./graphqlClient";
import { isServerError, isUnanswered, noAnswer } from "./graphqlFailure";
import type { HistoryParts, HistoryReading } from "./historyReading";
import { mergeById, withComments, withMoves } from "./mergeHistory";
import { createRestLists, type RawEvent, type RestLists } from "./restLists";
import { commentsToStore, eventsToStore, isWhole, issuesToStore, type StoredHistory } from "./storedHistory";

/** What is kept after a stage of the reading, and why it could not be completed, if so. */
interface Stage {
  readonly history: StoredHistory;
  readonly failures: readonly Failure[];
}

/**
 * Reads a repository by its lists (REST), for servers that do not answer queries:
 *
 * 1. The lists of issues, events and comments to their ends, each from where an earlier reading stopped. Each page is kept.
 * 2. If an earlier reading began them: what changed since. Changes are kept only if all of them could be read, so that no issue is newer
 *    than its events.
 * 3. Moves on project boards, of which there is no list, by the smallest query.
 */
export async function readByLists(parts: HistoryParts, repository: Repository, stored: StoredHistory): Promise<HistoryReading> {
  const { onPage, signal } = parts;
  let count = stored.issues.length;
  const lists = createRestLists(parts, repository, (list, entries) => {
    if (list === "issues" && !isWhole(stored)) count += entries;
    onPage(repository, list, count, count);
  });
  const ends = await readToEnds(lists, stored);
  const { history, failures } = stored.read.issues.isBegun && ends.failures.length === 0 ? await readChanges(lists, ends.history) : ends;
  const listed = { history, failures: signal?.aborted === true ? [] : failures, points: 0 };
  const reading = history.read.issues.isBegun ? await addMoves(parts, repository, listed) : listed;
  return sameData(reading.history, stored) ? { ...reading, history: stored } : reading;
}

async function readToEnds(lists: RestLists, history: StoredHistory): Promise<Stage> {
  if (isWhole(history)) return { history, failures: [] };
  const issues = await lists.issues(history.read.issues);
  if (!issues.reading.isBegun) return { history, failures: failuresOf(issues) };
  // Both at once, so that after a rate limit the newest entries of both are known.
  const [events, comments] = await Promise.all([lists.events(history.read.events), lists.comments(history.read.comments)]);
  return {
    history: {
      ...history,
      // While pages were read, entries can move from one page to the next.
      issues: mergeById(history.issues, issuesToStore(issues.raw), ({ number }) => number),
      ...withEvents(history, events.raw),
      comments: mergeById(history.comments, commentsToStore(comments.raw), ({ id }) => id),
      read: { ...history.read, issues: issues.reading, events: events.reading, comments: comments.reading },
      ...(events.isCut === true && events.reading.oldest !== undefined ? { cut: events.reading.oldest } : {}),
    },
    failures: failuresOf(issues, events, comments),
  };
}

async function readChanges(lists: RestLists, history: StoredHistory): Promise<Stage> {
  const { read } = history;
  const issues = await lists.changedIssues(read.issues);
  const [events, comments] = await Promise.all([lists.newEvents(read.events, history.newestEvent ?? 0), lists.changedComments(read.comments)]);
  const failures = failuresOf(issues, events, comments);
  if (failures.length > 0) return { history, failures };
  return {
    history: {
      ...history,
      issues: mergeById(history.issues, issuesToStore(issues.raw), ({ number }) => number),
      ...withEvents(history, events.raw),
      comments: withComments(history.comments, comments.raw),
      read: { ...read, issues: issues.reading, events: events.reading, comments: comments.reading },
    },
    failures,
  };
}

/** A server can answer the smallest query that refuses the larger ones. */
async function addMoves({ api, signal, onPage }: HistoryParts, repository: Repository, listed: HistoryReading): Promise<HistoryReading> {
  const { history, failures } = listed;
  if (history.noQueries === true) return { ...listed, boards: boardProblem(noAnswer) };
  const onAnswer = (): void => onPage(repository, "boards", history.issues.length, history.issues.length);
  const client = createGraphqlClient({ api, repository, isAborted: () => signal?.aborted === true, hasEvents: true, onAnswer });
  const found = await client.all("bareMoves");
  if (found.kind === "failed") {
    const why = found.failure;
    if (why.kind === "canceled") return listed;
    if (why.kind !== "failed") return { ...listed, boards: boardProblem(why.reason) };
    return { ...listed, failures: isUnanswered(why) && !isServerError(why) ? failures : [...failures, why.failure], boards: boardProblem(noAnswer) };
  }
  const boards = client.boardProblem();
  return { ...listed, history: { ...withMoves(history, found.value.issues), hasBoards: true }, ...(boards === undefined ? {} : { boards }) };
}

function failuresOf(...all: readonly { readonly failure?: Failure }[]): readonly Failure[] {
  return all.flatMap(({ failure }) => failure ?? []);
}

function withEvents({ events, newestEvent }: StoredHistory, raw: readonly RawEvent[]): Pick<StoredHistory, "events" | "newestEvent"> {
  const ids = [...raw.map(({ id }) => Number(id)), newestEvent ?? NaN].filter(Number.isSafeInteger);
  return { events: mergeById(events, eventsToStore(raw), eventKey), ...(ids.length === 0 ? {} : { newestEvent: ids.reduce((a, b) => Math.max(a, b)) }) };
}

/** The same event can be listed twice. */
function eventKey({ issue, kind, at, name = "" }: StoredHistory["events"][number]): string {
  return `${issue} ${kind} ${at} ${name}`;
}
