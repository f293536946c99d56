import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText } from "../model/calendarDate";
import type { Person } from "../model/desk";
import { isWithin } from "./rotationDays";

/** Whether the person is away on every one of these ISO dates. False for an empty list. */
export function isAway(person: Person, days: readonly string[]): boolean {
  return person.away.length > 0 && days.length > 0 && days.every((day) => isAwayOn(person, day));
}

/** Whether the person is away on an ISO date, or not on the team then. */
export function isAbsentOn(person: Person, day: string): boolean {
  return isAwayOn(person, day) || !isWithin(person, day);
}

/** ISO date intervals, both ends inclusive, in which the person is away or not on the team. */
export function absencesOf({ away, from, until }: Person): readonly string[] {
  const before = from === undefined || from <= earliest ? [] : [`${earliest}/${dateText(addDays(dateFrom(from), -1))}`];
  const after = until === undefined || until >= latest ? [] : [`${dateText(addDays(dateFrom(until), 1))}/${latest}`];
  return [...before, ...away, ...after];
}

const earliest = "0001-01-01";

const latest = "9999-12-31";

/** Whether the person is away on an ISO date. */
export function isAwayOn({ away }: Pick<Person, "away">, day: string): boolean {
  return away.some((interval) => interval.slice(0, 10) <= day && day <= interval.slice(-10));
}
