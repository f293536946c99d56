import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText, daysBetween, type CalendarDate } from "../calendarDate";
import type { Rotation } from "../desk/desk";
import type { Instant } from "../issue/issue";
import { millisecondsOf } from "../instantTime";
import { dateOf, localTime, startOfDay } from "./localTime";
import type { Span } from "./span";

/** How many days a turn has. */
export function turnDays(rotation: Pick<Rotation, "every">): number {
  return rotation.every.amount * (rotation.every.unit === "w" ? 7 : 1);
}

/** The first day of turn n; the turn's last day is the one before that of turn n + 1. */
export function firstDayOf(rotation: Rotation, number: number): CalendarDate {
  return addDays(dateFrom(rotation.starts), number * turnDays(rotation));
}

/** The number of the turn that a day belongs to; negative before the first. */
export function turnOfDay(rotation: Pick<Rotation, "starts" | "every">, day: CalendarDate): number {
  return Math.floor(daysBetween(dateFrom(rotation.starts), day) / turnDays(rotation));
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
export function dutySpans(rotation: Rotation, firstDay: CalendarDate, nextDay: CalendarDate, timezone: string): readonly Span[] {
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
  if (rotation.days === undefined || turnDays(rotation) >= 7) return number;
  // Seven turns are whole weeks, so what they have repeats.
  const worked = Array.from({ length: 7 }, (_, turn) => stepsOfWork(rotation, turn).length > 0);
  const count = (turns: readonly boolean[]): number => turns.filter(Boolean).length;
  return Math.floor(number / 7) * count(worked) + count(worked.slice(0, number % 7));
}

/** The dates that the duty of turn n touches: its working days, and the mornings on which their duty ends. */
export function dutyDates(rotation: Rotation, number: number): readonly string[] {
  const days = workingDays(rotation, number);
  const intoNextDay = rotation.dayEnds === undefined ? rotation.dayStarts !== "00:00" : rotation.dayEnds <= rotation.dayStarts;
  return intoNextDay ? [...new Set(days.flatMap((day) => [day, dateText(addDays(dateFrom(day), 1))]))] : days;
}

/** The working days of turn n, in days from its first. */
function stepsOfWork(rotation: Rotation, number: number): readonly number[] {
  const { days } = rotation;
  const length = turnDays(rotation);
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
