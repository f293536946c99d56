import type { Desk } from "../model/desk";
import { folderMark } from "../model/paths";

/**
 * The runbook folders of the workspace. `deskFolder` contains `desk.yml`. `others` are additional workspace folders, which use
 * the folders that the desk lists, or `runbooks`.
 */
export function runbookFolders(desk: Desk, deskFolder: string, others: readonly string[] = []): readonly string[] {
  const own = desk.folders ?? [deskFolder === "" ? "runbooks" : deskFolder];
  const further = others.flatMap((other) => (desk.folders ?? ["runbooks"]).map((folder) => (folder === "" ? other : `${other}/${folder}`)));
  return [...own, ...further];
}

/** Whether a workspace path is a runbook, by its extension and the runbook folders. */
export function isRunbookPath(path: string, folders: readonly string[]): boolean {
  return isRunbookName(path) && folders.some((folder) => (folder === "" ? folderMark(path) === "" : path.startsWith(`${folder}/`)));
}

/** Whether a file with that name in a runbook folder is a runbook. */
export function isRunbookName(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}

/** Whether creating or deleting this path can add or remove runbooks: it is a runbook folder, inside one, or a parent of one. */
export function mayHoldRunbooks(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    if (folder === path || folder.startsWith(`${path}/`)) return true;
    const inside = folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
    return inside !== undefined && !inside.split("/").some((part) => part.startsWith(".") || part === "node_modules");
  });
}
