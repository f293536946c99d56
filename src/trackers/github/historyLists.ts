import type { Failure } from "../../core/model/failure";
import { millisecondsOf } from "../../core/model/instant";
import type { Instant } from "../../core/model/issue";
import { apiAddress, type Call, type GithubApi, ifChanged } from "./githubApi";
import type { Subject } from "./githubFailure";
import { type Shape } from "./responses";
import type { ListReading } from "./storedHistory";

/** A list of a repository, and who asks for it. */
export interface ListSource<T> {
  readonly api: GithubApi;
  readonly subject: Subject;
  readonly shape: Shape<T[]>;
  /** Called after each request. */
  readonly onPage: () => void;
  readonly isAborted: () => boolean;
}

interface Entries<T> {
  readonly raw: readonly T[];
  readonly reading: ListReading;
  readonly failure?: Failure;
  /** The server does not list older entries. */
  readonly isCut?: true;
}

/**
 * Reads a list from its newest entry to its end, or goes on where an earlier reading stopped. `timeOf` is the time by which it is in
 * order, and `changeOf` when an entry was last changed.
 */
export async function readOn<T>(source: ListSource<T>, before: ListReading, first: Call, timeOf: (one: T) => Instant, changeOf: (one: T) => Instant): Promise<Entries<T>> {
  const raw: T[] = [];
  let reading = before;
  if (reading.isBegun && reading.next === undefined) return { raw, reading };
  for (let page = 0; !source.isAborted(); page += 1) {
    const answer = await source.api.read(source.subject, source.shape, reading.next === undefined ? first : pageAt(reading.next));
    if (answer.kind === "failed") return isPagingLimit(answer.failure) && reading.isBegun ? { raw, reading: without(reading), isCut: true } : { raw, reading, failure: answer.failure };
    source.onPage();
    if (answer.value.kind === "same") break;
    const { data, next } = answer.value;
    raw.push(...data);
    const last = data.at(-1);
    const since = reading.isBegun ? reading.since : newest(data.map(changeOf));
    reading = { ...without(reading), isBegun: true, ...(last === undefined ? {} : { oldest: timeOf(last) }), ...(since === undefined ? {} : { since }), ...(next === undefined ? {} : { next }) };
    if (next === undefined) break;
    // Following a link to another host would send the token there.
    if (!next.startsWith(`${apiAddress(source.api.server)}/`)) return { raw, reading: without(reading), failure: { kind: "refused", server: source.api.server, reason: "a list goes on at another server" } };
  }
  return { raw, reading };
}

/** Reads what changed in a list that was read to its end, until a page for which `isKnown` says that nothing behind it changed. Nothing is returned after a failure. */
export async function readChanges<T>(source: ListSource<T>, before: ListReading, address: string, first: Call, isKnown: (page: readonly T[]) => boolean, changeOf: (one: T) => Instant): Promise<Entries<T>> {
  const raw: T[] = [];
  let [call, etag, page]: [Call, ListReading["etag"], number] = [(octokit, extras) => first(octokit, { ...extras, ...ifChanged(before.etag?.of === address ? before.etag.tag : undefined) }), before.etag, 0];
  for (; ; page += 1) {
    if (source.isAborted()) return { raw: [], reading: before, failure: { kind: "offline", server: source.api.server } };
    const answer = await source.api.read(source.subject, source.shape, call);
    if (answer.kind === "failed") return { raw: [], reading: before, failure: answer.failure };
    source.onPage();
    if (answer.value.kind === "same") return { raw: [], reading: before };
    const { data, next, etag: tag } = answer.value;
    raw.push(...data);
    if (page === 0) etag = tag === undefined ? undefined : { of: address, tag };
    if (next === undefined || isKnown(data)) break;
    if (!next.startsWith(`${apiAddress(source.api.server)}/`)) return { raw: [], reading: before, failure: { kind: "refused", server: source.api.server, reason: "a list goes on at another server" } };
    call = pageAt(next);
  }
  const since = newest([...raw.map(changeOf), ...(before.since === undefined ? [] : [before.since])]);
  const { etag: _etag, ...rest } = before;
  return { raw, reading: { ...rest, ...(since === undefined ? {} : { since }), ...(etag === undefined ? {} : { etag }) } };
}

function without({ next: _next, ...reading }: ListReading): ListReading {
  return reading;
}

function pageAt(url: string): Call {
  return (octokit, extras) => octokit.request(`GET ${url}`, { ...extras });
}

function newest(times: readonly Instant[]): Instant | undefined {
  return times.toSorted((a, b) => millisecondsOf(a) - millisecondsOf(b)).at(-1);
}

/** GitHub lists only so many pages of events, and refuses further ones. */
function isPagingLimit(failure: Failure): boolean {
  return failure.kind === "refused" && /pagination is limited/i.test(failure.reason);
}
