import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { dateOf, localTime, type Span, startOfDay } from "../calendar/localTime";
import { type CalendarDate, dateFrom, dateText, daysBetween } from "../model/calendarDate";
import type { Rotation, RotationTerm } from "../model/desk";
import { millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";

/** How many days a turn has. */
export function shiftDays(rotation: Pick<Rotation, "every">): number {
  return rotation.every.amount * (rotation.every.unit === "w" ? 7 : 1);
}

/** The first day of turn n; the turn's last day is the one before that of turn n + 1. */
export function firstDayOf(rotation: Rotation, number: number): CalendarDate {
  return addDays(dateFrom(rotation.starts), number * shiftDays(rotation));
}

/** The number of the turn that a day belongs to; negative before the first. */
export function shiftOfDay(rotation: Pick<Rotation, "starts" | "every">, day: CalendarDate): number {
  return Math.floor(daysBetween(dateFrom(rotation.starts), day) / shiftDays(rotation));
}

/** When a day of the rotation begins, in milliseconds since the epoch. It ends when the next begins. */
export function dayStart(rotation: Rotation, day: CalendarDate, timezone: string): number {
  return rotation.dayStarts === "00:00" ? startOfDay(day, timezone) : localTime(`${dateText(day)}T${rotation.dayStarts}`, "start", timezone);
}

/** The day of the rotation that an instant lies in: before its days begin, that is the day before the one on the wall. */
export function dayAt(rotation: Rotation, at: Instant, timezone: string): CalendarDate {
  const day = dateOf(at, timezone);
  return dayStart(rotation, day, timezone) > millisecondsOf(at) ? addDays(day, -1) : day;
}

/** When somebody is on duty between two days of the rotation, the second excluded: spans in order that do not touch. */
export function onCallSpans(rotation: Rotation, firstDay: CalendarDate, nextDay: CalendarDate, timezone: string): readonly Span[] {
  const { days } = rotation;
  if (days === undefined && rotation.dayEnds === undefined) return [{ from: dayStart(rotation, firstDay, timezone), to: dayStart(rotation, nextDay, timezone) }];
  const spans: Span[] = [];
  for (let day = firstDay, left = daysBetween(firstDay, nextDay); left > 0; day = addDays(day, 1), left -= 1) {
    if (days?.includes(dayOfWeek(day)) === false) continue;
    const from = dayStart(rotation, day, timezone);
    const to = dayEnd(rotation, day, timezone);
    const before = spans.at(-1);
    if (from >= to) continue;
    if (before?.to === from) spans[spans.length - 1] = { from: before.from, to };
    else spans.push({ from, to });
  }
  return spans;
}

/**
 * The working days of turn n, as ISO dates: its days on which somebody is on call. Duty that goes on past midnight belongs to
 * the day on which it begins. Wherever days of a turn are counted, these are meant.
 */
export function workingDays(rotation: Rotation, number: number): readonly string[] {
  const firstDay = firstDayOf(rotation, number);
  return stepsOfWork(rotation, number).map((step) => dateText(addDays(firstDay, step)));
}

/** The first working day of turn n as an ISO date; `undefined` where nobody works in it. */
export function firstWorkingDay(rotation: Rotation, number: number): string | undefined {
  const [step] = stepsOfWork(rotation, number);
  return step === undefined ? undefined : dateText(addDays(firstDayOf(rotation, number), step));
}

/** How many of the turns before turn n have a working day. The others use up nobody's place in the order. */
export function workedBefore(rotation: Rotation, number: number): number {
  if (rotation.days === undefined || shiftDays(rotation) >= 7) return number;
  // Seven turns are whole weeks, so what they have repeats.
  const worked = Array.from({ length: 7 }, (_, shift) => stepsOfWork(rotation, shift).length > 0);
  const count = (shifts: readonly boolean[]): number => shifts.filter(Boolean).length;
  return Math.floor(number / 7) * count(worked) + count(worked.slice(0, number % 7));
}

/** The dates that the duty of turn n touches: its working days, and the mornings on which their duty ends. */
export function onCallDates(rotation: Rotation, number: number): readonly string[] {
  const days = workingDays(rotation, number);
  const intoNextDay = rotation.dayEnds === undefined ? rotation.dayStarts !== "00:00" : rotation.dayEnds <= rotation.dayStarts;
  return intoNextDay ? [...new Set(days.flatMap((day) => [day, dateText(addDays(dateFrom(day), 1))]))] : days;
}

/** The working days of turn n, in days from its first. */
function stepsOfWork(rotation: Rotation, number: number): readonly number[] {
  const { days } = rotation;
  const length = shiftDays(rotation);
  const steps = Array.from({ length }, (_, step) => step);
  if (days === undefined) return steps;
  const weekday = dayOfWeek(dateFrom(rotation.starts)) - 1 + number * length;
  return steps.filter((step) => days.includes(((weekday + step) % 7) + 1));
}

function dayEnd(rotation: Rotation, day: CalendarDate, timezone: string): number {
  const next = addDays(day, 1);
  const { dayStarts, dayEnds } = rotation;
  if (dayEnds === undefined || dayEnds === dayStarts) return dayStart(rotation, next, timezone);
  if (dayEnds === "24:00") return startOfDay(next, timezone);
  return localTime(`${dateText(dayEnds > dayStarts ? day : next)}T${dayEnds}`, "end", timezone);
}

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
    ...(from === undefined ? [] : [firstShift(rotation, from, (day) => day >= from)]),
    ...(until === undefined ? [] : [firstShift(rotation, until, (day) => day > until)]),
  ]);
  const starts = [...new Set([0, ...edges])].toSorted((a, b) => a - b);
  const parts: OrderPart[] = [];
  // Where in the list of all people the search for whoever is next begins.
  let next = 0;
  for (const [index, from] of starts.entries()) {
    const day = firstWorkingDay(rotation, from) ?? firstWorkingDay(rotation, firstShift(rotation, rotation.starts, (one) => one !== "")) ?? rotation.starts;
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
function firstShift(rotation: Rotation, about: string, suits: (day: string) => boolean): number {
  const first = Math.max(shiftOfDay(rotation, dateFrom(about)), 0);
  const near = Array.from({ length: 8 }, (_, step) => first + step);
  return near.find((number) => suits(firstWorkingDay(rotation, number) ?? "")) ?? first + near.length;
}
