import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { containedFiles } from "../core/model/paths";
import type { FileEntry, Files } from "../core/model/ports";
import { type Problem, textStart } from "../core/model/problem";
import { failed, ok } from "../core/model/result";
import { isRunbookName } from "../core/runbook/runbookFolders";

/** A Markdown file, or a folder that cannot be read. */
export interface Found {
  /** An absolute path. */
  readonly path: string;
  readonly problem?: FileProblem;
}

/**
 * All Markdown files below a folder, in no particular order. Skips `node_modules` and folders whose names start with a
 * dot, except `.github`. Does not follow links to folders.
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
      } else if (isRunbookName(entry.name) && (entry.isFile() || (entry.isSymbolicLink() && !(await isLinkToFolder(at))))) found.push({ path: at });
    }
  }
  return found;
}

function isSearchedFolder(folder: string): boolean {
  return folder === ".github" || (!folder.startsWith(".") && folder !== "node_modules");
}

async function isLinkToFolder(link: string): Promise<boolean> {
  return stat(link).then((target) => target.isDirectory(), () => false);
}

/** The root of the repository that contains a folder, or the folder itself. Links in runbooks that start with `/` are relative to it. */
export function findRoot(folder: string): string {
  return repositoryAround(folder) ?? folder;
}

/** Whether a folder is in a Git repository. */
export function isInRepository(folder: string): boolean {
  return repositoryAround(folder) !== undefined;
}

function repositoryAround(folder: string): string | undefined {
  return nearestFolder(folder, (at) => existsSync(path.join(at, ".git")));
}

/** The nearest folder that suits: the folder itself, or one above it. */
export function nearestFolder(folder: string, suits: (at: string) => boolean): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (suits(at)) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

/** The deepest folder that contains all these folders. */
export function commonFolder(folders: readonly string[]): string {
  const [first = path.sep, ...others] = folders;
  let common = first;
  while (!others.every((folder) => isWithin(folder, common))) common = path.dirname(common);
  return common;
}

function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Why a file cannot be read correctly. */
export type FileProblem = Problem<"unreadable" | "notUtf8">;

/** The text of a file. Bytes that are not UTF-8 are replaced, and a file that cannot be read is empty; both are reported as problems. */
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

/** The texts of files below a folder by their paths. Files that cannot be read are absent. */
export async function readTexts(folder: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(files.map(async (file) => [file, await readText(path.join(folder, file))] as const));
  return new Map(texts.flatMap(([file, { text, problems }]) => (problems.some(({ code }) => code === "unreadable") ? [] : [[file, text] as const])));
}

function unreadable(error: unknown): FileProblem {
  return { severity: "error", code: "unreadable", range: textStart, details: { reason: codeOf(error) } };
}

/** The code of an error of the system, such as `ENOENT`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

/** The files below a folder, for reading only. */
export function readOnlyFiles(folder: string): Files {
  const at = (name: string): string => path.join(folder, name);
  return containedFiles(
    {
      async list(name) {
        try {
          const entries = await readdir(at(name), { withFileTypes: true });
          const found = await Promise.all(entries.map(async (entry): Promise<readonly FileEntry[]> => {
            const target = entry.isSymbolicLink() ? await stat(path.join(at(name), entry.name)).catch(() => undefined) : entry;
            return target === undefined ? [] : target.isDirectory() ? [{ name: entry.name, kind: "folder" }] : target.isFile() ? [{ name: entry.name, kind: "file" }] : [];
          }));
          return ok(found.flat());
        } catch (error) {
          return codeOf(error) === "ENOENT" ? ok([]) : failed({ kind: "unreadable", path: name, reason: codeOf(error) });
        }
      },
      async read(name) {
        try {
          return ok(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await readFile(at(name))));
        } catch (error) {
          return failed(codeOf(error) === "ENOENT" ? { kind: "missing", path: name } : { kind: "unreadable", path: name, reason: codeOf(error) });
        }
      },
      write: async (name) => failed({ kind: "unwritable", path: name, reason: "readOnly" }),
      move: async (name) => failed({ kind: "unwritable", path: name, reason: "readOnly" }),
      remove: async (name) => failed({ kind: "unwritable", path: name, reason: "readOnly" }),
    },
    { windows: process.platform === "win32" },
  );
}
