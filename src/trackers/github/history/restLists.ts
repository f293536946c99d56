import * as v from "valibot";
import type { Failure } from "../../../core/model/failure";
import type { Instant } from "../../../core/model/issue";
import type { Repository } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/plainData";
import { failed, ok } from "../../../core/model/result";
import { type Call, type GithubApi, ifChanged, ownerAndName } from "../githubApi";
import { type ListApi, pageAt, readPages } from "../pages";
import { datedCommentsResponse, eventsResponse, issuesResponse, type RawIssue, type Shape } from "../responses";
import { type HistoryParts, isTransient, type RepositoryList } from "./historyReading";
import { newest } from "./mergeHistory";
import type { ListReading, StoredComment } from "./storedHistory";

/** What was read of a list, and how far it is read now. */
interface Entries<T> {
  readonly raw: readonly T[];
  readonly reading: ListReading;
  readonly failure?: Failure;
  /** The server does not list older entries. */
  readonly isCut?: true;
}

export type RawEvent = Readonly<Record<string, unknown>>;

/**
 * Lists of a repository (REST). The first three read a list from its newest entry to its end, or from where an earlier reading stopped,
 * and keep what they read before a failure. The others read what changed in a list that was read to its end, and nothing after a failure.
 */
export interface RestLists {
  issues(before: ListReading): Promise<Entries<RawIssue>>;
  events(before: ListReading): Promise<Entries<RawEvent>>;
  comments(before: ListReading): Promise<Entries<StoredComment>>;
  changedIssues(before: ListReading): Promise<Entries<RawIssue>>;
  /** The list of events cannot be filtered: it is read up to the newest known one. */
  newEvents(before: ListReading, newestKnown: number): Promise<Entries<RawEvent>>;
  changedComments(before: ListReading): Promise<Entries<StoredComment>>;
}

/** `onAnswer` is called after each response, with how many entries it has. A request that got lost is sent once more. */
export function createRestLists({ api, signal }: Pick<HistoryParts, "api" | "signal">, repository: Repository, onAnswer: (list: RepositoryList, entries: number) => void): RestLists {
  const name = ownerAndName(repository);
  const isAborted = (): boolean => signal?.aborted === true;

  function sourceOf<T>(list: RepositoryList, shape: Shape<T[]>): Source<T> {
    const read: GithubApi["read"] = async (...request) => {
      if (isAborted()) return failed({ kind: "offline", server: api.server });
      const first = await api.read(...request);
      const answer = first.kind === "failed" && isTransient(first.failure) && !isAborted() ? await api.read(...request) : first;
      if (answer.kind === "ok") onAnswer(list, answer.value.kind === "changed" && Array.isArray(answer.value.data) ? answer.value.data.length : 0);
      return answer;
    };
    return { api: { server: api.server, read }, repository, shape };
  }

  const issues = sourceOf("issues", withDefaults(issuesResponse, ({ number, created_at, closed_at }) => ({ html_url: `${api.server}/${repository}/issues/${String(number)}`, updated_at: closed_at ?? created_at })));
  const events = sourceOf<RawEvent>("events", eventsResponse);
  const comments = sourceOf("comments", withDefaults(datedCommentsResponse, ({ created_at }) => ({ updated_at: created_at })));
  const eventList: Call = (octokit, extras) => octokit.rest.issues.listEventsForRepo({ ...name, per_page: 100, ...extras });
  const sinceOf = ({ since }: ListReading): { readonly since?: string } => (since === undefined ? {} : { since });

  return {
    issues: (before) => readOn(issues, before, (octokit, extras) => octokit.rest.issues.listForRepo({ ...name, state: "all", sort: "created", direction: "desc", per_page: 100, ...extras }), createdAt, updatedAt),
    events: (before) => readOn(events, before, eventList, eventAt, eventAt),
    comments: (before) => readOn(comments, before, (octokit, extras) => octokit.rest.issues.listCommentsForRepo({ ...name, sort: "created", direction: "desc", per_page: 100, ...extras }), createdAt, updatedAt),
    changedIssues: (before) => readChanged(issues, before, `issues ${before.since ?? ""}`, (octokit, extras) => octokit.rest.issues.listForRepo({ ...name, state: "all", sort: "updated", direction: "asc", per_page: 100, ...sinceOf(before), ...extras }), updatedAt),
    newEvents: (before, newestKnown) => readChanged(events, before, "events", eventList, eventAt, (page) => page.some(({ id }) => !(Number(id) > newestKnown))),
    changedComments: (before) => readChanged(comments, before, `comments ${before.since ?? ""}`, (octokit, extras) => octokit.rest.issues.listCommentsForRepo({ ...name, sort: "updated", direction: "asc", per_page: 100, ...sinceOf(before), ...extras }), updatedAt),
  };
}

