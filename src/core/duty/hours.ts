import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText, type CalendarDate } from "../calendarDate";
import type { Desk } from "../desk/desk";
import { instantAt, millisecondsOf } from "../instantTime";
import type { Instant } from "../issue/issue";
import { dateOf, localTime, startOfDay } from "./localTime";

/** Whether the desk is open, and until when it stays so; no `until`: there is no end to it. */
export interface Opening {
  readonly open: boolean;
  readonly until?: Instant;
  /** Calendar files that the answer does not consider; absent when it considers everything the desk names. */
  readonly unread?: readonly string[];
}

/**
 * Whether an instant is in business hours, and when that next changes. A desk without hours is always open. Holidays given
 * as dates are closed from the start of the day to its end; those in calendar files are told as `unread`.
 */
export function openAt(desk: Desk, at: Instant): Opening {
  const unread = desk.holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  return { ...opening(desk, at), ...(unread.length === 0 || desk.hours.length === 0 ? {} : { unread }) };
}

function opening(desk: Desk, at: Instant): Opening {
  if (desk.hours.length === 0) return { open: true };
  const now = millisecondsOf(at);
  const holidays = new Set(desk.holidays.flatMap((holiday) => (holiday.kind === "date" ? [holiday.date] : [])));
  let openUntil: number | undefined;
  // Each holiday can hide an opening for a week, and so can the clock. After that many days only holidays further off matter.
  const most = 7 * (holidays.size + 2) + 1;
  const today = dateOf(at, desk.timezone);
  for (let day = today, seen = 0; seen <= most; day = addDays(day, 1), seen += 1) {
    if (holidays.has(dateText(day))) continue;
    for (const span of spansOn(desk, day)) {
      if (span.to <= now) continue;
      if (openUntil === undefined && span.from > now) return { open: false, until: instantAt(span.from) };
      if (openUntil !== undefined && span.from > openUntil) return { open: true, until: instantAt(openUntil) };
      openUntil = span.to;
    }
  }
  if (openUntil === undefined) return { open: false };
  const closing = [...holidays].filter((date) => date > dateText(today)).toSorted()[0];
  if (closing === undefined) return { open: true };
  return { open: true, until: instantAt(startOfDay(dateFrom(closing), desk.timezone)) };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The opening spans of a date by its weekday, in order; spans that the clock skips are gone. */
function spansOn(desk: Desk, date: CalendarDate): readonly Span[] {
  const spans = desk.hours.find((one) => one.weekday === dayOfWeek(date))?.spans ?? [];
  return spans
    .map(({ from, to }) => ({
      from: localTime(`${dateText(date)}T${from}`, "start", desk.timezone),
      to: to === "24:00" ? startOfDay(addDays(date, 1), desk.timezone) : localTime(`${dateText(date)}T${to}`, "end", desk.timezone),
    }))
    .filter((span) => span.from < span.to);
}
