import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { isRunbookName } from "../core/runbook/runbookFolders";
import { unreadable, type FileProblem } from "./readText";

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
        if (isLookedInto(entry.name)) open.push(at);
      } else if (isRunbookName(entry.name) && (entry.isFile() || (entry.isSymbolicLink() && !(await leadsToFolder(at))))) found.push({ path: at });
    }
  }
  return found;
}

function isLookedInto(folder: string): boolean {
  return folder === ".github" || (!folder.startsWith(".") && folder !== "node_modules");
}

async function leadsToFolder(link: string): Promise<boolean> {
  return stat(link).then((target) => target.isDirectory(), () => false);
}
