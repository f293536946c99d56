import { daysBetween } from "../../core/calendarDate";
import { dateOf } from "../../core/duty/localTime";
import { millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";

/** Words an instant in a time zone the way the language does, short: the time alone today, the weekday within six days, else the date. */
export function sayInstant(at: Instant, now: Instant, timezone: string, language: string): string {
  const days = daysBetween(dateOf(now, timezone), dateOf(at, timezone));
  const day = days === 0 ? {} : Math.abs(days) < 7 ? ({ weekday: "short" } as const) : ({ weekday: "short", day: "numeric", month: "short" } as const);
  return new Intl.DateTimeFormat(language, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone }).format(millisecondsOf(at));
}
