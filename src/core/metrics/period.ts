import { addDays, addMonths, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { startOfDay } from "../calendar/localTime";
import { type CalendarDate, dateFrom, dateText, daysBetween, isDate } from "../model/calendarDate";

/** A period of whole days in a time zone: its first and last date, and its bounds in milliseconds since the epoch, the second exclusive. */
export interface Period {
  readonly firstDate: string;
  readonly lastDate: string;
  readonly from: number;
  readonly to: number;
}

/** The period between two ISO dates, both inclusive. */
export function periodOf(firstDate: string, lastDate: string, timezone: string): Period {
  return { firstDate, lastDate, from: startOfDay(dateFrom(firstDate), timezone), to: startOfDay(addDays(dateFrom(lastDate), 1), timezone) };
}

/** Whether a time in milliseconds since the epoch is in a period. */
export function isInPeriod({ from, to }: Pick<Period, "from" | "to">, at: number): boolean {
  return from <= at && at < to;
}

/** The previous period: as many whole months if it is whole months, otherwise as many days. */
export function periodBefore({ firstDate, lastDate }: Pick<Period, "firstDate" | "lastDate">, timezone: string): Period {
  const [first, after] = [dateFrom(firstDate), addDays(dateFrom(lastDate), 1)];
  const start = first.day === 1 && after.day === 1 ? addMonths(first, -monthsBetween(first, after)) : addDays(first, -daysBetween(first, after));
  return periodOf(dateText(start), dateText(addDays(first, -1)), timezone);
}

function monthsBetween(first: CalendarDate, after: CalendarDate): number {
  return (after.year - first.year) * 12 + after.month - first.month;
}

/** Periods by their name, relative to today. */
export const periodNames = ["thisWeek", "lastWeek", "thisMonth", "lastMonth", "thisQuarter", "lastQuarter"] as const;

export type PeriodName = (typeof periodNames)[number];

/** The first and the last date of a named period. Weeks start on Monday. The current ones last until their end. */
export function datesOf(name: PeriodName, today: string): { readonly from: string; readonly to: string } {
  const date = dateFrom(today);
  const monday = addDays(date, 1 - dayOfWeek(date));
  const month = addDays(date, 1 - date.day);
  const quarter = addMonths(month, -((date.month - 1) % 3));
  const between = (first: CalendarDate, next: CalendarDate): { readonly from: string; readonly to: string } => ({ from: dateText(first), to: dateText(addDays(next, -1)) });
  switch (name) {
    case "thisWeek":
      return between(monday, addDays(monday, 7));
    case "lastWeek":
      return between(addDays(monday, -7), monday);
    case "thisMonth":
      return between(month, addMonths(month, 1));
    case "lastMonth":
      return between(addMonths(month, -1), month);
    case "thisQuarter":
      return between(quarter, addMonths(quarter, 3));
    case "lastQuarter":
      return between(addMonths(quarter, -3), quarter);
  }
}

/** Ten years. */
const maxDays = 3660;

/** What is wrong with the dates of a period, if anything. */
export function periodFlaw(from: string, to: string): "noDate" | "reversed" | "tooLong" | undefined {
  if (!isDate(from) || !isDate(to)) return "noDate";
  const days = daysBetween(dateFrom(from), dateFrom(to));
  return days < 0 ? "reversed" : days > maxDays ? "tooLong" : undefined;
}
