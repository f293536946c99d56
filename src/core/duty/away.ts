import { Temporal } from "temporal-polyfill";
import type { Person } from "../desk/desk";

/** Whether the person is away on every day from `firstDay` until the day before `nextDay`. */
export function isAway(person: Person, firstDay: Temporal.PlainDate, nextDay: Temporal.PlainDate): boolean {
  const { compare } = Temporal.PlainDate;
  const presentFrom = person.away
    .toSorted()
    .map((interval) => interval.split("/").map((day) => Temporal.PlainDate.from(day)))
    .reduce(
      (present, [from = present, to = from]) =>
        compare(from, present) <= 0 && compare(present, to) <= 0 ? to.add({ days: 1 }) : present,
      firstDay,
    );
  return compare(presentFrom, nextDay) >= 0;
}
