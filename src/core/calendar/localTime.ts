import { getISO } from "temporal-polyfill/fns/Calendar";
import * as Instants from "temporal-polyfill/fns/Instant";
import * as PlainDate from "temporal-polyfill/fns/PlainDate";
import * as PlainDateTime from "temporal-polyfill/fns/PlainDateTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";
import { type CalendarDate, dateFrom, dateText } from "../model/calendarDate";
import type { Instant } from "../model/issue";

/** The first moment of a day in a time zone, which is not midnight where the clock skips it, in milliseconds since the epoch. */
export function startOfDay(date: CalendarDate, timezone: string): number {
  return PlainDate.toZonedDateTime(date, timezone).epochMilliseconds;
}

/**
 * The moment of a local time, in milliseconds since the epoch. A bare date means the start of that day, or for an `end` the
 * start of the next. A time the clock skips is taken as much later, one that comes twice is the first.
 */
export function localTime(text: string, edge: "start" | "end", timezone: string): number {
  if (text.includes("T")) return PlainDateTime.toZonedDateTime(PlainDateTime.fromString(text, getISO), timezone).epochMilliseconds;
  return startOfDay(PlainDate.addDays(dateFrom(text), edge === "end" ? 1 : 0), timezone);
}

/** The date on the wall at an instant. */
export function dateOf(at: Instant, timezone: string): CalendarDate {
  return ZonedDateTime.toPlainDate(zoned(at, timezone));
}

/** The date on the wall at an instant, as ISO writes it. */
export function dateTextOf(at: Instant, timezone: string): string {
  return dateText(dateOf(at, timezone));
}

/** The date and time on the wall at an instant to the second, as in `2026-11-20T08:02:11`. */
export function wallTimeOf(at: Instant, timezone: string): string {
  return ZonedDateTime.toPlainDateTime(zoned(at, timezone)).toJSON().replace(/\.\d+$/, "");
}

/** How far the wall is from UTC at an instant, as in `-08:00`. */
export function offsetOf(at: Instant, timezone: string): string {
  return ZonedDateTime.offset(zoned(at, timezone));
}

function zoned(at: Instant, timezone: string): ZonedDateTime.Record {
  return Instants.toZonedDateTimeISO(Instants.fromString(at), timezone);
}

/** A stretch of time in milliseconds since the epoch; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
