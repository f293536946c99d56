import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { dateOf, localTime, type Span, startOfDay } from "../calendar/localTime";
import { type CalendarDate, dateFrom, dateText, daysBetween } from "../model/calendarDate";
import type { Rotation, RotationTerm } from "../model/desk";
import { millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";

/** Number of days of a shift. */
export function shiftDays(rotation: Pick<Rotation, "every">): number {
  return rotation.every.amount * (rotation.every.unit === "w" ? 7 : 1);
}

/** The first day of shift n. Its last day is the one before the first day of shift n + 1. */
export function firstDayOf(rotation: Rotation, number: number): CalendarDate {
  return addDays(dateFrom(rotation.starts), number * shiftDays(rotation));
}

/** The number of the shift that contains a day. Negative before the first shift. */
export function shiftOfDay(rotation: Pick<Rotation, "starts" | "every">, day: CalendarDate): number {
  return Math.floor(daysBetween(dateFrom(rotation.starts), day) / shiftDays(rotation));
}

/** When a day of the rotation starts, in milliseconds since the epoch. It ends when the next day starts. */
export function dayStart(rotation: Rotation, day: CalendarDate, timezone: string): number {
  return rotation.dayStarts === "00:00" ? startOfDay(day, timezone) : localTime(`${dateText(day)}T${rotation.dayStarts}`, "start", timezone);
}

/** The rotation day that contains an instant. Before `dayStarts` it is the previous calendar date. */
export function dayAt(rotation: Rotation, at: Instant, timezone: string): CalendarDate {
  const day = dateOf(at, timezone);
  return dayStart(rotation, day, timezone) > millisecondsOf(at) ? addDays(day, -1) : day;
}

/** The on-call spans between two rotation days, the second exclusive, in order. Adjacent spans are joined. */
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
 * The working days of shift n as ISO dates: the days with on-call hours. Hours past midnight belong to the day on which they
 * start. All day counts of shifts use these days.
 */
export function workingDays(rotation: Rotation, number: number): readonly string[] {
  const firstDay = firstDayOf(rotation, number);
  return stepsOfWork(rotation, number).map((step) => dateText(addDays(firstDay, step)));
}

/** The first working day of shift n as an ISO date. Returns `undefined` if it has none. */
export function firstWorkingDay(rotation: Rotation, number: number): string | undefined {
  const [step] = stepsOfWork(rotation, number);
  return step === undefined ? undefined : dateText(addDays(firstDayOf(rotation, number), step));
}

/** Number of shifts before shift n with a working day. Only these advance the order of people. */
export function workedBefore(rotation: Rotation, number: number): number {
  if (rotation.days === undefined || shiftDays(rotation) >= 7) return number;
  // Seven shifts are whole weeks, so the pattern repeats.
  const worked = Array.from({ length: 7 }, (_, shift) => stepsOfWork(rotation, shift).length > 0);
  const count = (shifts: readonly boolean[]): number => shifts.filter(Boolean).length;
  return Math.floor(number / 7) * count(worked) + count(worked.slice(0, number % 7));
}

/** The dates that shift n touches: its working days, and the mornings when their hours end. */
export function onCallDates(rotation: Rotation, number: number): readonly string[] {
  const days = workingDays(rotation, number);
  const intoNextDay = rotation.dayEnds === undefined ? rotation.dayStarts !== "00:00" : rotation.dayEnds <= rotation.dayStarts;
  return intoNextDay ? [...new Set(days.flatMap((day) => [day, dateText(addDays(dateFrom(day), 1))]))] : days;
}

/** The working days of shift n, as offsets from its first day. */
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
 * The participants of shift n in the order in which they get its roles. The order advances by one person per shift with working
 * days. A person with a first day takes part from the first shift that starts on or after it; a person with a last day, up to
 * the last shift that starts on or before it. Changes of participants do not affect earlier shifts.
 */
export function orderOf(rotation: Rotation, number: number): readonly string[] {
  const part = partsOf(rotation).findLast(({ from }) => from <= number);
  if (part === undefined || part.people.length === 0) return [];
  const { people } = part;
  const first = part.first + workedBefore(rotation, number) - workedBefore(rotation, part.from);
  return people.map((_, step) => people[(first + step) % people.length] ?? "");
}

/** Whether a person takes part in the shift with this first working day. */
export function takesPart({ terms = [] }: Pick<Rotation, "terms">, login: string, day: string): boolean {
  return terms.every((term) => term.login !== login || isWithin(term, day));
}

/** Whether an ISO date is within optional first and last days. */
export function isWithin({ from, until }: Pick<RotationTerm, "from" | "until">, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

/** Consecutive shifts with the same participants. */
interface OrderPart {
  readonly from: number;
  readonly people: readonly string[];
  /** Index in `people` of the first person in the first of these shifts. */
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
  // Where the search for the next person starts in the list of all people.
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

/** The first matching shift near a day, by its first working day. At most seven shifts without working days are skipped. */
function firstShift(rotation: Rotation, about: string, suits: (day: string) => boolean): number {
  const first = Math.max(shiftOfDay(rotation, dateFrom(about)), 0);
  const near = Array.from({ length: 8 }, (_, step) => first + step);
  return near.find((number) => suits(firstWorkingDay(rotation, number) ?? "")) ?? first + near.length;
}
