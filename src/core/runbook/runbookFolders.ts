import type { Desk } from "../model/desk";
import { folderMark } from "../model/paths";

/**
 * Folders of the workspace whose Markdown files are runbooks; `deskFolder` is the one that `desk.yml` stands in, `others` are
 * further workspace folders, in each of which the folders that the desk names hold runbooks, or else `runbooks`.
 */
export function runbookFolders(desk: Desk, deskFolder: string, others: readonly string[] = []): readonly string[] {
  const own = desk.folders ?? [deskFolder === "" ? "runbooks" : deskFolder];
  const further = others.flatMap((other) => (desk.folders ?? ["runbooks"]).map((folder) => (folder === "" ? other : `${other}/${folder}`)));
  return [...own, ...further];
}

/** Whether the file at a path of the workspace is a runbook, by its ending and the folders that hold them. */
export function isRunbookPath(path: string, folders: readonly string[]): boolean {
  return isRunbookName(path) && folders.some((folder) => (folder === "" ? folderMark(path) === "" : path.startsWith(`${folder}/`)));
}

/** Whether a file of that name is a runbook where runbooks are. */
export function isRunbookName(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}

/** Whether runbooks below the folders may have come or gone with what came or went at a path: a folder around or inside one of them. */
export function mayHoldRunbooks(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    if (folder === path || folder.startsWith(`${path}/`)) return true;
    const inside = folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
    return inside !== undefined && !inside.split("/").some((part) => part.startsWith(".") || part === "node_modules");
  });
}
