import path from "node:path";
import { readClosings } from "../calendars/readClosings";
import type { Desk } from "../core/desk/desk";
import type { ClosingsProblem } from "../core/duty/closing";
import { businessTime, type BusinessTime } from "../core/duty/businessTime";
import { failed, ok, type Result } from "../core/result";
import { say } from "./say";
import { readText } from "./readText";

/** How the desk of a folder counts time, with the calendars it names, or why one of these cannot be considered: a wrong instant is worse than none. */
export async function deskTime(desk: Desk, folder: string): Promise<Result<BusinessTime, string>> {
  const files = desk.holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  const texts = await Promise.all(files.map(async (file) => [file, await readText(path.join(folder, file))] as const));
  const readable = texts.flatMap(([file, { text, problems }]) => (problems.some(({ code }) => code === "unreadable") ? [] : [[file, text] as const]));
  const { closings, problems } = readClosings(desk.holidays, new Map(readable), desk.timezone);
  const [problem] = problems;
  return problem === undefined ? ok(businessTime(desk, closings)) : failed(sentence(problem));
}

function sentence(problem: ClosingsProblem): string {
  switch (problem.kind) {
    case "missing":
      return say("The calendar “{0}” that desk.yml names under “holidays” cannot be read. Paths start from the folder of desk.yml.", problem.name);
    case "badCalendar":
      return say("The calendar “{0}” is no iCalendar file that could be understood: {1}", problem.name, problem.reason);
    case "unknownCountry":
      return say("No holidays are known for the country “{0}”. Write its ISO 3166 code, as in US.", problem.name);
    case "unknownRegion":
      return say("No holidays are known for the region “{0}”. Write its code, as in CA.", problem.name);
  }
}
