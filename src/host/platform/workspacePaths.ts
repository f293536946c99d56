import * as vscode from "vscode";
import { folderMark, folderMarks, withoutMark } from "../../core/model/paths";
import type { Files } from "../../core/model/ports";
import { readableText } from "./fileText";
import { folderFiles, pathIn, uriIn } from "./folderFiles";

/** Paths of files in all folders of a window: relative in the desk's folder, with the mark of the folder as prefix in the others. */
export interface WorkspacePaths {
  /** `undefined` for a file outside all folders. */
  pathOf(uri: vscode.Uri): string | undefined;
  /** `undefined` for a path that leads out of its folder. */
  uriOf(path: string): vscode.Uri | undefined;
  /** The workspace folder that contains a path. */
  folderOf(path: string): vscode.WorkspaceFolder;
  /** The other workspace folders, in the window's order. */
  others(): readonly { readonly path: string; readonly folder: vscode.WorkspaceFolder }[];
  /** Reads files by such paths. */
  readonly files: Pick<Files, "list" | "read">;
}

/** The paths of a window whose desk is in `home`. They follow changes of the window's folders. */
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

  /** If the folder was removed, the path resolves to nothing, because no folder is named like a mark. */
  function resolve(path: string): { readonly folder: vscode.WorkspaceFolder; readonly path: string } {
    const folder = folderOf(path);
    return { folder, path: folder === home ? path : withoutMark(path) };
  }

  const readable = (folder: vscode.WorkspaceFolder): Files => folderFiles(folder.uri, () => false, readableText);

  return {
    pathOf,
    folderOf,
    uriOf(path) {
      const { folder, path: below } = resolve(path);
      return uriIn(folder.uri, below);
    },
    // A folder inside the desk's folder already has relative paths.
    others: () => marked().map(({ mark, folder }) => ({ path: pathIn(home, folder.uri) ?? mark, folder })),
    files: {
      list(path) {
        const { folder, path: below } = resolve(path);
        return readable(folder).list(below);
      },
      read(path) {
        const { folder, path: below } = resolve(path);
        return readable(folder).read(below);
      },
    },
  };
}
