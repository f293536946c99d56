import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { describeDeskProblem } from "../core/desk/deskMessages";
import { type DeskReading, parseDesk } from "../core/desk/parseDesk";
import type { Desk } from "../core/model/desk";
import { sameName } from "../core/model/names";
import { failed, ok, type Result } from "../core/model/result";
import { type FileProblem, readText } from "./files";
import { formatMessage } from "./output";

/** A `desk.yml` and the desk read from it. */
export interface DeskFile {
  /** An absolute path. */
  readonly path: string;
  readonly desk: Desk | undefined;
  readonly problems: DeskReading["problems"];
  readonly fileProblems: readonly FileProblem[];
}

/** Finds the nearest `desk.yml` in a folder or its parents, up to `root`. Each file is read once. */
export function deskFinder(root: string): (folder: string) => Promise<DeskFile | undefined> {
  const known = new Map<string, Promise<DeskFile | undefined>>();
  const find = (folder: string): Promise<DeskFile | undefined> => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const file = path.join(folder, "desk.yml");
    const found = existsSync(file) ? readDesk(file) : folder === root || path.dirname(folder) === folder ? Promise.resolve(undefined) : find(path.dirname(folder));
    known.set(folder, found);
    return found;
  };
  return find;
}

async function readDesk(file: string): Promise<DeskFile> {
  const { text, problems: fileProblems } = await readText(file);
  const { desk, problems } = fileProblems.length > 0 ? { desk: undefined, problems: [] } : parseDesk(text);
  return { path: file, desk, problems, fileProblems };
}

/** The desk in a folder, or a sentence that explains why there is none. `typed` is the folder as it was typed. */
export async function readDeskIn(folder: string, typed: string): Promise<Result<Desk, string>> {
  const file = path.join(folder, "desk.yml");
  if (!existsSync(folder)) return failed(formatMessage("The folder “{0}” does not exist.", folder));
  if (!statSync(folder).isDirectory()) return failed(formatMessage("“{0}” is not a folder. Specify the folder that contains desk.yml: --desk <folder>", typed));
  if (!existsSync(file)) return failed(formatMessage("There is no desk.yml in “{0}”. Specify the folder that contains one: --desk <folder>", typed));
  const { desk, problems, fileProblems } = await readDesk(file);
  if (desk !== undefined) return ok(desk);
  const flaw = problems.find(({ severity }) => severity === "error");
  if (flaw !== undefined) return failed(formatMessage("The desk.yml in “{0}” cannot be used. Line {1}: {2}", typed, String(flaw.range.startLine + 1), describeDeskProblem(flaw, formatMessage)));
  return failed(formatMessage("The desk.yml in “{0}” cannot be read ({1}).", typed, fileProblems[0]?.details["reason"] ?? "it is not valid UTF-8"));
}

/** The kind or priority with a name as it was typed. Fails with the names that there are. */
export function findNamed<T extends { readonly name: string }>(all: readonly T[], typed: string, what: "kind" | "priority"): Result<T, string> {
  const found = all.find(({ name }) => sameName(name, typed));
  return found === undefined ? failed(formatMessage(`The desk has no ${what} “{0}”. It has: {1}.`, typed, all.map(({ name }) => name).join(", "))) : ok(found);
}
