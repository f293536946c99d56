import { folderMark } from "./workspaceFolder";

/**
 * The workspace path that a path means which is written in the file at `from`: relative to its folder, or to its workspace
 * folder when it begins with `/`. `undefined` when it leads out of the workspace folder.
 */
export function resolvePath(from: string, written: string): string | undefined {
  const root = folderMark(from) === "" ? 0 : 1;
  const parts = from.split("/").slice(0, written.startsWith("/") ? root : -1);
  for (const part of written.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > root) parts.pop();
    else return undefined;
  }
  return parts.join("/");
}
