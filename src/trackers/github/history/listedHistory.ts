import * as v from "valibot";
import type { Repository } from "../../../core/model/issueRef";
import { ownerAndName } from "../githubApi";
import { eventsResponse, type RawIssue, type Shape } from "../responses";
import { readChanges, readOn } from "./historyLists";
import { type HistoryParts, type HistoryReading, repositoryLists } from "./historyParts";
import { commentsToStore, eventsToStore, isWhole, issuesToStore, mergeById, type StoredHistory, withComments } from "./storedHistory";

/**
 * Reads a repository from a server that answers no queries: its lists of issues, events and comments to their ends, each from where an
 * earlier reading stopped; then, if that began earlier, what changed since. Changes are taken over only if all of them could be read,
 * so that no issue is newer than its events.
 */
export async function readListed(parts: HistoryParts, repository: Repository, stored: StoredHistory): Promise<HistoryReading> {
  const name = ownerAndName(repository);
  let count = stored.issues.length;
  const lists = repositoryLists(parts, repository, (list) => parts.onPage(repository, list, count, count));
  const eventList = lists.source("events", eventsResponse);
  const wasBegun = stored.read.issues.isBegun;
  const first = isWhole(stored) ? stored : await readLists(stored);
  const history = wasBegun && isWhole(first) && lists.failures.length === 0 && !lists.isAborted() ? await update(first) : first;
  return { history, failures: lists.failures, points: 0 };

  async function readLists(history: StoredHistory): Promise<StoredHistory> {
    const issues = lists.noted(await readOn(lists.source("issues", counting(lists.issues.shape)), history.read.issues, (octokit, extras) => octokit.rest.issues.listForRepo({ ...name, state: "all", sort: "created", direction: "desc", per_page: 100, ...extras }), (one) => one.created_at, (one) => one.updated_at));
    if (!issues.reading.isBegun) return history;
    // Both at once, so that after a rate limit the newest entries of both are known.
    const [events, comments] = await Promise.all([
      readOn(eventList, history.read.events, (octokit, extras) => octokit.rest.issues.listEventsForRepo({ ...name, per_page: 100, ...extras }), timeOf, timeOf),
      readOn(lists.comments, history.read.comments, (octokit, extras) => octokit.rest.issues.listCommentsForRepo({ ...name, sort: "created", direction: "desc", per_page: 100, ...extras }), (one) => one.created_at, (one) => one.updated_at),
    ]);
    for (const reading of [events, comments]) lists.noted(reading);
    const newest = history.newestEvent ?? newestId(events.raw);
    return {
      ...history,
      // While pages were read, entries can move from one page to the next.
      issues: mergeById(history.issues, issuesToStore(issues.raw), ({ number }) => number),
      events: mergeById(history.events, eventsToStore(events.raw), eventKey),
      comments: mergeById(history.comments, commentsToStore(comments.raw), ({ id }) => id),
      read: { ...history.read, issues: issues.reading, events: events.reading, comments: comments.reading },
      ...(newest === undefined ? {} : { newestEvent: newest }),
      ...(events.isCut === true && events.reading.oldest !== undefined ? { cut: events.reading.oldest } : {}),
    };
  }

  async function update(history: StoredHistory): Promise<StoredHistory> {
    const { read } = history;
    const [since, commentsSince] = [read.issues.since, read.comments.since];
    const changed = lists.noted(await readChanges(lists.issues, read.issues, `issues ${since ?? ""}`, lists.issuesSince(since), () => false, (one) => one.updated_at));
    const isNew = (event: Readonly<Record<string, unknown>>): boolean => Number(event["id"]) > (history.newestEvent ?? 0);
    const [events, comments] = await Promise.all([
      readChanges(eventList, read.events, "events", (octokit, extras) => octokit.rest.issues.listEventsForRepo({ ...name, per_page: 100, ...extras }), (page) => !page.every(isNew), timeOf),
      readChanges(lists.comments, read.comments, `comments ${commentsSince ?? ""}`, lists.commentsSince(commentsSince), () => false, (one) => one.updated_at),
    ]);
    for (const reading of [events, comments]) lists.noted(reading);
    if (lists.failures.length > 0 || lists.isAborted()) return history;
    const newest = newestId([...(history.newestEvent === undefined ? [] : [{ id: history.newestEvent }]), ...events.raw]);
    return {
      ...history,
      issues: mergeById(history.issues, issuesToStore(changed.raw), ({ number }) => number),
      events: mergeById(history.events, eventsToStore(events.raw), eventKey),
      comments: withComments(history.comments, comments.raw),
      read: { ...read, issues: changed.reading, events: events.reading, comments: comments.reading },
      ...(newest === undefined ? {} : { newestEvent: newest }),
    };
  }

  /** Counts issues as they are read, for the progress. */
  function counting(shape: Shape<RawIssue[]>): Shape<RawIssue[]> {
    return v.pipe(shape, v.transform((all) => {
      count += all.length;
      return all;
    }));
  }
}

/** The same event can be listed twice. */
function eventKey({ issue, kind, at, name = "" }: StoredHistory["events"][number]): string {
  return `${issue} ${kind} ${at} ${name}`;
}

function newestId(events: readonly Readonly<Record<string, unknown>>[]): number | undefined {
  const ids = events.map(({ id }) => Number(id)).filter(Number.isSafeInteger);
  return ids.length === 0 ? undefined : ids.reduce((a, b) => Math.max(a, b));
}

function timeOf(event: Readonly<Record<string, unknown>>): string {
  return String(event["created_at"]);
}
