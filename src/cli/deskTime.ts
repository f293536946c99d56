import path from "node:path";
import { readClosings } from "../calendars/readClosings";
import type { Desk } from "../core/desk/desk";
import type { ClosingsProblem, ClosingsReading } from "../core/duty/closing";
import { businessTime, type BusinessTime } from "../core/duty/businessTime";
import { failed, ok, type Result } from "../core/result";
import { say } from "./say";
import { readText } from "./readText";

/** How the desk of a folder counts time, with the calendars it names, or why one of these cannot be considered: a wrong instant is worse than none. */
export async function deskTime(desk: Desk, folder: string): Promise<Result<BusinessTime, string>> {
  const { closings, problems } = await closingsOf(desk, folder);
  const [problem] = problems;
  return problem === undefined ? ok(businessTime(desk, closings)) : failed(wordCalendarProblem(problem));
}

/** What the calendars that the desk of a folder names say, and why some of them say nothing. */
export async function closingsOf(desk: Desk, folder: string): Promise<ClosingsReading> {
  const files = desk.holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  const texts = await Promise.all(files.map(async (file) => [file, await readText(path.join(folder, file))] as const));
  const readable = texts.flatMap(([file, { text, problems }]) => (problems.some(({ code }) => code === "unreadable") ? [] : [[file, text] as const]));
  const rules = desk.holidays.some(({ kind }) => kind === "country") ? (await import("date-holidays/data")).data : undefined;
  return readClosings(desk.holidays, new Map(readable), desk.timezone, rules);
}

/** One sentence about a calendar, or events of one, that is left out. */
export function wordCalendarProblem(problem: ClosingsProblem): string {
  switch (problem.kind) {
    case "missing":
      return say("The calendar “{0}” that desk.yml names under “holidays” cannot be read. Paths start from the folder of desk.yml.", problem.name);
    case "badCalendar":
      return say("The calendar “{0}” is no iCalendar file that could be understood: {1}", problem.name, problem.reason);
    case "unknownZone":
      return say("The calendar “{0}” has events in the time zone “{1}”, which neither the calendar nor the time zone database defines, so they are left out. Export it again with its time zones, or name a zone as in Europe/Berlin.", problem.name, problem.reason);
    case "badEvent":
      return say("The calendar “{0}” has the event “{1}”, whose date or repetition cannot be understood, so it is left out. Correct it there and export the calendar again.", problem.name, problem.reason);
    case "unknownCountry":
      return say("No holidays are known for the country “{0}”. Write its ISO 3166 code, as in US.", problem.name);
    case "unknownRegion":
      return say("No holidays are known for the region “{0}”. Write its code, as in CA.", problem.name);
  }
}
