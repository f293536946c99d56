import { Temporal } from "temporal-polyfill";
import type { Instant } from "../issue/issue";

// Between this file and its users, moments are milliseconds since the epoch: they compare and sort as numbers.

/** The first moment of a day in a time zone, which is not midnight where the clock skips it. */
export function startOfDay(date: Temporal.PlainDate, timezone: string): number {
  return date.toZonedDateTime(timezone).epochMilliseconds;
}

/**
 * The moment of a local time. A bare date means the start of that day, or for an `end` the start of the next. A time the
 * clock skips is taken as much later, one that comes twice is the first.
 */
export function localTime(text: string, edge: "start" | "end", timezone: string): number {
  if (text.includes("T")) return Temporal.PlainDateTime.from(text).toZonedDateTime(timezone).epochMilliseconds;
  return startOfDay(Temporal.PlainDate.from(text).add({ days: edge === "end" ? 1 : 0 }), timezone);
}

/** The date on the wall at an instant. */
export function dateOf(at: Instant, timezone: string): Temporal.PlainDate {
  return Temporal.Instant.from(at).toZonedDateTimeISO(timezone).toPlainDate();
}

export function instantAt(milliseconds: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds).toString();
}
