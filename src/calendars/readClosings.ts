import Holidays from "date-holidays-parser";
import moment from "moment-timezone";
import { addDays } from "temporal-polyfill/fns/PlainDate";
import { type CalendarProblem, type ClosuresReading, noClosures } from "../core/calendar/holidays";
import { dateFrom, dateText } from "../core/model/calendarDate";
import type { Holiday } from "../core/model/desk";
import { assertNever, failed, ok, type Result } from "../core/model/result";
import { type CalendarYear, readCalendar } from "./readCalendar";

/**
 * The closings of all holidays that are not plain dates. `texts` are the calendar files by the path the desk names; one that is not
 * in it is missing. Without `rules` no country is known.
 */
export function readClosures(holidays: readonly Holiday[], texts: ReadonlyMap<string, string>, timezone: string, rules: HolidayRules = { holidays: {}, names: {} }): ClosuresReading {
  const problems: CalendarProblem[] = [];
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
        const { closures, unknownZones, badEvents } = read.value;
        problems.push(...unknownZones.map((reason) => ({ kind: "unknownZone" as const, name: holiday.path, reason })));
        problems.push(...badEvents.map((reason) => ({ kind: "badEvent" as const, name: holiday.path, reason })));
        return [closures];
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
  return { closures: calendars.length === 0 ? noClosures : (year) => calendars.flatMap((calendar) => calendar(year)), problems };
}

/** By what rules the holidays of all countries fall on their days: the data of the package date-holidays, with or without the names of holidays. */
export interface HolidayRules {
  readonly holidays: object;
  readonly names: object;
  /** The time zones of these countries as moment-timezone packs them, where that is bundled without its data. */
  readonly timezones?: MomentZones;
}

type MomentZones = Parameters<typeof moment.tz.load>[0];

/**
 * The public holidays of a country, and of a region of it if one is named, both by ISO 3166 code; only whole days count.
 * A failure says which of the two is unknown.
 */
export function publicHolidays(rules: HolidayRules, country: string, region: string | undefined): Result<CalendarYear, "country" | "region"> {
  if (rules.timezones !== undefined) moment.tz.load(rules.timezones);
  const known = new Holidays(rules);
  if (!Object.hasOwn(known.getCountries(), country)) return failed("country");
  const state = region?.toUpperCase();
  if (state !== undefined && !Object.keys(known.getStates(country) ?? {}).some((one) => one.toUpperCase() === state)) return failed("region");
  const holidays = state === undefined ? new Holidays(rules, country) : new Holidays(rules, country, state);
  const listed = (year: number) =>
    holidays
      .getHolidays(year)
      .filter(({ type, start, end }) => type === "public" && end.getTime() - start.getTime() >= wholeDay)
      .flatMap(({ date, start, end }) => {
        const first = dateFrom(date.slice(0, 10));
        const days = Math.round((end.getTime() - start.getTime()) / (24 * hour));
        return Array.from({ length: days }, (_, day) => ({ kind: "day" as const, date: dateText(addDays(first, day)) }));
      });
  // A holiday may begin in the year before, or be kept in it, as on the Friday before a New Year's Day on a Saturday.
  return ok((year) => {
    const days = [year - 1, year, year + 1].flatMap(listed).filter(({ date }) => date.startsWith(`${String(year).padStart(4, "0")}-`));
    return [...new Map(days.map((day) => [day.date, day])).values()];
  });
}

const hour = 60 * 60_000;

/** A day on which the clock loses an hour. */
const wholeDay = 23 * hour;
