import type { Holiday } from "../../core/desk/desk";
import { noClosings, type ClosingsReading } from "../../core/duty/closing";
import type { Files } from "../../core/ports";

/** Reads what the calendars of a desk say. The libraries for it are loaded when a desk first names a calendar. */
export async function readCalendars(holidays: readonly Holiday[], timezone: string, folder: string, files: Files): Promise<ClosingsReading> {
  if (holidays.every(({ kind }) => kind === "date")) return { closings: noClosings, problems: [] };
  const paths = holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  const texts = await Promise.all(paths.map(async (path) => [path, await files.read(folder === "" ? path : `${folder}/${path}`)] as const));
  const { readClosings } = await import("../../calendars/readClosings");
  return readClosings(holidays, new Map(texts.flatMap(([path, text]) => (text.kind === "ok" ? [[path, text.value] as const] : []))), timezone);
}
