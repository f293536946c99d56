/**
 * The workspace path that a path means which is written in the file at `from`: relative to its folder, or to the workspace
 * when it begins with `/`. `undefined` when it leads out of the workspace.
 */
export function resolvePath(from: string, written: string): string | undefined {
  const parts = written.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of written.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