const createdAt = ({ created_at }: { readonly created_at: Instant }): Instant => created_at;
const updatedAt = ({ updated_at }: { readonly updated_at: Instant }): Instant => updated_at;
const eventAt = (event: RawEvent): Instant => String(event["created_at"]);

interface Source<T> {
  readonly api: ListApi;
  readonly repository: Repository;
  readonly shape: Shape<T[]>;
}

/** `timeOf` is the time by which the list is in order, and `changeOf` when an entry was last changed. */
async function readOn<T>({ api, repository, shape }: Source<T>, before: ListReading, first: Call, timeOf: (one: T) => Instant, changeOf: (one: T) => Instant): Promise<Entries<T>> {
  const raw: T[] = [];
  let reading = before;
  if (reading.isBegun && reading.next === undefined) return { raw, reading };
  do {
    const { next: start, ...known } = reading;
    const call = start === undefined ? ok(first) : pageAt(api.server, start);
    if (call.kind === "failed") return { raw, reading: known, failure: call.failure };
    const answer = await api.read({ repository }, shape, call.value);
    if (answer.kind === "failed") return isPagingLimit(answer.failure) && reading.isBegun ? { raw, reading: known, isCut: true } : { raw, reading, failure: answer.failure };
    if (answer.value.kind === "same") break;
    const { data, next } = answer.value;
    raw.push(...data);
    const last = data.at(-1);
    const since = reading.isBegun ? reading.since : newest(data.map(changeOf));
    reading = { ...known, isBegun: true, ...(last === undefined ? {} : { oldest: timeOf(last) }), ...(since === undefined ? {} : { since }), ...(next === undefined ? {} : { next }) };
  } while (reading.next !== undefined);
  return { raw, reading };
}

/** Reads up to a page that `isLast` selects. The ETag counts for the request that `address` stands for. */
async function readChanged<T>({ api, repository, shape }: Source<T>, before: ListReading, address: string, first: Call, changeOf: (one: T) => Instant, isLast: (page: readonly T[]) => boolean = () => false): Promise<Entries<T>> {
  const { etag: known, ...rest } = before;
  const pages = await readPages(api, { repository }, shape, (octokit, extras) => first(octokit, { ...extras, ...ifChanged(known?.of === address ? known.tag : undefined) }), Infinity, isLast);
  if (pages.kind === "failed") return { raw: [], reading: before, failure: pages.failure };
  const { raw, etag, same } = pages.value;
  if (same) return { raw: [], reading: before };
  const since = newest([...raw.map(changeOf), ...(before.since === undefined ? [] : [before.since])]);
  return { raw, reading: { ...rest, ...(since === undefined ? {} : { since }), ...(etag === undefined ? {} : { etag: { of: address, tag: etag } }) } };
}

/** GitHub lists only so many pages of events, and refuses further ones. */
function isPagingLimit(failure: Failure): boolean {
  return failure.kind === "refused" && /pagination is limited/i.test(failure.reason);
}

/** Adds fields that figures can do without, since some servers with this API leave them out. */
function withDefaults<T>(shape: Shape<T[]>, defaults: (one: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>): Shape<T[]> {
  return v.pipe(v.unknown(), v.transform((all) => (Array.isArray(all) ? all.map((one: unknown) => (isRecord(one) ? { ...defaults(one), ...one } : one)) : all)), shape);
}
