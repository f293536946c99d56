import * as v from "valibot";
import type { Failure } from "../../../core/model/failure";
import type { Repository } from "../../../core/model/issueRef";
import { failed } from "../../../core/model/result";
import { type GithubApi, ownerAndName } from "../githubApi";
import { type ListSource, readChanges, readOn } from "./historyLists";
import { type IssueTimeline, readTimelines, type TimelineFilter, type TimelineParts } from "./issueTimelines";
import { datedCommentsResponse, eventsResponse, issuesResponse, type RawIssue, type Shape } from "../responses";
import { commentsToStore, eventsToStore, issuesToStore, type StoredHistory } from "./storedHistory";

interface HistoryParts {
  readonly api: GithubApi;
  readonly onPage: (repository: Repository, list: "issues" | "events" | "comments" | "boards", issues: number) => void;
  readonly signal?: { readonly aborted: boolean };
}

interface HistoryReading {
  readonly history: StoredHistory;
  readonly failures: readonly Failure[];
  /** Why moves on project boards cannot be read, if so. */
  readonly noBoards?: string;
  readonly points: number;
}

/**
 * Reads a repository's lists to their ends, each from where an earlier reading stopped; then, if that began earlier, what changed
 * since. Changes are taken over only if all of them could be read, so that no issue is newer than its events.
 */
export async function readHistory(parts: HistoryParts, repository: Repository, stored: StoredHistory): Promise<HistoryReading> {
  const reader = createReader(parts, repository);
  const { read } = stored;
  const wasBegun = read.issues.isBegun;
  const lists = isWhole(stored) ? stored : await reader.readLists(stored);
  // Without issues, the rest says nothing.
  if (!lists.read.issues.isBegun) return reader.result(lists);
  const first = await reader.readBoards(lists);
  if (!wasBegun || !isWhole(first) || reader.hasFailed()) return reader.result(first);
  return reader.result(await reader.update(first));
}

/** Whether all lists of a repository were read to their ends. */
export function isWhole({ read: { issues, events, comments } }: StoredHistory): boolean {
  return [issues, events, comments].every(({ isBegun, next }) => isBegun && next === undefined);
}

interface HistoryReader {
  readLists(history: StoredHistory): Promise<StoredHistory>;
  readBoards(history: StoredHistory): Promise<StoredHistory>;
  update(history: StoredHistory): Promise<StoredHistory>;
  hasFailed(): boolean;
  result(history: StoredHistory): HistoryReading;
}

