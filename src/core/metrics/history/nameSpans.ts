import { compareTexts, firstWhere, lowerBound, upperBound } from "../../model/sorting";

/** A name that was added to or removed from a list, such as the labels of an issue. Times are in milliseconds since the epoch. */
export interface NameChange {
  readonly at: number;
  readonly name: string;
  readonly isAdded: boolean;
}

/** A time in which a list contained a name. It has no start if the name was there from the beginning, and no end if it still is. */
export interface NameSpan {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** When a list contained which names. */
export interface NameHistory {
  readonly spans: readonly NameSpan[];
  /** Names that are in the list now but not according to the changes, or the other way around: a change is missing. */
  readonly unexplained: readonly string[];
}

/**
 * When a list contained which names, from its changes in any order and what it contains now. A name whose first change is its
 * removal was there from the beginning. Changes that change nothing are duplicates, and are ignored.
 */
export function nameSpans(current: readonly string[], changes: readonly NameChange[]): NameHistory {
  const present = new Set(current.map((name) => name.toLowerCase()));
  const byName = new Map<string, NameChange[]>();
  for (const change of changes) {
    const key = change.name.toLowerCase();
    const same = byName.get(key);
    if (same === undefined) byName.set(key, [change]);
    else same.push(change);
  }
  const spans: NameSpan[] = current.filter((name) => !byName.has(name.toLowerCase())).map((name) => ({ name, from: -Infinity, to: Infinity }));
  const unexplained: string[] = [];
  for (const [key, unsorted] of byName) {
    const all = inOrder(unsorted, present.has(key));
    const name = all[0]?.name ?? key;
    let since: number | undefined = all[0]?.isAdded === false ? -Infinity : undefined;
    for (const { at, isAdded } of all) {
      if (isAdded) since ??= at;
      else if (since !== undefined) {
        if (at > since) spans.push({ name, from: since, to: at });
        since = undefined;
      }
    }
    if (since !== undefined) spans.push({ name, from: since, to: Infinity });
    if ((since !== undefined) !== present.has(key)) unexplained.push(name);
  }
  return { spans: spans.toSorted((a, b) => a.from - b.from || compareTexts(a.name, b.name)), unexplained: unexplained.toSorted() };
}

/** At the same time, a name is removed and then added, unless that contradicts what the list contains now. */
function inOrder(changes: readonly NameChange[], isPresent: boolean): readonly NameChange[] {
  const sorted = changes.toSorted((a, b) => a.at - b.at || Number(a.isAdded) - Number(b.isAdded) || compareTexts(a.name, b.name));
  const last = sorted.at(-1);
  if (last === undefined || last.isAdded === isPresent) return sorted;
  const together = sorted.filter(({ at }) => at === last.at);
  if (!together.some(({ isAdded }) => isAdded === isPresent)) return sorted;
  return [...sorted.filter(({ at }) => at !== last.at), ...together.toSorted((a, b) => Number(a.isAdded === isPresent) - Number(b.isAdded === isPresent))];
}

/** The names in the list at a time, those added last at the end. */
export function namesAt(spans: readonly NameSpan[], at: number): readonly string[] {
  return spans.flatMap(({ name, from, to }) => (from <= at && at < to ? [name] : []));
}

/** `namesAt` of the same spans for many times. */
export function nameLookup(spans: readonly NameSpan[]): (at: number) => readonly string[] {
  const spansAt = spanLookup(spans);
  return (at) => spansAt(at).map(({ name }) => name);
}

/** The spans that contain a time, those that start last at the end, for many times. Its time grows with the number of spans only where the times do not ascend. */
export function spanLookup<Span extends Pick<NameSpan, "from" | "to">>(spans: readonly Span[]): (at: number) => readonly Span[] {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  let active: readonly Span[] = [];
  let [next, last] = [0, -Infinity];
  return (at) => {
    if (at < last) [active, next] = [[], 0];
    last = at;
    const started: Span[] = [];
    for (let span = sorted[next]; span !== undefined && span.from <= at; span = sorted[next]) {
      started.push(span);
      next += 1;
    }
    if (started.length > 0 || active.some(({ to }) => to <= at)) active = [...active, ...started].filter(({ to }) => at < to);
    return active;
  };
}

/** The span that starts last of those that contain a time, for times in ascending order. Takes linear time for all of them together. */
export function latestSpan<Span extends Pick<NameSpan, "from" | "to">>(spans: readonly Span[]): (at: number) => Span | undefined {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  const started: Span[] = [];
  let next = 0;
  return (at) => {
    for (let span = sorted[next]; span !== undefined && span.from <= at; span = sorted[next]) {
      started.push(span);
      next += 1;
    }
    while ((started.at(-1)?.to ?? Infinity) <= at) started.pop();
    return started.at(-1);
  };
}

/** The times of a sorted list that are greater than `from` and less than `to`. */
export function timesWithin(sorted: readonly number[], from: number, to: number): readonly number[] {
  return sorted.slice(upperBound(sorted, from), lowerBound(sorted, to));
}

/** A value that held from one time to another. */
export interface Held<T> {
  readonly from: number;
  readonly to: number;
  readonly value: T;
}

/** The values of a function of time that changes only at the given times, between `from` and `to`. Equal neighbors are one. */
export function heldValues<T extends string | number | undefined>(from: number, to: number, changes: readonly number[], valueAt: (at: number) => T): readonly Held<T>[] {
  const cuts = [...new Set([from, ...changes.filter((at) => at > from && at < to)])].toSorted((a, b) => a - b);
  const held: Held<T>[] = [];
  for (const [index, start] of cuts.entries()) {
    const value = valueAt(start);
    const end = cuts[index + 1] ?? to;
    const last = held.at(-1);
    if (last !== undefined && last.value === value) held.splice(-1, 1, { ...last, to: end });
    else held.push({ from: start, to: end, value });
  }
  return held;
}

/** The parts of held values between two times. The values are in order and without gaps. */
export function clipped<T>(held: readonly Held<T>[], from: number, to: number): readonly Held<T>[] {
  if (from >= to) return [];
  const parts = held.slice(firstWhere(held, (one) => one.to > from), firstWhere(held, (one) => one.from >= to));
  return parts.map((one) => ({ ...one, from: Math.max(one.from, from), to: Math.min(one.to, to) }));
}

/** The times at which names were added or removed. */
export function changesOf(spans: readonly NameSpan[]): readonly number[] {
  return spans.flatMap(({ from, to }) => [from, to]).filter(Number.isFinite);
}
