import * as vscode from "vscode";

/** Reports changes of files in a folder that match the pattern; `listed` when one was added or removed. */
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
 * Reports folders that were added and paths that were removed, if they concern the caller. A removed path can no longer be
 * checked for being a folder. For a folder that is removed and added at once, as by a checkout, VS Code reports only a change,
 * and little about the files inside.
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
  // Ignore what was removed meanwhile or cannot be accessed.
  const { type } = await vscode.workspace.fs.stat(uri).then((found) => found, () => ({ type: vscode.FileType.Unknown }));
  return (type & vscode.FileType.Directory) !== 0;
}

/** Watches every workspace folder, including those added later, and reports when folders are added or removed. */
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
