import Holidays from "date-holidays-parser";
import moment from "moment-timezone";
import { addDays } from "temporal-polyfill/fns/PlainDate";
import { type CalendarProblem, type ClosuresReading, noClosures } from "../core/calendar/holidays";
import { dateFrom, dateText } from "../core/model/calendarDate";
import type { Holiday } from "../core/model/desk";
import { assertNever, failed, ok, type Result } from "../core/model/result";
import { type CalendarYear, readCalendar } from "./readCalendar";

/**
 * Reads the closures of all holidays except plain dates. `texts` contains the calendar files by path; other files are missing.
 * Without `rules`, all countries are unknown.
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

/** The holiday rules of all countries: the data of the package date-holidays, with or without names. */
export interface HolidayRules {
  readonly holidays: object;
  readonly names: object;
  /** Time zones in the packed format of moment-timezone, if that is bundled without data. */
  readonly timezones?: MomentZones;
}

type MomentZones = Parameters<typeof moment.tz.load>[0];

/** The public holidays of a country or region by ISO 3166 code. Only whole days count. A failure names the code that is unknown. */
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
  // A holiday can start in the year before, or be observed in it, such as a New Year's Day on a Saturday that is observed on Friday.
  return ok((year) => {
    const days = [year - 1, year, year + 1].flatMap(listed).filter(({ date }) => date.startsWith(`${String(year).padStart(4, "0")}-`));
    return [...new Map(days.map((day) => [day.date, day])).values()];
  });
}

const hour = 60 * 60_000;

/** A day on which clocks are moved forward by an hour. */
const wholeDay = 23 * hour;
