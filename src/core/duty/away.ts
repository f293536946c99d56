import { addDays, compare } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText, type CalendarDate } from "../calendarDate";
import type { Person } from "../desk/desk";

/** Whether the person is away on every day from `firstDay` until the day before `nextDay`. */
export function isAway(person: Person, firstDay: CalendarDate, nextDay: CalendarDate): boolean {
  if (person.away.length === 0) return false;
  const [first, next] = [dateText(firstDay), dateText(nextDay)];
  const presentFrom = person.away
    .filter((interval) => interval.slice(0, 10) < next && first <= interval.slice(-10))
    .toSorted()
    .map((interval) => interval.split("/").map(dateFrom))
    .reduce(
      (present, [from = present, to = from]) =>
        compare(from, present) <= 0 && compare(present, to) <= 0 ? addDays(to, 1) : present,
      firstDay,
    );
  return compare(presentFrom, nextDay) >= 0;
}
