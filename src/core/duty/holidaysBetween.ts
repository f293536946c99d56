import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText } from "../calendarDate";
import type { Desk } from "../desk/desk";
import { instantAt } from "../instantTime";
import type { BusinessTime } from "./businessTime";
import { startOfDay } from "./localTime";

/** The ISO dates, both ends included, on which the desk is closed though its weekday is one with hours, or that it names as holidays. */
export function holidaysBetween(desk: Desk, time: BusinessTime, from: string, to: string): ReadonlySet<string> {
  const named = new Set(desk.holidays.flatMap((holiday) => (holiday.kind === "date" ? [holiday.date] : [])));
  const weekdays = new Set(desk.hours.flatMap(({ weekday, spans }) => (spans.length === 0 ? [] : [weekday])));
  const found = new Set<string>();
  for (let day = dateFrom(from); dateText(day) <= to; day = addDays(day, 1)) {
    const isClosed = (): boolean => time.between(instantAt(startOfDay(day, desk.timezone)), instantAt(startOfDay(addDays(day, 1), desk.timezone))) === 0;
    if (named.has(dateText(day)) || (weekdays.has(dayOfWeek(day)) && isClosed())) found.add(dateText(day));
  }
  return found;
}
