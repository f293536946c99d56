import * as vscode from "vscode";
import type { Holiday } from "../../core/desk/desk";
import { noClosings, type ClosingsReading } from "../../core/duty/closing";
import type { Files } from "../../core/ports";
import type { HolidayRules } from "../../calendars/publicHolidays";

/** Reads what the calendars of a desk say. The libraries for it are loaded when a desk first names a calendar. */
export async function readCalendars(extension: vscode.Uri, holidays: readonly Holiday[], timezone: string, folder: string, files: Pick<Files, "read">): Promise<ClosingsReading> {
  if (holidays.every(({ kind }) => kind === "date")) return { closings: noClosings, problems: [] };
  const paths = holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  const texts = await Promise.all(paths.map(async (path) => [path, await files.read(folder === "" ? path : `${folder}/${path}`)] as const));
  const rules = holidays.some(({ kind }) => kind === "country") ? await readHolidayRules(extension) : undefined;
  const { readClosings } = await import("../../calendars/readClosings");
  return readClosings(holidays, new Map(texts.flatMap(([path, text]) => (text.kind === "ok" ? [[path, text.value] as const] : []))), timezone, rules);
}

/** The rules lie in a file beside the code, once for all extension hosts. */
async function readHolidayRules(extension: vscode.Uri): Promise<HolidayRules> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "dist/holidays.json"));
  const rules: HolidayRules = JSON.parse(new TextDecoder().decode(bytes));
  return rules;
}
