import type { Holiday } from "../core/desk/desk";
import { noClosings, type ClosingsProblem, type ClosingsReading } from "../core/duty/closing";
import { assertNever } from "../core/result";
import { type HolidayRules, publicHolidays } from "./publicHolidays";
import { readCalendar, type CalendarYear } from "./readCalendar";

/**
 * The closings of all holidays that are not plain dates. `texts` are the calendar files by the path the desk names; one that is not
 * in it is missing. Without `rules` no country is known.
 */
export function readClosings(holidays: readonly Holiday[], texts: ReadonlyMap<string, string>, timezone: string, rules: HolidayRules = { holidays: {}, names: {} }): ClosingsReading {
  const problems: ClosingsProblem[] = [];
  const calendars = holidays.flatMap((holiday): readonly CalendarYear[] => {
    switch (holiday.kind) {
      case "date":
        return [];
      case "calendar": {
        const text = texts.get(holiday.path);
        if (text === undefined) {
          problems.push({ kind: "missing", name: holiday.path });
          return [];
        }
        const read = readCalendar(text, timezone);
        if (read.kind === "failed") {
          problems.push({ kind: "badCalendar", name: holiday.path, reason: read.failure });
          return [];
        }
        const { closings, unknownZones, badEvents } = read.value;
        problems.push(...unknownZones.map((reason) => ({ kind: "unknownZone" as const, name: holiday.path, reason })));
        problems.push(...badEvents.map((reason) => ({ kind: "badEvent" as const, name: holiday.path, reason })));
        return [closings];
      }
      case "country": {
        const read = publicHolidays(rules, holiday.country, holiday.region);
        if (read.kind === "ok") return [read.value];
        problems.push(read.failure === "country" ? { kind: "unknownCountry", name: holiday.country } : { kind: "unknownRegion", name: holiday.region ?? "" });
        return [];
      }
      default:
        return assertNever(holiday);
    }
  });
  return { closings: calendars.length === 0 ? noClosings : (year) => calendars.flatMap((calendar) => calendar(year)), problems };
}
