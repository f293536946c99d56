import { existsSync } from "node:fs";
import path from "node:path";

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
