import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { type CalendarDate, dateFrom, dateText } from "../model/calendarDate";
import type { Desk } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import { type Closures, noClosures } from "./holidays";
import { localTime, type Span, startOfDay } from "./localTime";

/** Whether the desk is open, and until when it stays so; no `until`: no end to it is known. */
interface Opening {
  readonly open: boolean;
  readonly until?: Instant;
}

/** Time as a desk counts it: only what lies in its business hours. A desk without hours counts all time. */
export interface BusinessTime {
  /** Whether an instant is in business hours, and when that next changes. */
  readonly openAt: (at: Instant) => Opening;
  /**
   * The instant at which so many milliseconds of business time have passed since `from`: the earliest one, so at the end
   * of a span and not at the start of the next. `undefined` where that time never comes.
   */
  readonly after: (from: Instant, milliseconds: number) => Instant | undefined;
  /** The milliseconds of business time from one instant to another; negative when the second is before the first. */
  readonly between: (from: Instant, to: Instant) => number;
}

/** How a desk counts time, with what its calendars say. Keep it while the desk stays the same: it remembers the dates it has worked out. */
export function businessTime(desk: Desk, closures: Closures = noClosures): BusinessTime {
  if (desk.hours.length === 0) return wallTime;
  const spansOn = openSpans(desk, closures);
  const between = counter(spansOn);
  return {
    openAt: (at) => opening(spansOn, desk, millisecondsOf(at)),
    after: (from, milliseconds) => {
      const end = after(spansOn, millisecondsOf(from), milliseconds);
      return end === undefined ? undefined : instantAt(end);
    },
    between: (from, to) => {
      const [a, b] = [millisecondsOf(from), millisecondsOf(to)];
      return a <= b ? between(a, b) : -between(b, a);
    },
  };
}

const wallTime: BusinessTime = {
  openAt: () => ({ open: true }),
  after: (from, milliseconds) => instantAt(millisecondsOf(from) + milliseconds),
  between: (from, to) => millisecondsOf(to) - millisecondsOf(from),
};

/** A desk that stays closed, or open, for so many days is taken to stay so, but for dates that it names itself in the next ten years. */
const maxDays = 800;

const tenYears = 3660;

/** No time zone is a day away from UTC, so dates of the day before can matter and earlier ones cannot. */
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

/** Counts business time. What a day has is added to what the days before it have, once, so that years cost as little as days. */
function counter(spansOn: OpenSpans): (from: number, to: number) => number {
  const after: number[] = [0];
  const before: number[] = [0];
  let anchor: number | undefined;
  const ofDay = (day: number): number => spansOn(day).reduce((sum, span) => sum + span.to - span.from, 0);
  /** What lies between the start of the first day that was ever asked for and that of `day`; negative before it. */
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
    // The spans of the days between lie between the two instants as a whole.
    return ofDays(first, first + 2, from, to) + upTo(last - 2) - upTo(first + 3) + ofDays(last - 2, last, from, to);
  };
}

function overlap(span: Span, from: number, to: number): number {
  return Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
}

/** The spans in which a desk is open on a date, in order and without overlap; dates are counted in days since 1970-01-01. */
type OpenSpans = (day: number) => readonly Span[];

export const millisecondsPerDay = 24 * 60 * 60_000;

/**
 * When a desk with hours is open. What the desk says of a single date (an exception) goes before holidays, and these before
 * the hours of the weekday. Each date is worked out once.
 */
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
    const { days, stretches } = closedIn(date.year);
    const spans =
      exception !== undefined
        ? spansOf(exception, date, desk.timezone)
        : holidays.has(text) || days.has(text)
          ? []
          : spansOf(week.get(dayOfWeek(date)) ?? [], date, desk.timezone).flatMap((span) => without(span, stretches));
    known.set(day, spans);
    return spans;
  };
}

interface YearClosed {
  readonly days: ReadonlySet<string>;
  readonly stretches: readonly Span[];
}

function yearClosed(closures: Closures, year: number): YearClosed {
  const all = closures(year);
  return {
    days: new Set(all.flatMap((closure) => (closure.kind === "day" ? [closure.date] : []))),
    stretches: all.flatMap((closure) => (closure.kind === "stretch" ? [{ from: millisecondsOf(closure.from), to: millisecondsOf(closure.to) }] : [])).toSorted((a, b) => a.from - b.from),
  };
}

function epoch(): CalendarDate {
  return dateFrom("1970-01-01");
}

/** Spans that the clock skips are gone. */
function spansOf(times: readonly { readonly from: string; readonly to: string }[], date: CalendarDate, timezone: string): readonly Span[] {
  const text = dateText(date);
  return times
    .map(({ from, to }) => ({
      from: localTime(`${text}T${from}`, "start", timezone),
      to: to === "24:00" ? startOfDay(addDays(date, 1), timezone) : localTime(`${text}T${to}`, "end", timezone),
    }))
    .filter((span) => span.from < span.to);
}

function without(span: Span, closed: readonly Span[]): readonly Span[] {
  return closed.reduce<readonly Span[]>(
    (left, { from, to }) =>
      left.flatMap((part) => [{ from: part.from, to: Math.min(part.to, from) }, { from: Math.max(part.from, to), to: part.to }].filter((rest) => rest.from < rest.to)),
    [span],
  );
}

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
