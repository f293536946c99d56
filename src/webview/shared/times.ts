const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** A relative time: `5 minutes ago`. `now` is in milliseconds since 1970. */
export function relativeTime(instant: string, now: number, language: string): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  if (Number.isNaN(seconds)) return instant;
  const words = new Intl.RelativeTimeFormat(known(language), { numeric: "auto" });
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return words.format(0, "second");
}

const threeHours = 3 * 3_600_000;

/** The same for a deadline: in minutes if it is less than three hours away. */
export function closeTime(instant: string, now: number, language: string): string {
  const away = Date.parse(instant) - now;
  if (Number.isNaN(away) || Math.abs(away) >= threeHours || Math.abs(away) < 60_000) return relativeTime(instant, now, language);
  return new Intl.RelativeTimeFormat(known(language), { numeric: "auto" }).format(Math.trunc(away / 60_000), "minute");
}

/** Localized date and time, in the local time zone, with seconds. */
export function fullTime(instant: string, language: string): string {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) return instant;
  return new Intl.DateTimeFormat(known(language), { dateStyle: "full", timeStyle: "long" }).format(milliseconds);
}

/** Formats times in the time zone of the desk. Creating a formatter is slow, so they are kept. */
export interface ZonedTime {
  /** The date with weekday, such as `Friday, November 20, 2026`. It separates the days of a list. */
  day(instant: string): string;
  /** The time of the day, such as `16:02`. */
  clock(instant: string): string;
  /** Date and time, short; only the time if it is on the same day as `now`, in milliseconds since 1970. */
  near(instant: string, now: number): string;
  /** Date and time with seconds and the name of the zone. */
  full(instant: string): string;
}

/** Formats in a language and an IANA time zone. An instant that cannot be parsed is returned as it is. */
export function zonedTime(language: string, timeZone: string): ZonedTime {
  const formatter = (options: Intl.DateTimeFormatOptions): ((instant: string) => string) => {
    const format = new Intl.DateTimeFormat(known(language), { ...options, timeZone });
    return (instant) => {
      const milliseconds = Date.parse(instant);
      return Number.isNaN(milliseconds) ? instant : format.format(milliseconds);
    };
  };
  const day = formatter({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const clock = formatter({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const short = formatter({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return {
    day,
    clock,
    near: (instant, now) => (day(instant) === day(new Date(now).toISOString()) ? clock(instant) : short(instant)),
    full: formatter({ dateStyle: "full", timeStyle: "long" }),
  };
}

function known(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}
