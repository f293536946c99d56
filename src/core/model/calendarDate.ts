import { getISO } from "temporal-polyfill/fns/Calendar";
import * as PlainDate from "temporal-polyfill/fns/PlainDate";

// Temporal as functions instead of classes: a bundle then carries only those that are used, which is half.

/** A day of the ISO calendar, for the functions of Temporal's `PlainDate`. */
export type CalendarDate = PlainDate.Record;

/** The date an ISO text names. Throws a `RangeError` when there is no such date. */
export function dateFrom(text: string): CalendarDate {
  return PlainDate.fromString(text, getISO);
}

/** The date as ISO writes it. */
export function dateText(date: CalendarDate): string {
  return date.toJSON();
}

/** How many days after the first date the second one is; negative when it is before it. */
export function daysBetween(first: CalendarDate, second: CalendarDate): number {
  const days = [first, second].map((date) => PlainDate.toZonedDateTime(date, "UTC").epochMilliseconds / (24 * 60 * 60_000));
  return (days[1] ?? 0) - (days[0] ?? 0);
}

/** Whether the text is a date as ISO writes it, and one that exists. */
export function isDate(text: string): boolean {
  try {
    return dateText(dateFrom(text)) === text;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
