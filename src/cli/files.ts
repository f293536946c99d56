import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type Problem, textStart } from "../core/model/problem";
import { isRunbookName } from "../core/runbook/runbookFolders";

/** A runbook that was found, or a folder that could not be looked into. */
export interface Found {
  /** An absolute path. */
  readonly path: string;
  readonly problem?: FileProblem;
}

/**
 * All Markdown files below a folder, in no order. Left out are `node_modules` and folders whose names begin with a
 * dot, except `.github`; links to other folders are not followed.
 */
export async function findFiles(folder: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const entries = await readdir(next, { withFileTypes: true }).catch((error: unknown) => error);
    if (!Array.isArray(entries)) {
      found.push({ path: next, problem: unreadable(entries) });
      continue;
    }
    for (const entry of entries) {
      const at = path.join(next, entry.name);
      if (entry.isDirectory()) {
        if (isSearchedFolder(entry.name)) open.push(at);
      } else if (isRunbookName(entry.name) && (entry.isFile() || (entry.isSymbolicLink() && !(await leadsToFolder(at))))) found.push({ path: at });
    }
  }
  return found;
}

function isSearchedFolder(folder: string): boolean {
  return folder === ".github" || (!folder.startsWith(".") && folder !== "node_modules");
}

async function leadsToFolder(link: string): Promise<boolean> {
  return stat(link).then((target) => target.isDirectory(), () => false);
}

/** The repository that a folder lies in, else the folder itself: what links of its runbooks that begin with `/` start from. */
export function findRoot(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return at;
    if (path.dirname(at) === at) return folder;
  }
}

/** The innermost folder that all these folders lie in. */
export function commonFolder(folders: readonly string[]): string {
  const [first = path.sep, ...others] = folders;
  let common = first;
  while (!others.every((folder) => isWithin(folder, common))) common = path.dirname(common);
  return common;
}

function isWithin(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** Why a file could not be read as it is. */
export type FileProblem = Problem<"unreadable" | "notUtf8">;

/** A file's text. What is not UTF-8 is replaced, what cannot be read at all is empty; both are then a problem. */
export async function readText(file: string): Promise<{ readonly text: string; readonly problems: readonly FileProblem[] }> {
  const bytes = await readFile(file).catch((error: unknown) => error);
  if (!(bytes instanceof Uint8Array)) return { text: "", problems: [unreadable(bytes)] };
  try {
    return { text: new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes), problems: [] };
  } catch {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const before = text.slice(0, text.indexOf("\uFFFD")).split(/\r\n?|\n/);
    const position = { line: before.length - 1, column: before.at(-1)?.length ?? 0 };
    return {
      text,
      problems: [{ severity: "error", code: "notUtf8", range: { startLine: position.line, startColumn: position.column, endLine: position.line, endColumn: position.column + 1 }, details: {} }],
    };
  }
}

/** The problem of a file or folder that could not be opened. */
function unreadable(error: unknown): FileProblem {
  const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return { severity: "error", code: "unreadable", range: textStart, details: { reason } };
}
