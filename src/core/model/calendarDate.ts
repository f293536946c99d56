import { getISO } from "temporal-polyfill/fns/Calendar";
import * as PlainDate from "temporal-polyfill/fns/PlainDate";

// Temporal's functional API instead of its classes: the bundle contains only the functions that are used.

/** A date of the ISO calendar, for the functions of Temporal's `PlainDate`. */
export type CalendarDate = PlainDate.Record;

/** Parses an ISO date. Throws a `RangeError` when there is no such date. */
export function dateFrom(text: string): CalendarDate {
  return PlainDate.fromString(text, getISO);
}

/** Formats the date as ISO 8601. */
export function dateText(date: CalendarDate): string {
  return date.toJSON();
}

/** Number of days from the first date to the second. Negative when the second is earlier. */
export function daysBetween(first: CalendarDate, second: CalendarDate): number {
  const days = [first, second].map((date) => PlainDate.toZonedDateTime(date, "UTC").epochMilliseconds / (24 * 60 * 60_000));
  return (days[1] ?? 0) - (days[0] ?? 0);
}

/** Whether the text is an ISO date that exists. */
export function isDate(text: string): boolean {
  if (dayOfAnyMonth.test(text)) return true;
  try {
    return dateText(dateFrom(text)) === text;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

// A shortcut for the days that every month has, because Temporal takes as long as reading the whole front matter.
const dayOfAnyMonth = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;
