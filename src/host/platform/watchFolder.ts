import * as vscode from "vscode";
import { pathIn } from "./folderPaths";

/** Tells of files of a folder that match the pattern; `listed` when one came or went. */
export function watchFolder(folder: vscode.WorkspaceFolder, pattern: string, changed: (uri: vscode.Uri, listed: boolean) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern));
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange((uri) => changed(uri, false)),
    watcher.onDidCreate((uri) => changed(uri, true)),
    watcher.onDidDelete((uri) => changed(uri, true)),
  );
}

/**
 * Tells of each path of a folder that concerns the caller when another folder came there, or when something went: what is
 * gone can no longer be asked whether it was a folder.
 */
export function watchMoves(folder: vscode.WorkspaceFolder, concerns: (path: string) => boolean, moved: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "**"), false, true);
  const isConcern = (uri: vscode.Uri): boolean => {
    const path = pathIn(folder, uri);
    return path !== undefined && concerns(path);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(async (uri) => {
      if (isConcern(uri) && (await isFolder(uri))) moved();
    }),
    watcher.onDidDelete((uri) => {
      if (isConcern(uri)) moved();
    }),
  );
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  // What is gone again, or may not be looked at, is nothing to read.
  const { type } = await vscode.workspace.fs.stat(uri).then((found) => found, () => ({ type: vscode.FileType.Unknown }));
  return (type & vscode.FileType.Directory) !== 0;
}
