import * as vscode from "vscode";
import { folderMark, folderMarks, withoutMark } from "../../core/model/paths";
import type { Files } from "../../core/model/ports";
import { readableText } from "./fileText";
import { folderFiles, pathIn, uriIn } from "./folderFiles";

/** Paths of files in all folders of a window: as they are in the desk's own folder, behind the folder's mark in every other. */
export interface WorkspacePaths {
  /** `undefined` for a file in none of the folders. */
  pathOf(uri: vscode.Uri): string | undefined;
  /** `undefined` for a path that leads out of its folder. */
  uriOf(path: string): vscode.Uri | undefined;
  /** The workspace folder that a path lies in. */
  folderOf(path: string): vscode.WorkspaceFolder;
  /** Where the further workspace folders are, in the window's order. */
  others(): readonly { readonly path: string; readonly folder: vscode.WorkspaceFolder }[];
  /** Reads the files behind such paths. */
  readonly files: Pick<Files, "list" | "read">;
}

/** The paths of a window whose desk is in `home`. They follow the window's folders. */
export function workspacePaths(home: vscode.WorkspaceFolder): WorkspacePaths {
  function marked(): readonly { readonly mark: string; readonly folder: vscode.WorkspaceFolder }[] {
    const further = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.toString() !== home.uri.toString());
    const marks = folderMarks(further.map(({ name }) => name));
    return further.map((folder, index) => ({ mark: marks[index] ?? "", folder }));
  }

  function pathOf(uri: vscode.Uri): string | undefined {
    const own = pathIn(home, uri);
    if (own !== undefined) return own;
    const inner = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
    const found = marked().find(({ folder }) => folder.uri.toString() === inner);
    const path = found === undefined ? undefined : pathIn(found.folder, uri);
    return found === undefined || path === undefined ? undefined : `${found.mark}/${path}`;
  }

  function folderOf(path: string): vscode.WorkspaceFolder {
    const mark = folderMark(path);
    return (mark === "" ? undefined : marked().find((each) => each.mark === mark)?.folder) ?? home;
  }

  /** A path whose folder is gone leads to nothing, as no folder is named like a mark. */
  function place(path: string): { readonly folder: vscode.WorkspaceFolder; readonly path: string } {
    const folder = folderOf(path);
    return { folder, path: folder === home ? path : withoutMark(path) };
  }

  const readable = (folder: vscode.WorkspaceFolder): Files => folderFiles(folder.uri, () => false, readableText);

  return {
    pathOf,
    folderOf,
    uriOf(path) {
      const { folder, path: below } = place(path);
      return uriIn(folder.uri, below);
    },
    // One inside the desk's own folder has paths there already.
    others: () => marked().map(({ mark, folder }) => ({ path: pathIn(home, folder.uri) ?? mark, folder })),
    files: {
      list(path) {
        const { folder, path: below } = place(path);
        return readable(folder).list(below);
      },
      read(path) {
        const { folder, path: below } = place(path);
        return readable(folder).read(below);
      },
    },
  };
}
