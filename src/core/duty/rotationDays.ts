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

/** The dates on which somebody works in a turn; where duty ends in the morning, that morning is one. */
export function dutyDays(rotation: Rotation, number: number): readonly string[] {
  const firstDay = firstDayOf(rotation, number);
  const intoNextDay = rotation.dayEnds === undefined ? rotation.dayStarts !== "00:00" : rotation.dayEnds <= rotation.dayStarts;
  const days = new Set<string>();
  for (let day = firstDay, left = turnDays(rotation); left > 0; day = addDays(day, 1), left -= 1) {
    if (rotation.days?.includes(dayOfWeek(day)) === false) continue;
    days.add(dateText(day));
    if (intoNextDay) days.add(dateText(addDays(day, 1)));
  }
  return [...days];
}

function dayEnd(rotation: Rotation, day: CalendarDate, timezone: string): number {
  const next = addDays(day, 1);
  const { dayStarts, dayEnds } = rotation;
  if (dayEnds === undefined || dayEnds === dayStarts) return dayStart(rotation, next, timezone);
  if (dayEnds === "24:00") return startOfDay(next, timezone);
  return localTime(`${dateText(dayEnds > dayStarts ? day : next)}T${dayEnds}`, "end", timezone);
}
