import * as v from "valibot";
import { findRegions } from "../../../core/markup/regions";
import { splitLines } from "../../../core/markup/textLines";
import type { Repository } from "../../../core/model/issueRef";
import { isInstant } from "../../../core/model/instant";
import { parseData } from "../../../core/model/parseData";
import type { Memory } from "../../../core/model/ports";
import { isRecord } from "../../../core/model/plainData";
import { isPullRequest } from "../githubIssue";
import { datedCommentsResponse, issueResponse, issuesResponse, type RawIssue } from "../responses";

const instant = v.pipe(v.string(), v.check(isInstant));

const number = v.pipe(v.number(), v.safeInteger());

const eventSchema = v.object({
  /** Absent for events of a timeline. */
  id: v.optional(number),
  issue: number,
  kind: v.picklist(["labeled", "unlabeled", "assigned", "unassigned", "closed", "reopened"]),
  at: instant,
  by: v.string(),
  /** The label or the login. */
  name: v.optional(v.string()),
});

/** An event that figures depend on. */
export type StoredEvent = v.InferOutput<typeof eventSchema>;

/** How far a list was read. */
const listSchema = v.object({
  /** Where the next page is. Absent if the list was read to its end, or not begun. */
  next: v.optional(v.string()),
  isBegun: v.boolean(),
  /** The time of the oldest entry so far. Only lists need it. */
  oldest: v.optional(instant),
  /** When an entry was last changed, as far as the first page said: what changed since is read next time. */
  since: v.optional(instant),
  /** ETag of the request for what changed, and its address. */
  etag: v.optional(v.object({ of: v.string(), tag: v.string() })),
});

export type ListReading = v.InferOutput<typeof listSchema>;

const historyFields = {
  version: v.literal(2),
  /** How it is read: by queries, or by lists of the repository where the server answers no queries. */
  by: v.picklist(["queries", "lists"]),
  issues: issuesResponse,
  events: v.array(eventSchema),
  /** The newest event that was read from the list. */
  newestEvent: v.optional(number),
  comments: datedCommentsResponse,
  moves: v.array(v.object({ issue: number, project: v.string(), at: instant, status: v.string(), before: v.exactOptional(v.string()) })),
  /** `queries` are pages of issues with their histories. After these, `issues` and `comments` are what changed. Lists have no `queries`. */
  read: v.object({ queries: listSchema, issues: listSchema, events: listSchema, comments: listSchema }),
  /** Whether moves on project boards were read for all issues. */
  hasBoards: v.boolean(),
  /** Before this time, the server does not list events of the repository. */
  cut: v.optional(instant),
  /** How many of the issues the server does not count, although it shows them. Negative if it counts some that it does not show. */
  uncounted: v.optional(number),
};

const historySchema = v.object({
  ...historyFields,
  /** By queries: since when the server does not answer them. */
  failingSince: v.exactOptional(instant),
  /** By lists: the server answers no queries at all, not even for moves on project boards. */
  noQueries: v.exactOptional(v.literal(true)),
  /** By lists: when queries are tried again. */
  retryAt: v.exactOptional(instant),
  /** By lists: what queries have read so far. It replaces everything else once it is whole. */
  queried: v.exactOptional(v.object(historyFields)),
});

/** What was read of a repository's issues: enough for figures, and no texts beside the desk's own marks. */
export type StoredHistory = v.InferOutput<typeof historySchema>;

const notBegun: ListReading = { isBegun: false };

/** Nothing was read yet. */
export const emptyHistory: StoredHistory = {
  version: 2, by: "queries", issues: [], events: [], comments: [], moves: [], hasBoards: false,
  read: { queries: notBegun, issues: notBegun, events: notBegun, comments: notBegun },
};

const keyOf = (repository: Repository, account: string): string => `history/${account.toLowerCase()}/${repository.toLowerCase()}`;

/** What was stored. Nothing if it was never stored, or cannot be used. */
export async function loadHistory(memory: Memory, repository: Repository, account: string): Promise<StoredHistory> {
  const stored = await memory.read(keyOf(repository, account));
  return (stored.kind === "ok" ? parseData(historySchema, stored.value) : undefined) ?? emptyHistory;
}

/** Stores it. If that fails, it is read again next time. */
export async function saveHistory(memory: Memory, repository: Repository, account: string, history: StoredHistory): Promise<void> {
  await memory.write(keyOf(repository, account), history);
}

/** The fields of issues that are stored. Pull requests are none. */
export function issuesToStore(raw: readonly RawIssue[]): readonly RawIssue[] {
  return raw.filter((one) => !isPullRequest(one)).map((one) => v.parse(issueResponse, { ...one, body: onlyMarks(one.body) }));
}

export type StoredComment = StoredHistory["comments"][number];

/** Comments with marks of the desk. Others decide nothing, and those on pull requests neither. */
export function commentsToStore(raw: readonly StoredComment[]): readonly StoredComment[] {
  return raw.flatMap((one) => {
    const body = one.html_url?.includes("/pull/") === true ? "" : onlyMarks(one.body);
    return body === "" ? [] : [{ ...one, body }];
  });
}

/** The events that figures depend on. */
export function eventsToStore(raw: readonly Readonly<Record<string, unknown>>[]): readonly StoredEvent[] {
  return raw.flatMap((event) => {
    const { issue, label, assignee, actor } = event;
    const name = isRecord(label) ? label["name"] : isRecord(assignee) ? assignee["login"] : undefined;
    const by = isRecord(actor) ? actor["login"] : undefined;
    const read = parseData(eventSchema, { id: event["id"], issue: isRecord(issue) ? issue["number"] : undefined, kind: event["event"], at: event["created_at"], by: by ?? "ghost", name });
    return read ?? [];
  });
}

/** Whether everything was read to its end. */
export function isWhole({ by, read: { queries, issues, events, comments } }: StoredHistory): boolean {
  return (by === "queries" ? [queries] : [issues, events, comments]).every(({ isBegun, next }) => isBegun && next === undefined);
}

/** What figures come from: until lists have been read to their ends for the first time, what queries had read before. */
export function historyInUse(history: StoredHistory): StoredHistory {
  const { queried } = history;
  return queried !== undefined && isWhole(queried) && !isWhole(history) ? queried : history;
}

const mark = /<!--[ \t]*(?:\/[ \t]*)?desk:/;

/** What replaces lines that are left out, so that marks stay where they are: some count only at the end of a text. */
const omission = "…";

/** A text without what people wrote: the lines with the desk's marks, such as steps, and its lists of links. Empty if it has no marks. */
export function onlyMarks(text: string | null | undefined): string {
  if (text == null || !mark.test(text)) return "";
  const lines = splitLines(text);
  const { regions } = findRegions(lines);
  const kept: string[] = [];
  lines.forEach((line, index) => {
    // The title of a checklist has no mark.
    const isOwn = mark.test(line.text) || line.text.trim() === "" || regions.some(({ name, start, end }) => (name === "run" ? index === start + 1 : name === "links" && start < index && index < end));
    if (isOwn) kept.push(line.text);
    else if (kept.at(-1) !== omission) kept.push(omission);
  });
  return kept.join("\n");
}
