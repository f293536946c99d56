import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText, type CalendarDate } from "../calendarDate";
import type { Desk } from "../desk/desk";
import { millisecondsOf } from "../instantTime";
import type { Closings } from "./closing";
import { localTime, startOfDay } from "./localTime";
import type { Span } from "./span";

/** The spans in which a desk is open on a date, in order and without overlap; dates are counted in days since 1970-01-01. */
export type OpenSpans = (day: number) => readonly Span[];

export const millisecondsPerDay = 24 * 60 * 60_000;

/**
 * When a desk with hours is open. What the desk says of a single date (an exception) goes before holidays, and these before
 * the hours of the weekday. Each date is worked out once.
 */
export function openSpans(desk: Desk, closings: Closings): OpenSpans {
  const known = new Map<number, readonly Span[]>();
  const years = new Map<number, YearClosed>();
  const holidays = new Set(desk.holidays.flatMap((holiday) => (holiday.kind === "date" ? [holiday.date] : [])));
  const week = new Map(desk.hours.map(({ weekday, spans }) => [weekday, spans]));
  const exceptions = new Map(desk.exceptions.map(({ date, spans }) => [date, spans]));

  const closedIn = (year: number): YearClosed => {
    const before = years.get(year);
    if (before !== undefined) return before;
    const closed = yearClosed(closings, year);
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

function yearClosed(closings: Closings, year: number): YearClosed {
  const all = closings(year);
  return {
    days: new Set(all.flatMap((closing) => (closing.kind === "day" ? [closing.date] : []))),
    stretches: all.flatMap((closing) => (closing.kind === "stretch" ? [{ from: millisecondsOf(closing.from), to: millisecondsOf(closing.to) }] : [])).toSorted((a, b) => a.from - b.from),
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
