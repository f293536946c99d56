import { getISO } from "temporal-polyfill/fns/Calendar";
import * as Instants from "temporal-polyfill/fns/Instant";
import * as PlainDate from "temporal-polyfill/fns/PlainDate";
import * as PlainDateTime from "temporal-polyfill/fns/PlainDateTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";
import { type CalendarDate, dateFrom, dateText } from "../model/calendarDate";
import type { Instant } from "../model/issue";

/** The start of a day in a time zone, in milliseconds since the epoch. It is not midnight where the clock skips that. */
export function startOfDay(date: CalendarDate, timezone: string): number {
  return PlainDate.toZonedDateTime(date, timezone).epochMilliseconds;
}

/** The time from the start of one day to the start of another, in days before or after a date. */
export function daysAround(date: CalendarDate, from: number, to: number, timezone: string): Span {
  return { from: startOfDay(PlainDate.addDays(date, from), timezone), to: startOfDay(PlainDate.addDays(date, to), timezone) };
}

/**
 * Converts a local time to milliseconds since the epoch. A date means the start of that day, or with `end` the start of the
 * next day. A skipped time is moved forward by the gap; of a repeated time the first counts.
 */
export function localTime(text: string, edge: "start" | "end", timezone: string): number {
  if (text.includes("T")) return PlainDateTime.toZonedDateTime(PlainDateTime.fromString(text, getISO), timezone).epochMilliseconds;
  return startOfDay(PlainDate.addDays(dateFrom(text), edge === "end" ? 1 : 0), timezone);
}

/** The same for a local time, but a skipped time means the moment when the clock skipped it. So a time never comes after a later one. */
export function clockTime(text: string, timezone: string): number {
  const at = PlainDateTime.toZonedDateTime(PlainDateTime.fromString(text, getISO), timezone);
  if (PlainDateTime.compare(ZonedDateTime.toPlainDateTime(at), PlainDateTime.fromString(text, getISO)) === 0) return at.epochMilliseconds;
  return ZonedDateTime.getTimeZoneTransition(ZonedDateTime.addMilliseconds(at, 1), "previous")?.epochMilliseconds ?? at.epochMilliseconds;
}

/** The local date at an instant. */
export function dateOf(at: Instant, timezone: string): CalendarDate {
  return ZonedDateTime.toPlainDate(zoned(at, timezone));
}

/** The local date at an instant, in ISO format. */
export function dateTextOf(at: Instant, timezone: string): string {
  return dateText(dateOf(at, timezone));
}

/** The local date and time at an instant to the second, such as `2026-11-20T08:02:11`. */
export function wallTimeOf(at: Instant, timezone: string): string {
  return ZonedDateTime.toPlainDateTime(zoned(at, timezone)).toJSON().replace(/\.\d+$/, "");
}

/** The UTC offset at an instant, such as `-08:00`. */
export function offsetOf(at: Instant, timezone: string): string {
  return ZonedDateTime.offset(zoned(at, timezone));
}

function zoned(at: Instant, timezone: string): ZonedDateTime.Record {
  return Instants.toZonedDateTimeISO(Instants.fromString(at), timezone);
}

/** A span of time in milliseconds since the epoch. `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
