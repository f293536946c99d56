import { dateOf, daysAround, type Span, startOfDay } from "../../core/calendar/localTime";
import { dateFrom } from "../../core/model/calendarDate";
import { millisecondsOf } from "../../core/model/instant";
import type { Instant } from "../../core/model/issue";
import { plainLabel } from "./safeText";

/** How long ago something was, in the given language: `10 min. ago`. */
export function formatAgo(at: Instant, now: Instant, language: string): string {
  const minutes = Math.max(Math.floor((millisecondsOf(now) - millisecondsOf(at)) / 60_000), 0);
  if (minutes === 0) return new Intl.RelativeTimeFormat(language, { style: "short", numeric: "auto" }).format(0, "minute");
  const [amount, unit] = minutes < 60 ? ([minutes, "minute"] as const) : minutes < 48 * 60 ? ([Math.floor(minutes / 60), "hour"] as const) : ([Math.floor(minutes / (24 * 60)), "day"] as const);
  return new Intl.RelativeTimeFormat(language, { style: "short" }).format(-amount, unit);
}

/** An ISO date in the given language, with weekday and year. */
export function formatDay(date: string, language: string, length: "short" | "long" = "short"): string {
  return new Intl.DateTimeFormat(language, { weekday: length, day: "numeric", month: length, year: "numeric", timeZone: "UTC" }).format(millisecondsOf(`${date}T00:00:00Z`));
}

/** An ISO date in the given language, short: with the year only if it is not that of today's ISO date. */
export function formatDate(date: string, today: string, language: string): string {
  const year = date.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "short", ...year, timeZone: "UTC" }).format(millisecondsOf(`${date}T00:00:00Z`));
}

/** An instant in a time zone and language, short: only the time for today, with the weekday within six days, otherwise with the date. */
export function formatInstant(at: Instant, now: Instant, timezone: string, language: string): string {
  return timeFormat(now, timezone, language).full(at);
}

/** How instants are shown: as seen at a time, in a time zone and in a language. */
export interface TimeFormat {
  /** An instant as `formatInstant` shows it. */
  full(at: Instant): string;
  /** The same, shorter: after six days only the date, such as `Dec 9`. */
  short(at: Instant): string;
}

/** Shows any number of instants. Creating a format of `Intl` takes a hundred times as long as using it, so each is created once. */
export function timeFormat(now: Instant, timezone: string, language: string): TimeFormat {
  const formats = new Map<keyof typeof instantParts, Intl.DateTimeFormat>();
  const today = dateOf(now, timezone);
  const thisDay = daysAround(today, 0, 1, timezone);
  const nearDays = daysAround(today, -6, 7, timezone);
  const startOfYear = (year: number): number => startOfDay(dateFrom(`${year}-01-01`), timezone);
  const thisYear = { from: startOfYear(today.year), to: startOfYear(today.year + 1) };

  function show(at: Instant, partsOf: (at: number) => keyof typeof instantParts): string {
    const milliseconds = millisecondsOf(at);
    const parts = isIn(thisDay, milliseconds) ? "time" : isIn(nearDays, milliseconds) ? "weekday" : partsOf(milliseconds);
    const format = formats.get(parts) ?? new Intl.DateTimeFormat(language, { ...instantParts[parts], timeZone: timezone });
    formats.set(parts, format);
    return format.format(milliseconds);
  }

  return {
    full: (at) => show(at, () => "dateAndTime"),
    short: (at) => show(at, (milliseconds) => (isIn(thisYear, milliseconds) ? "date" : "dateAndYear")),
  };
}

function isIn({ from, to }: Span, at: number): boolean {
  return at >= from && at < to;
}

const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

const date = { day: "numeric", month: "short" } as const;

const instantParts = { time, weekday: { weekday: "short", ...time }, dateAndTime: { weekday: "short", ...date, ...time }, date, dateAndYear: { ...date, year: "numeric" } } as const;

/** Logins, any one of which is enough, in the given language: `@ana, @ben, or @chloe`. */
export function formatAnyOf(logins: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: "disjunction" }).format(logins.map((login) => `@${plainLabel(login)}`));
}

/** The host name of a server URL. */
export function hostOf(server: string): string {
  return plainLabel(server.replace(/^https?:\/\//, ""));
}

/** The time since an instant, in its largest whole unit: `now`, `5m`, `2h`, `3d`, `6w`. */
export function ageText(since: Instant, now: Instant): string {
  const minutes = Math.floor((millisecondsOf(now) - millisecondsOf(since)) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes}m`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h`;
  if (minutes < 14 * 24 * 60) return `${Math.floor(minutes / (24 * 60))}d`;
  return `${Math.floor(minutes / (7 * 24 * 60))}w`;
}
