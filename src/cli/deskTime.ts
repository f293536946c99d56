import path from "node:path";
import { readClosures } from "../calendars/readClosings";
import { type BusinessTime, businessTime } from "../core/calendar/businessTime";
import type { CalendarProblem, ClosuresReading } from "../core/calendar/holidays";
import { localTime } from "../core/calendar/localTime";
import type { Desk } from "../core/model/desk";
import { instantAt, millisecondsOf } from "../core/model/instant";
import type { Instant } from "../core/model/issue";
import { failed, ok, type Result } from "../core/model/result";
import { readText } from "./files";
import { formatMessage } from "./output";

/** How the desk of a folder counts time, with the calendars it names, or why one of these cannot be considered: a wrong instant is worse than none. */
export async function deskTime(desk: Desk, folder: string): Promise<Result<BusinessTime, string>> {
  const { closures, problems } = await closuresOf(desk, folder);
  const [problem] = problems;
  return problem === undefined ? ok(businessTime(desk, closures)) : failed(describeCalendarProblem(problem));
}

/** What the calendars that the desk of a folder names say, and why some of them say nothing. */
export async function closuresOf(desk: Desk, folder: string): Promise<ClosuresReading> {
  const files = desk.holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  const texts = await Promise.all(files.map(async (file) => [file, await readText(path.join(folder, file))] as const));
  const readable = texts.flatMap(([file, { text, problems }]) => (problems.some(({ code }) => code === "unreadable") ? [] : [[file, text] as const]));
  const rules = desk.holidays.some(({ kind }) => kind === "country") ? (await import("date-holidays/data")).data : undefined;
  return readClosures(desk.holidays, new Map(readable), desk.timezone, rules);
}

/** One sentence about a calendar, or events of one, that is left out. */
export function describeCalendarProblem(problem: CalendarProblem): string {
  switch (problem.kind) {
    case "missing":
      return formatMessage("The calendar “{0}” that desk.yml names under “holidays” cannot be read. Paths start from the folder of desk.yml.", problem.name);
    case "badCalendar":
      return formatMessage("The calendar “{0}” is no iCalendar file that could be understood: {1}", problem.name, problem.reason);
    case "unknownZone":
      return formatMessage("The calendar “{0}” has events in the time zone “{1}”, which neither the calendar nor the time zone database defines, so they are left out. Export it again with its time zones, or name a zone as in Europe/Berlin.", problem.name, problem.reason);
    case "badEvent":
      return formatMessage("The calendar “{0}” has the event “{1}”, whose date or repetition cannot be understood, so it is left out. Correct it there and export the calendar again.", problem.name, problem.reason);
    case "unknownCountry":
      return formatMessage("No holidays are known for the country “{0}”. Write its ISO 3166 code, as in US.", problem.name);
    case "unknownRegion":
      return formatMessage("No holidays are known for the region “{0}”. Write its code, as in CA.", problem.name);
  }
}

/** The instant that a person typed, to the second; a time without `Z` or an offset is in the desk's time zone. */
export function instantOf(typed: string, desk: Desk): Result<Instant, string> {
  const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i.exec(typed);
  try {
    if (shape !== null) return ok(wholeSecond(shape[3] === undefined ? localTime(typed, "start", desk.timezone) : millisecondsOf(typed)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return failed(formatMessage("“{0}” is not an instant. Write it as in 2026-11-20T16:02:11Z, or without the Z for a time in {1}.", typed, desk.timezone));
}

/** The instant without what a second is made of. */
export function wholeSecond(milliseconds: number): Instant {
  return instantAt(Math.floor(milliseconds / 1000) * 1000);
}
