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

/** Tells the path of everything in a folder that comes or goes, other folders included. */
export function watchMoves(folder: vscode.WorkspaceFolder, moved: (path: string) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "**"), false, true);
  const tell = (uri: vscode.Uri): void => {
    const path = pathIn(folder, uri);
    if (path !== undefined) moved(path);
  };
  return vscode.Disposable.from(watcher, watcher.onDidCreate(tell), watcher.onDidDelete(tell));
}
