import { existsSync } from "node:fs";
import path from "node:path";
import type { Desk } from "../core/desk/desk";
import { parseDesk, type DeskReading } from "../core/desk/parseDesk";
import { readText, type FileProblem } from "./readText";

/** A `desk.yml` and what is in it. */
export interface DeskFile {
  /** An absolute path. */
  readonly path: string;
  readonly desk: Desk | undefined;
  readonly problems: DeskReading["problems"];
  readonly fileProblems: readonly FileProblem[];
}

/** Gives the `desk.yml` beside or nearest above a folder, as far up as `root`. Each file is read once. */
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

/** What a `desk.yml` holds, and what is wrong in it. */
export async function readDesk(file: string): Promise<DeskFile> {
  const { text, problems: fileProblems } = await readText(file);
  const { desk, problems } = fileProblems.length > 0 ? { desk: undefined, problems: [] } : parseDesk(text);
  return { path: file, desk, problems, fileProblems };
}
