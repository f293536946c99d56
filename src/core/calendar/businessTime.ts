import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { type CalendarDate, dateFrom, dateText } from "../model/calendarDate";
import type { Desk } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import { unionOf, upperBound } from "../model/sorting";
import { minuteOfDay } from "./businessLength";
import { type Closures, noClosures } from "./holidays";
import { clockTime, type Span, startOfDay } from "./localTime";

/** Whether the desk is open, and until when it stays that way. No `until`: it does not change in the foreseeable future. */
interface Opening {
  readonly open: boolean;
  readonly until?: Instant;
}

/** Converts between instants and business time. A desk without business hours counts all time. */
export interface BusinessTime {
  /** Whether an instant is in business hours, and when that changes next. */
  readonly openAt: (at: Instant) => Opening;
  /**
   * The earliest instant at which a number of milliseconds of business time have passed since `from`, so the end of a span and
   * not the start of the next. Returns `undefined` if there is none.
   */
  readonly after: (from: Instant, milliseconds: number) => Instant | undefined;
  /** Milliseconds of business time between two instants. Negative when the second is before the first. */
  readonly between: (from: Instant, to: Instant) => number;
  /** The same for milliseconds since the epoch. */
  readonly millisecondsBetween: (from: number, to: number) => number;
}

/** Creates the business time of a desk and its calendars. Reuse it while the desk is the same, because it caches the hours of each date. */
export function businessTime(desk: Desk, closures: Closures = noClosures): BusinessTime {
  if (desk.hours.length === 0) return wallTime;
  const spansOn = openSpans(desk, closures);
  const count = counter(spansOn);
  const between = (from: number, to: number): number => (from <= to ? count(from, to) : -count(to, from));
  return {
    openAt: (at) => opening(spansOn, desk, millisecondsOf(at)),
    after: (from, milliseconds) => {
      const end = after(spansOn, millisecondsOf(from), milliseconds);
      return end === undefined ? undefined : instantAt(end);
    },
    between: (from, to) => between(millisecondsOf(from), millisecondsOf(to)),
    millisecondsBetween: between,
  };
}

/** Counts all time. */
export const wallTime: BusinessTime = {
  openAt: () => ({ open: true }),
  after: (from, milliseconds) => instantAt(millisecondsOf(from) + milliseconds),
  between: (from, to) => millisecondsOf(to) - millisecondsOf(from),
  millisecondsBetween: (from, to) => to - from,
};

/** A desk that does not open or close for this number of days is treated as never doing so, except on dates that it lists for the next ten years. */
const maxDays = 800;

const tenYears = 3660;

/** No time zone differs from UTC by a whole day, so only the date before can matter. */
function firstDay(at: number): number {
  return Math.floor(at / millisecondsPerDay) - 1;
}

function opening(spansOn: OpenSpans, desk: Desk, now: number): Opening {
  let openUntil: number | undefined;
  const first = firstDay(now);
  const last = Math.max(first + maxDays, ...datesNamed(desk).map((day) => Math.min(day + 8, first + tenYears)));
  for (let day = first; day <= last; day += 1) {
    for (const span of spansOn(day)) {
      if (span.to <= now) continue;
      if (openUntil === undefined && span.from > now) return { open: false, until: instantAt(span.from) };
      if (openUntil !== undefined && span.from > openUntil) return { open: true, until: instantAt(openUntil) };
      openUntil = span.to;
    }
  }
  return { open: openUntil !== undefined };
}

function datesNamed(desk: Desk): readonly number[] {
  const dates = [...desk.holidays.flatMap((holiday) => (holiday.kind === "date" ? [holiday.date] : [])), ...desk.exceptions.map(({ date }) => date)];
  return dates.map((date) => Math.floor(millisecondsOf(`${date}T00:00:00Z`) / millisecondsPerDay));
}

function after(spansOn: OpenSpans, from: number, milliseconds: number): number | undefined {
  let left = milliseconds;
  let closedFor = 0;
  for (let day = firstDay(from); closedFor <= maxDays; day += 1) {
    const spans = spansOn(day);
    closedFor = spans.length === 0 ? closedFor + 1 : 0;
    for (const span of spans) {
      const start = Math.max(span.from, from);
      if (start > span.to || (start === span.to && left > 0)) continue;
      if (start + left <= span.to) return start + left;
      left -= span.to - start;
    }
  }
  return undefined;
}

