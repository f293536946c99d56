import type * as vscode from "vscode";
import type { Holiday } from "../../core/desk/desk";
import { noClosings, type ClosingsReading } from "../../core/duty/closing";
import type { Files } from "../../core/ports";
import { evaluateBundle } from "./extensionBundle";

/** What the bundle `calendars.js` offers. */
type ReadClosings = (holidays: readonly Holiday[], texts: ReadonlyMap<string, string>, timezone: string) => ClosingsReading;

/** Reads what the calendars of a desk say; their libraries are read from the extension's own folder, once, when a desk first names one. */
export function calendars(extension: vscode.Uri): (holidays: readonly Holiday[], timezone: string, folder: string, files: Files) => Promise<ClosingsReading> {
  let loaded: Promise<ReadClosings> | undefined;
  return async (holidays, timezone, folder, files) => {
    if (holidays.every(({ kind }) => kind === "date")) return { closings: noClosings, problems: [] };
    const paths = holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
    const texts = await Promise.all(paths.map(async (path) => [path, await files.read(folder === "" ? path : `${folder}/${path}`)] as const));
    const readClosings = await (loaded ??= load(extension));
    return readClosings(holidays, new Map(texts.flatMap(([path, text]) => (text.kind === "ok" ? [[path, text.value] as const] : []))), timezone);
  };
}

async function load(extension: vscode.Uri): Promise<ReadClosings> {
  const module: { exports: { readClosings?: ReadClosings } } = { exports: {} };
  await evaluateBundle(extension, "calendars.js", module);
  const { readClosings } = module.exports;
  if (readClosings === undefined) throw new Error("dist/calendars.js has no readClosings.");
  return readClosings;
}
