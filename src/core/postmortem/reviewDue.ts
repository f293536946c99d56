import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { dateText, type CalendarDate } from "../calendarDate";
import type { Desk } from "../desk/desk";
import { dateOf, dateTextOf } from "../duty/localTime";
import { instantAt, millisecondsOf } from "../instantTime";
import type { Instant } from "../issue/issue";
import { assertNever } from "../result";

/**
 * The date by which the review is to meet: what the desk says (calendar days), else 3 days after for the worst severity
 * or priority and 5 business days for all others. Business days are those with hours, or Monday to Friday.
 */
export function reviewDue(desk: Desk, after: Instant, severity: string | undefined, priority: string | undefined): string {
  const date = dateOf(after, desk.timezone);
  const within = desk.postmortem.within;
  if (within !== undefined) {
    switch (within.unit) {
      case "m":
      case "h":
        return dateTextOf(instantAt(millisecondsOf(after) + within.amount * (within.unit === "h" ? 60 : 1) * 60_000), desk.timezone);
      case "d":
        return dateText(addDays(date, within.amount));
      case "w":
        return dateText(addDays(date, within.amount * 7));
      default:
        return assertNever(within.unit);
    }
  }
  const worst = /^sev(?:erity)?[\s:-]*[01]$/i.test(severity ?? "") || (priority !== undefined && priority === desk.priorities[0]?.name);
  return dateText(worst ? addDays(date, 3) : addBusinessDays(desk, date, 5));
}

function addBusinessDays(desk: Desk, from: CalendarDate, days: number): CalendarDate {
  const weekdays = desk.hours.length === 0 ? [1, 2, 3, 4, 5] : desk.hours.filter((day) => day.spans.length > 0).map((day) => day.weekday);
  const holidays = new Set(desk.holidays.flatMap((holiday) => (holiday.kind === "date" ? [holiday.date] : [])));
  let date = from;
  let left = days;
  // A desk whose every day is a holiday has no fifth business day: the search ends after a year.
  for (let tries = 0; left > 0 && tries < 366; tries += 1) {
    date = addDays(date, 1);
    if (weekdays.includes(dayOfWeek(date)) && !holidays.has(dateText(date))) left -= 1;
  }
  return date;
}