/** Counts business time with prefix sums over days, so that years take no longer than days. */
function counter(spansOn: OpenSpans): (from: number, to: number) => number {
  const after: number[] = [0];
  const before: number[] = [0];
  let anchor: number | undefined;
  const ofDay = (day: number): number => spansOn(day).reduce((sum, span) => sum + span.to - span.from, 0);
  /** Business time from the start of the first day that was requested to the start of `day`. Negative before it. */
  const upTo = (day: number): number => {
    anchor ??= day;
    for (let last = after.length - 1; last < day - anchor; last += 1) after.push((after[last] ?? 0) + ofDay(anchor + last));
    for (let last = before.length - 1; last < anchor - day; last += 1) before.push((before[last] ?? 0) - ofDay(anchor - last - 1));
    return (day >= anchor ? after[day - anchor] : before[anchor - day]) ?? 0;
  };
  const ofDays = (first: number, last: number, from: number, to: number): number => {
    let sum = 0;
    for (let day = first; day <= last; day += 1) {
      for (const span of spansOn(day)) sum += overlap(span, from, to);
    }
    return sum;
  };
  return (from, to) => {
    const [first, last] = [firstDay(from), firstDay(to) + 2];
    if (last - first < 8) return ofDays(first, last, from, to);
    // Days in between lie completely between the two instants.
    return ofDays(first, first + 2, from, to) + upTo(last - 2) - upTo(first + 3) + ofDays(last - 2, last, from, to);
  };
}

function overlap(span: Span, from: number, to: number): number {
  return Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
}

/** The open spans of a date, in order and without overlap. Dates are days since 1970-01-01. */
type OpenSpans = (day: number) => readonly Span[];

export const millisecondsPerDay = 24 * 60 * 60_000;

/** The open spans of a desk with business hours. Exceptions override holidays, and holidays override weekly hours. Each date is computed once. */
function openSpans(desk: Desk, closures: Closures): OpenSpans {
  const known = new Map<number, readonly Span[]>();
  const years = new Map<number, YearClosed>();
  const holidays = new Set(desk.holidays.flatMap((holiday) => (holiday.kind === "date" ? [holiday.date] : [])));
  const week = new Map(desk.hours.map(({ weekday, spans }) => [weekday, spans]));
  const exceptions = new Map(desk.exceptions.map(({ date, spans }) => [date, spans]));

  const closedIn = (year: number): YearClosed => {
    const before = years.get(year);
    if (before !== undefined) return before;
    const closed = yearClosed(closures, year);
    years.set(year, closed);
    return closed;
  };
  return (day) => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const date = addDays(epoch(), day);
    const text = dateText(date);
    const exception = exceptions.get(text);
    const closed = closedIn(date.year);
    const spans =
      exception !== undefined
        ? spansOf(exception, date, desk.timezone)
        : holidays.has(text) || closed.days.has(text)
          ? []
          : spansOf(week.get(dayOfWeek(date)) ?? [], date, desk.timezone).flatMap((span) => without(span, closed));
    known.set(day, spans);
    return spans;
  };
}

interface YearClosed {
  readonly days: ReadonlySet<string>;
  /** In order, without overlap. */
  readonly stretches: readonly Span[];
  readonly ends: readonly number[];
}

function yearClosed(closures: Closures, year: number): YearClosed {
  const all = closures(year);
  const stretches = unionOf(all.flatMap((closure) => (closure.kind === "stretch" ? [{ from: millisecondsOf(closure.from), to: millisecondsOf(closure.to) }] : [])));
  return {
    days: new Set(all.flatMap((closure) => (closure.kind === "day" ? [closure.date] : []))),
    stretches,
    ends: stretches.map(({ to }) => to),
  };
}

function epoch(): CalendarDate {
  return dateFrom("1970-01-01");
}

/** What the clock skips of a span, or of a whole date, is removed. */
function spansOf(times: readonly { readonly from: string; readonly to: string }[], date: CalendarDate, timezone: string): readonly Span[] {
  if (times.length === 0) return [];
  const text = dateText(date);
  const [start, next] = [startOfDay(date, timezone), startOfDay(addDays(date, 1), timezone)];
  // The clock did not change on most days, and time zones take long to ask.
  const isUsual = next - start === millisecondsPerDay;
  const at = (time: string): number => (time === "24:00" ? next : isUsual ? start + minuteOfDay(time) * 60_000 : clockTime(`${text}T${time}`, timezone));
  return times.map(({ from, to }) => ({ from: at(from), to: at(to) })).filter((span) => span.from < span.to);
}

function without(span: Span, { stretches, ends }: YearClosed): readonly Span[] {
  const left: Span[] = [];
  let { from } = span;
  for (let index = upperBound(ends, from); ; index += 1) {
    const next = stretches[index];
    if (next === undefined || next.from >= span.to) break;
    if (from < next.from) left.push({ from, to: next.from });
    from = next.to;
  }
  if (from < span.to) left.push({ from, to: span.to });
  return left;
}

/** The ISO dates, both ends inclusive, on which the desk is closed although the weekday has hours, or which it lists as holidays. */
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
