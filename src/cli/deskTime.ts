import { readClosures } from "../calendars/readClosures";
import { type BusinessTime, businessTime } from "../core/calendar/businessTime";
import type { CalendarProblem, ClosuresReading } from "../core/calendar/holidays";
import { localTime } from "../core/calendar/localTime";
import { periodFlaw } from "../core/metrics/period";
import { isDate } from "../core/model/calendarDate";
import type { Desk } from "../core/model/desk";
import { instantAt, millisecondsOf } from "../core/model/instant";
import type { Instant } from "../core/model/issue";
import { failed, ok, type Result } from "../core/model/result";
import { readTexts } from "./files";
import { formatMessage } from "./output";

/** Business time of the desk in a folder, with its calendars. Fails if a calendar cannot be used, because a wrong instant is worse than none. */
export async function deskTime(desk: Desk, folder: string): Promise<Result<BusinessTime, string>> {
  const { closures, problems } = await closuresOf(desk, folder);
  const [problem] = problems;
  return problem === undefined ? ok(businessTime(desk, closures)) : failed(describeCalendarProblem(problem));
}

/** The closures from the calendars of a desk, and the problems of calendars that cannot be used. */
export async function closuresOf(desk: Desk, folder: string): Promise<ClosuresReading> {
  const files = desk.holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  return closuresFrom(desk, await readTexts(folder, files));
}

/** The same from the texts of the calendars by their paths. */
export async function closuresFrom({ holidays, timezone }: Desk, texts: ReadonlyMap<string, string>): Promise<ClosuresReading> {
  const rules = holidays.some(({ kind }) => kind === "country") ? (await import("date-holidays/data")).data : undefined;
  return readClosures(holidays, texts, timezone, rules);
}

/** One sentence about a calendar, or an event in one, that is ignored. */
export function describeCalendarProblem(problem: CalendarProblem): string {
  switch (problem.kind) {
    case "missing":
      return formatMessage("The calendar “{0}” under “holidays” in desk.yml cannot be read. Paths are relative to the folder of desk.yml.", problem.name);
    case "badCalendar":
      return formatMessage("The calendar “{0}” is not a valid iCalendar file: {1}", problem.name, problem.reason);
    case "unknownZone":
      return formatMessage("The calendar “{0}” has events in the unknown time zone “{1}”. They are ignored. Export the calendar again with its time zones, or use a zone such as Europe/Berlin.", problem.name, problem.reason);
    case "badEvent":
      return formatMessage("The event “{1}” in the calendar “{0}” has a date or recurrence that is not valid. The event is ignored. Correct it and export the calendar again.", problem.name, problem.reason);
    case "unknownCountry":
      return formatMessage("No holidays are known for the country “{0}”. Use its ISO 3166 code, for example US.", problem.name);
    case "unknownRegion":
      return formatMessage("No holidays are known for the region “{0}”. Use its code, for example CA.", problem.name);
  }
}

/** The instant that was typed, to the second. A time without `Z` or an offset is in the desk's time zone. */
export function instantOf(typed: string, desk: Desk): Result<Instant, string> {
  const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i.exec(typed);
  try {
    if (shape !== null) return ok(wholeSecond(shape[3] === undefined ? localTime(typed, "start", desk.timezone) : millisecondsOf(typed)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return failed(formatMessage("“{0}” is not a valid time. Use the form 2026-11-20T16:02:11Z, or omit the Z for a time in {1}.", typed, desk.timezone));
}

/** The instant, rounded down to the second. */
export function wholeSecond(milliseconds: number): Instant {
  return instantAt(Math.floor(milliseconds / 1000) * 1000);
}

/** What is wrong with the dates of a period, if anything. */
export function describePeriodFlaw(from: string, to: string): string | undefined {
  switch (periodFlaw(from, to)) {
    case "noDate":
      return formatMessage("“{0}” is not a valid date. Use the form 2026-11-26.", isDate(from) ? to : from);
    case "reversed":
      return formatMessage("The end date {0} is before the start date {1}.", to, from);
    case "tooLong":
      return formatMessage("The period from {0} to {1} is too long. The maximum is ten years.", from, to);
    case undefined:
      return undefined;
  }
}