function createReader({ api, onPage, signal }: HistoryParts, repository: Repository): HistoryReader {
  const name = ownerAndName(repository);
  const failures: Failure[] = [];
  let [noBoards, points, issuesRead]: [string | undefined, number, number] = [undefined, 0, 0];
  const isAborted = (): boolean => signal?.aborted === true;

  function source<T>(list: "issues" | "events" | "comments", shape: Shape<T[]>): ListSource<T> {
    const read: GithubApi["read"] = async (...request) => {
      if (isAborted()) return failed({ kind: "offline", server: api.server });
      const answer = await api.read(...request);
      if (answer.kind === "ok") onPage(repository, list, issuesRead);
      return answer;
    };
    return { api: { server: api.server, read }, subject: { repository }, shape };
  }

  function noted<T extends { readonly failure?: Failure }>(reading: T): T {
    if (reading.failure !== undefined && !isAborted()) failures.push(reading.failure);
    return reading;
  }

  /** Moves, and events that the server does not list, of issues that a filter selects. `undefined` without project boards. */
  async function timelines(parts: TimelineParts, filter: TimelineFilter, after?: string): Promise<{ readonly found: readonly IssueTimeline[]; readonly next?: string; readonly isDone: boolean }> {
    const found: IssueTimeline[] = [];
    let [next, wanted]: [string | undefined, TimelineParts] = [after, parts];
    while (!isAborted()) {
      if (!wanted.boards && !wanted.events) return { found, isDone: true };
      const page = await readTimelines(api, repository, wanted, filter, next);
      if (page.kind === "failed" && page.failure.kind === "refused" && wanted.boards) {
        noBoards = page.failure.reason;
        wanted = { ...wanted, boards: false };
        continue;
      }
      if (page.kind === "failed") {
        failures.push(page.failure.kind === "failed" ? page.failure.failure : { kind: "refused", server: api.server, reason: page.failure.reason });
        break;
      }
      points += page.value.points;
      found.push(...page.value.issues);
      onPage(repository, "boards", issuesRead);
      next = page.value.next;
      if (next === undefined) return { found, isDone: true };
    }
    return { found, isDone: false, ...(next === undefined ? {} : { next }) };
  }

  return {
    hasFailed: () => failures.length > 0 || isAborted(),
    result: (history) => ({ history, failures, points, ...(noBoards === undefined ? {} : { noBoards }) }),

    async readLists(history) {
      issuesRead = history.issues.length;
      const issues = noted(await readOn(source("issues", counting(issuesResponse)), history.read.issues, (octokit, extras) => octokit.rest.issues.listForRepo({ ...name, state: "all", sort: "created", direction: "desc", per_page: 100, ...extras }), (one) => one.created_at, (one) => one.updated_at));
      if (!issues.reading.isBegun) return history;
      // Both at once, so that after a rate limit the newest entries of both are known.
      const [events, comments] = await Promise.all([
        readOn(source("events", eventsResponse), history.read.events, (octokit, extras) => octokit.rest.issues.listEventsForRepo({ ...name, per_page: 100, ...extras }), timeOf, timeOf),
        readOn(source("comments", datedCommentsResponse), history.read.comments, (octokit, extras) => octokit.rest.issues.listCommentsForRepo({ ...name, sort: "created", direction: "desc", per_page: 100, ...extras }), (one) => one.created_at, (one) => one.updated_at),
      ]);
      for (const reading of [events, comments]) noted(reading);
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
    },

    async readBoards(history) {
      const { timelines: before } = history.read;
      if ((before.isBegun && before.next === undefined) || isAborted()) return history;
      const { found, next, isDone } = await timelines({ boards: true, events: history.cut !== undefined }, {}, before.next);
      const since = before.since ?? history.read.issues.since;
      const reading = { isBegun: isDone || found.length > 0 || before.isBegun, ...(next === undefined ? {} : { next }), ...(since === undefined ? {} : { since }) };
      // If boards become readable later, they are read from the beginning.
      const isUsed = noBoards === undefined || history.cut !== undefined;
      return { ...withTimelines(history, found), read: { ...history.read, timelines: isUsed ? reading : { isBegun: false } } };
    },

    async update(history) {
      const { read } = history;
      const since = read.issues.since;
      const changed = noted(await readChanges(source("issues", issuesResponse), read.issues, `issues ${since ?? ""}`, (octokit, extras) => octokit.rest.issues.listForRepo({ ...name, state: "all", sort: "updated", direction: "asc", per_page: 100, ...(since === undefined ? {} : { since }), ...extras }), () => false, (one) => one.updated_at));
      const isNew = (event: Readonly<Record<string, unknown>>): boolean => Number(event["id"]) > (history.newestEvent ?? 0);
      const events = noted(await readChanges(source("events", eventsResponse), read.events, "events", (octokit, extras) => octokit.rest.issues.listEventsForRepo({ ...name, per_page: 100, ...extras }), (page) => !page.every(isNew), timeOf));
      const commentsSince = read.comments.since;
      const comments = noted(await readChanges(source("comments", datedCommentsResponse), read.comments, `comments ${commentsSince ?? ""}`, (octokit, extras) => octokit.rest.issues.listCommentsForRepo({ ...name, sort: "updated", direction: "asc", per_page: 100, ...(commentsSince === undefined ? {} : { since: commentsSince }), ...extras }), () => false, (one) => one.updated_at));
      if (failures.length > 0 || isAborted()) return history;
      const issues = mergeById(history.issues, issuesToStore(changed.raw), ({ number }) => number);
      const newest = newestId([...(history.newestEvent === undefined ? [] : [{ id: history.newestEvent }]), ...events.raw]);
      const updated = {
        ...history, issues,
        events: mergeById(history.events, eventsToStore(events.raw), eventKey),
        comments: mergeById(history.comments, commentsToStore(comments.raw), ({ id }) => id),
        read: { ...read, issues: changed.reading, events: events.reading, comments: comments.reading },
        ...(newest === undefined ? {} : { newestEvent: newest }),
      };
      if (!read.timelines.isBegun) return updated;
      // A move on a board does not change when an issue was updated.
      const wanted = { boards: true, events: false };
      const filters: readonly TimelineFilter[] = [
        ...(isSame(history.issues, changed.raw) || since === undefined ? [] : [{ since }]),
        ...(history.moves.length > 0 && issues.some(({ state }) => state === "open") ? [{ states: ["OPEN"] as const }] : []),
      ];
      let after: StoredHistory = updated;
      for (const filter of filters) {
        const { found, isDone } = await timelines(wanted, filter);
        if (!isDone) return history;
        after = withTimelines(after, found);
      }
      return after;
    },
  };

  /** Counts issues as they are read, for the progress. */
  function counting(shape: typeof issuesResponse): Shape<RawIssue[]> {
    return v.pipe(shape, v.transform((all) => {
      issuesRead += all.length;
      return all;
    }));
  }
}

/** What the timelines of issues have replaces what was known of these issues. */
function withTimelines(history: StoredHistory, found: readonly IssueTimeline[]): StoredHistory {
  if (found.length === 0) return history;
  const numbers = new Set(found.map(({ number }) => number));
  return {
    ...history,
    moves: [...history.moves.filter(({ issue }) => !numbers.has(issue)), ...found.flatMap(({ number, moves }) => moves.map((move) => ({ issue: number, ...move })))],
    events: mergeById(history.events, found.flatMap(({ events }) => events), eventKey),
  };
}

/** The newer entry with an id replaces the older one. */
function mergeById<T>(before: T[], after: readonly T[], idOf: (one: T) => string | number): T[] {
  return after.length === 0 ? before : [...new Map([...before, ...after].map((one) => [idOf(one), one])).values()];
}

/** The same event has an id in one list and none in another. */
function eventKey({ issue, kind, at, name = "" }: StoredHistory["events"][number]): string {
  return `${issue} ${kind} ${at} ${name}`;
}

function isSame(before: readonly RawIssue[], changed: readonly RawIssue[]): boolean {
  const times = new Map(before.map(({ number, updated_at }) => [number, updated_at]));
  return changed.every(({ number, updated_at, pull_request }) => pull_request !== undefined || times.get(number) === updated_at);
}

function newestId(events: readonly Readonly<Record<string, unknown>>[]): number | undefined {
  const ids = events.map(({ id }) => Number(id)).filter(Number.isSafeInteger);
  return ids.length === 0 ? undefined : ids.reduce((a, b) => Math.max(a, b));
}

function timeOf(event: Readonly<Record<string, unknown>>): string {
  return String(event["created_at"]);
}
