import * as vscode from "vscode";

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
 * Tells of each place in a folder that concerns the caller when another folder came there, or when something went: what is
 * gone can no longer be asked whether it was a folder. Of a folder that went and came at once, as with a checkout, the editor
 * only says that it changed, and little of what is new in it.
 */
export function watchMoves(folder: vscode.WorkspaceFolder, concerns: (uri: vscode.Uri) => boolean, moved: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "**"));
  const came = async (uri: vscode.Uri): Promise<void> => {
    if (concerns(uri) && (await isFolder(uri))) moved();
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(came),
    watcher.onDidChange(came),
    watcher.onDidDelete((uri) => {
      if (concerns(uri)) moved();
    }),
  );
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  // What is gone again, or may not be looked at, is nothing to read.
  const { type } = await vscode.workspace.fs.stat(uri).then((found) => found, () => ({ type: vscode.FileType.Unknown }));
  return (type & vscode.FileType.Directory) !== 0;
}

/** Watches every workspace folder, also those that come later, and tells when folders came or went. */
export function watchWorkspace(watch: (folder: vscode.WorkspaceFolder) => vscode.Disposable, moved: () => void): vscode.Disposable {
  const watching = new Map<string, vscode.Disposable>();
  const add = (folder: vscode.WorkspaceFolder): void => void watching.set(folder.uri.toString(), watch(folder));
  vscode.workspace.workspaceFolders?.forEach(add);
  const changes = vscode.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    for (const { uri } of removed) {
      watching.get(uri.toString())?.dispose();
      watching.delete(uri.toString());
    }
    added.forEach(add);
    moved();
  });
  return { dispose: () => [changes, ...watching.values()].forEach((each) => each.dispose()) };
}
