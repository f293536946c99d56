import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { failed, ok, type Result } from "../core/result";
import { isRunbookName } from "../core/runbook/runbookFolders";
import { checkFiles } from "./checkFiles";
import { findFiles, type Found } from "./findFiles";
import { commonFolder, findRoot } from "./findRoot";
import { jsonReport } from "./jsonReport";
import type { ReportFormat } from "./readArguments";
import type { Report } from "./report";
import { sarifReport } from "./sarifReport";
import { textReport } from "./textReport";

/** What a check is asked for, and where it is asked. */
export interface CheckRequest {
  /** Folders and Markdown files, from `from`. */
  readonly targets: readonly string[];
  readonly format: ReportFormat;
  /** The folder the person stands in. */
  readonly from: string;
}

/** Checks all runbooks below the targets and writes the report; gives how many errors there are, or why it cannot be done. */
export async function check({ targets, format, from }: CheckRequest, write: (text: string) => Promise<void>): Promise<Result<number, string>> {
  const places = targets.map((target) => path.resolve(from, target));
  for (const [index, place] of places.entries()) {
    const flaw = flawOf(place, targets[index] ?? "", from);
    if (flaw !== undefined) return failed(flaw);
  }
  const base = commonFolder(places.map((place) => (isFolder(place) ? place : path.dirname(place))));
  const root = findRoot(base);
  const report = reportOf(format, { root, base, typed: isFolder(places[0] ?? "") && places.length === 1 ? (targets[0] ?? "") : path.relative(from, base) });

  const counts = { files: 0, error: 0, warning: 0, information: 0 };
  await write(report.start);
  for await (const file of checkFiles(await filesOf(places), root)) {
    if (file.runbook !== undefined) counts.files += 1;
    for (const { severity } of file.problems) counts[severity] += 1;
    const text = report.file(file);
    if (text !== "") await write(text);
  }
  await write(report.end(counts));
  return ok(counts.error);
}

function flawOf(place: string, typed: string, from: string): string | undefined {
  if (!existsSync(place)) return `There is no folder “${typed}”. Paths start from ${from}.`;
  if (isFolder(place) || (statSync(place).isFile() && isRunbookName(place))) return undefined;
  return `“${typed}” is neither a folder nor a Markdown file. Write: desk check <folder>`;
}

function isFolder(place: string): boolean {
  return statSync(place).isDirectory();
}

async function filesOf(places: readonly string[]): Promise<readonly Found[]> {
  const found = await Promise.all(places.map((place) => (isFolder(place) ? findFiles(place) : [{ path: place }])));
  const byPath = new Map(found.flat().map((file) => [file.path, file]));
  return [...byPath.values()];
}

interface Places {
  readonly root: string;
  /** What paths in the report start from. */
  readonly base: string;
  /** The same as it was typed, or from where the person stands. */
  readonly typed: string;
}

function reportOf(format: ReportFormat, { root, base, typed }: Places): Report {
  const fromBase = (name: string): string => path.relative(base, path.join(root, name)).split(path.sep).join("/");
  switch (format) {
    case "json":
      return jsonReport((name) => fromBase(name) || ".");
    case "sarif":
      return sarifReport();
    case "text":
      return textReport((name) => path.join(typed, fromBase(name)).split(path.sep).join("/"));
  }
}
