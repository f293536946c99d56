import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { failed, ok, type Result } from "../core/model/result";
import { isRunbookName } from "../core/runbook/runbookFolders";
import { checkFiles } from "./checkFiles";
import { commonFolder, findFiles, findRoot, type Found } from "./files";
import type { ReportFormat } from "./readArguments";
import { jsonReport, type Report, sarifReport, textReport } from "./reports";

/** What to check, and from where. */
interface CheckRequest {
  /** Folders and Markdown files, relative to `from`. */
  readonly targets: readonly string[];
  readonly format: ReportFormat;
  /** The folder in which the command was called. */
  readonly from: string;
}

/** Checks all runbooks below the targets and writes the report. Returns the number of errors, or why the check is not possible. */
export async function check({ targets, format, from }: CheckRequest, write: (text: string) => Promise<void>): Promise<Result<number, string>> {
  const locations = targets.map((target) => path.resolve(from, target));
  for (const [index, location] of locations.entries()) {
    const flaw = flawOf(location, targets[index] ?? "", from);
    if (flaw !== undefined) return failed(flaw);
  }
  const base = commonFolder(locations.map((location) => (isFolder(location) ? location : path.dirname(location))));
  const root = findRoot(base);
  const report = reportOf(format, { root, base, typed: isFolder(locations[0] ?? "") && locations.length === 1 ? (targets[0] ?? "") : path.relative(from, base) });

  const counts = { files: 0, error: 0, warning: 0, information: 0 };
  await write(report.start);
  for await (const file of checkFiles(await filesOf(locations), root)) {
    if (file.runbook !== undefined) counts.files += 1;
    for (const { severity } of file.problems) counts[severity] += 1;
    const text = report.file(file);
    if (text !== "") await write(text);
  }
  await write(report.end(counts));
  return ok(counts.error);
}

function flawOf(location: string, typed: string, from: string): string | undefined {
  if (!existsSync(location)) return `The folder “${typed}” does not exist. Paths are relative to ${from}.`;
  if (isFolder(location) || (statSync(location).isFile() && isRunbookName(location))) return undefined;
  return `“${typed}” is not a folder or a Markdown file. Use: desk check <folder>`;
}

function isFolder(location: string): boolean {
  return statSync(location).isDirectory();
}

async function filesOf(locations: readonly string[]): Promise<readonly Found[]> {
  const found = await Promise.all(locations.map((location) => (isFolder(location) ? findFiles(location) : [{ path: location }])));
  const byPath = new Map(found.flat().map((file) => [file.path, file]));
  return [...byPath.values()];
}

interface Locations {
  readonly root: string;
  /** The folder that paths in the report are relative to. */
  readonly base: string;
  /** The same folder as it was typed, or relative to the folder in which the command was called. */
  readonly typed: string;
}

function reportOf(format: ReportFormat, { root, base, typed }: Locations): Report {
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
