import type { Times } from "./history/deskHistory";

/** A summary of numbers. Median and 90th percentile are absent without numbers. */
export interface Summary {
  readonly n: number;
  readonly median?: number;
  readonly p90?: number;
  /** Whether there are so few that a single one changes the summary noticeably. */
  readonly isSmall: boolean;
}

/** With fewer numbers, the 90th percentile lies between the two largest. */
export const smallBelow = 11;

/** Summarizes numbers in any order. */
export function summarize(numbers: readonly number[]): Summary {
  const sorted = numbers.toSorted((a, b) => a - b);
  const isSmall = sorted.length < smallBelow;
  return sorted.length === 0 ? { n: 0, isSmall } : { n: sorted.length, median: percentile(sorted, 0.5), p90: percentile(sorted, 0.9), isSmall };
}

/**
 * The percentile of sorted numbers by linear interpolation between the closest ranks, as PERCENTILE.INC in spreadsheets and the
 * default of NumPy calculate it (method 7 of Hyndman and Fan, 1996). `part` is 0 to 1.
 */
function percentile(sorted: readonly number[], part: number): number {
  const rank = (sorted.length - 1) * part;
  const below = Math.floor(rank);
  const [low = 0, high = low] = sorted.slice(below, below + 2);
  return low + (high - low) * (rank - below);
}

/** Summaries of lengths of time in business and wall-clock time, in milliseconds. */
export interface TimesSummary {
  readonly business: Summary;
  readonly wall: Summary;
}

/** Summarizes lengths of time in any order. */
export function summarizeTimes(all: readonly Times[]): TimesSummary {
  return { business: summarize(all.map(({ business }) => business)), wall: summarize(all.map(({ wall }) => wall)) };
}

/** How many of several were as they should be. The share is absent if there were none. */
export interface Share {
  readonly n: number;
  readonly good: number;
  readonly share?: number;
}

/** Counts how many are as they should be. */
export function shareOf(all: readonly boolean[]): Share {
  const good = all.filter((one) => one).length;
  return { n: all.length, good, ...(all.length === 0 ? {} : { share: good / all.length }) };
}
