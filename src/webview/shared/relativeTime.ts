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

function known(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}
