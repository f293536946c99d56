import { millisecondsOf } from "../../core/instantTime";

/** Words an ISO date the way the language does, with its weekday and its year. */
export function sayDay(date: string, language: string, length: "short" | "long" = "short"): string {
  return new Intl.DateTimeFormat(language, { weekday: length, day: "numeric", month: length, year: "numeric", timeZone: "UTC" }).format(millisecondsOf(`${date}T00:00:00Z`));
}
