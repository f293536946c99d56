import type { Failure } from "../../../core/model/failure";
import { millisecondsOf } from "../../../core/model/instant";
import type { Instant } from "../../../core/model/issue";
import { ok } from "../../../core/model/result";
import { type Call, ifChanged } from "../githubApi";
import type { Subject } from "../githubFailure";
import { type ListApi, pageAt, readPages } from "../pages";
import { type Shape } from "../responses";
import type { ListReading } from "./storedHistory";

/** A list of a repository. */
export interface ListSource<T> {
  readonly api: ListApi;
  readonly subject: Subject;
  readonly shape: Shape<T[]>;
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
export async function readOn<T>({ api, subject, shape }: ListSource<T>, before: ListReading, first: Call, timeOf: (one: T) => Instant, changeOf: (one: T) => Instant): Promise<Entries<T>> {
  const raw: T[] = [];
  let reading = before;
  if (reading.isBegun && reading.next === undefined) return { raw, reading };
  do {
    const call = reading.next === undefined ? ok(first) : pageAt(api.server, reading.next);
    if (call.kind === "failed") return { raw, reading: without(reading), failure: call.failure };
    const answer = await api.read(subject, shape, call.value);
    if (answer.kind === "failed") return isPagingLimit(answer.failure) && reading.isBegun ? { raw, reading: without(reading), isCut: true } : { raw, reading, failure: answer.failure };
    if (answer.value.kind === "same") break;
    const { data, next } = answer.value;
    raw.push(...data);
    const last = data.at(-1);
    const since = reading.isBegun ? reading.since : newest(data.map(changeOf));
    reading = { ...without(reading), isBegun: true, ...(last === undefined ? {} : { oldest: timeOf(last) }), ...(since === undefined ? {} : { since }), ...(next === undefined ? {} : { next }) };
  } while (reading.next !== undefined);
  return { raw, reading };
}

/** Reads what changed in a list that was read to its end, until a page for which `isKnown` says that nothing behind it changed. Nothing is returned after a failure. */
export async function readChanges<T>({ api, subject, shape }: ListSource<T>, before: ListReading, address: string, first: Call, isKnown: (page: readonly T[]) => boolean, changeOf: (one: T) => Instant): Promise<Entries<T>> {
  const { etag: known, ...rest } = before;
  const pages = await readPages(api, subject, shape, (octokit, extras) => first(octokit, { ...extras, ...ifChanged(known?.of === address ? known.tag : undefined) }), Infinity, isKnown);
  if (pages.kind === "failed") return { raw: [], reading: before, failure: pages.failure };
  const { raw, etag, same } = pages.value;
  if (same) return { raw: [], reading: before };
  const since = newest([...raw.map(changeOf), ...(before.since === undefined ? [] : [before.since])]);
  return { raw, reading: { ...rest, ...(since === undefined ? {} : { since }), ...(etag === undefined ? {} : { etag: { of: address, tag: etag } }) } };
}

function without({ next: _next, ...reading }: ListReading): ListReading {
  return reading;
}

function newest(times: readonly Instant[]): Instant | undefined {
  return times.toSorted((a, b) => millisecondsOf(a) - millisecondsOf(b)).at(-1);
}

/** GitHub lists only so many pages of events, and refuses further ones. */
function isPagingLimit(failure: Failure): boolean {
  return failure.kind === "refused" && /pagination is limited/i.test(failure.reason);
}
