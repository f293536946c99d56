import type { Rotation, RotationTerm } from "../desk/desk";
import { dateFrom } from "../calendarDate";
import { firstWorkingDay, turnOfDay, workedBefore } from "./rotationDays";

/**
 * Everybody who takes part in turn n, in the order in which its roles fall to them. From one turn to the next the order moves
 * on by one person; a turn in which nobody works uses up nobody's place.
 *
 * A person with a first day takes part from the first turn that begins on that day or later, and one with a last day up to the
 * last turn that begins on that day or before. Turns before that are not touched: the order goes on from whoever was last.
 */
export function orderOf(rotation: Rotation, number: number): readonly string[] {
  const part = partsOf(rotation).findLast(({ from }) => from <= number);
  if (part === undefined || part.people.length === 0) return [];
  const { people } = part;
  const first = part.first + workedBefore(rotation, number) - workedBefore(rotation, part.from);
  return people.map((_, step) => people[(first + step) % people.length] ?? "");
}

/** Whether a person takes part in the turn of a rotation with this first working day. */
export function takesPart({ terms = [] }: Pick<Rotation, "terms">, login: string, day: string): boolean {
  return terms.every((term) => term.login !== login || isWithin(term, day));
}

/** Whether an ISO date is neither before a first day nor after a last one. */
export function isWithin({ from, until }: Pick<RotationTerm, "from" | "until">, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

/** Turns from a number on, up to the next part, in which the same people take part. */
interface OrderPart {
  readonly from: number;
  readonly people: readonly string[];
  /** The place in `people` of whoever is first in the first of these turns. */
  readonly first: number;
}

const known = new WeakMap<Rotation, readonly OrderPart[]>();

function partsOf(rotation: Rotation): readonly OrderPart[] {
  const before = known.get(rotation);
  if (before !== undefined) return before;
  const parts = orderParts(rotation);
  known.set(rotation, parts);
  return parts;
}

function orderParts(rotation: Rotation): readonly OrderPart[] {
  const all = rotation.people;
  const edges = (rotation.terms ?? []).flatMap(({ from, until }) => [
    ...(from === undefined ? [] : [firstTurn(rotation, from, (day) => day >= from)]),
    ...(until === undefined ? [] : [firstTurn(rotation, until, (day) => day > until)]),
  ]);
  const starts = [...new Set([0, ...edges])].toSorted((a, b) => a - b);
  const parts: OrderPart[] = [];
  // Where in the list of all people the search for whoever is next begins.
  let next = 0;
  for (const [index, from] of starts.entries()) {
    const day = firstWorkingDay(rotation, from) ?? firstWorkingDay(rotation, firstTurn(rotation, rotation.starts, (one) => one !== "")) ?? rotation.starts;
    const people = all.filter((login) => takesPart(rotation, login, day));
    const places = all.map((_, step) => (next + step) % all.length);
    const starter = places.find((place) => people.includes(all[place] ?? ""));
    const first = starter === undefined ? 0 : people.indexOf(all[starter] ?? "");
    parts.push({ from, people, first });
    const end = starts[index + 1];
    const used = end === undefined ? 0 : workedBefore(rotation, end) - workedBefore(rotation, from);
    if (used > 0 && people.length > 0) next = (all.indexOf(people[(first + used - 1) % people.length] ?? "") + 1) % all.length;
  }
  return parts;
}

/** The first turn, about a day or later, whose first working day suits; turns in which nobody works are passed over, seven at most. */
function firstTurn(rotation: Rotation, about: string, suits: (day: string) => boolean): number {
  const first = Math.max(turnOfDay(rotation, dateFrom(about)), 0);
  const near = Array.from({ length: 8 }, (_, step) => first + step);
  return near.find((number) => suits(firstWorkingDay(rotation, number) ?? "")) ?? first + near.length;
}
