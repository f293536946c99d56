import type { Desk } from "../desk/desk";
import { instantAt, millisecondsOf } from "../instantTime";
import type { Instant } from "../issue/issue";
import { noClosings, type Closings } from "./closing";
import { millisecondsPerDay, openSpans, type OpenSpans } from "./openSpans";
import type { Span } from "./span";

/** Whether the desk is open, and until when it stays so; no `until`: no end to it is known. */
export interface Opening {
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
export function businessTime(desk: Desk, closings: Closings = noClosings): BusinessTime {
  if (desk.hours.length === 0) return wallTime;
  const spansOn = openSpans(desk, closings);
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
const mostDays = 800;
const tenYears = 3660;

/** No time zone is a day away from UTC, so dates of the day before can matter and earlier ones cannot. */
function firstDay(at: number): number {
  return Math.floor(at / millisecondsPerDay) - 1;
}

function opening(spansOn: OpenSpans, desk: Desk, now: number): Opening {
  let openUntil: number | undefined;
  const first = firstDay(now);
  const last = Math.max(first + mostDays, ...datesNamed(desk).map((day) => Math.min(day + 8, first + tenYears)));
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
  for (let day = firstDay(from); closedFor <= mostDays; day += 1) {
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
