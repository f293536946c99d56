import { addDays, addMonths } from "temporal-polyfill/fns/PlainDate";
import { startOfDay } from "../calendar/localTime";
import { type CalendarDate, dateFrom, dateText, daysBetween } from "../model/calendarDate";

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

/** The period before: as many whole months if it is whole months, otherwise as many days. */
export function periodBefore({ firstDate, lastDate }: Pick<Period, "firstDate" | "lastDate">, timezone: string): Period {
  const [first, after] = [dateFrom(firstDate), addDays(dateFrom(lastDate), 1)];
  const start = first.day === 1 && after.day === 1 ? addMonths(first, -monthsBetween(first, after)) : addDays(first, -daysBetween(first, after));
  return periodOf(dateText(start), dateText(addDays(first, -1)), timezone);
}

function monthsBetween(first: CalendarDate, after: CalendarDate): number {
  return (after.year - first.year) * 12 + after.month - first.month;
}
