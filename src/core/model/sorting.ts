/** Compares two texts by their UTF-16 code units. Unlike `localeCompare`, the order is the same in every language. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The position of the first entry that a condition holds for. It holds for all entries after it as well. */
export function firstWhere<T>(sorted: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = sorted[middle];
    if (one === undefined || holds(one)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The position of the first of sorted numbers that is not less than a value. */
export function lowerBound(sorted: readonly number[], value: number): number {
  return firstWhere(sorted, (one) => one >= value);
}

/** The position of the first of sorted numbers that is greater than a value. */
export function upperBound(sorted: readonly number[], value: number): number {
  return firstWhere(sorted, (one) => one > value);
}

/** Times of which the second is exclusive, or numbers. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** The same numbers as spans in order that neither overlap nor touch. */
export function unionOf(spans: readonly Span[]): readonly Span[] {
  const union: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = union.at(-1);
    if (last !== undefined && from <= last.to) union.splice(-1, 1, { from: last.from, to: Math.max(last.to, to) });
    else union.push({ from, to });
  }
  return union;
}
