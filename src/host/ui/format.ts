import { dateOf } from "../../core/calendar/localTime";
import { dateText, daysBetween } from "../../core/model/calendarDate";
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
  const days = daysBetween(dateOf(now, timezone), dateOf(at, timezone));
  const day = days === 0 ? {} : Math.abs(days) < 7 ? ({ weekday: "short" } as const) : ({ weekday: "short", day: "numeric", month: "short" } as const);
  return new Intl.DateTimeFormat(language, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone }).format(millisecondsOf(at));
}

/** The same, shorter: after six days only the date, such as `Dec 9`. */
export function formatShortInstant(at: Instant, now: Instant, timezone: string, language: string): string {
  const [today, day] = [dateOf(now, timezone), dateOf(at, timezone)];
  return Math.abs(daysBetween(today, day)) < 7 ? formatInstant(at, now, timezone, language) : formatDate(dateText(day), dateText(today), language);
}

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
