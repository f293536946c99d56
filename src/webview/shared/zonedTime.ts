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
