import * as vscode from "vscode";
import type { HolidayRules } from "../../calendars/readClosures";
import { type ClosuresReading, noClosures } from "../../core/calendar/holidays";
import type { Holiday } from "../../core/model/desk";
import type { Files } from "../../core/model/ports";

/** Reads the calendars of a desk. Loads the libraries when a desk first names a calendar. */
export async function readCalendars(extension: vscode.Uri, holidays: readonly Holiday[], timezone: string, folder: string, files: Pick<Files, "read">): Promise<ClosuresReading> {
  if (holidays.every(({ kind }) => kind === "date")) return { closures: noClosures, problems: [] };
  const paths = holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  const texts = await Promise.all(paths.map(async (path) => [path, await files.read(folder === "" ? path : `${folder}/${path}`)] as const));
  const rules = holidays.some(({ kind }) => kind === "country") ? await readHolidayRules(extension) : undefined;
  const { readClosures } = await import("../../calendars/readClosures");
  return readClosures(holidays, new Map(texts.flatMap(([path, text]) => (text.kind === "ok" ? [[path, text.value] as const] : []))), timezone, rules);
}

/** The rules are a file next to the code, so that both builds share one copy. */
async function readHolidayRules(extension: vscode.Uri): Promise<HolidayRules> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "dist/holidays.json"));
  const rules: HolidayRules = JSON.parse(new TextDecoder().decode(bytes));
  return rules;
}
