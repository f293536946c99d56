import * as vscode from "vscode";
import { isRunbookName } from "../../core/runbook/runbookFolders";
import type { DeskSession, OpenSession } from "../app/session";
import { pathIn } from "../platform/folderFiles";
import { followEvents } from "../platform/followEvents";

/** A file that is a runbook of the desk. */
export interface RunbookLocation {
  readonly session: DeskSession;
  /** Path as the desk uses it. */
  readonly path: string;
}

/** Finds out which files are runbooks of the desk. */
export interface RunbookDocuments extends vscode.Disposable {
  /** Opens the desk if the file is next to or below a `desk.yml`, or in `runbooks/`. Reads nothing for other files. */
  at(uri: vscode.Uri): Promise<RunbookLocation | undefined>;
  /** The same without waiting, if the desk is open. */
  peek(uri: vscode.Uri): RunbookLocation | undefined;
  /** The same by path, if the desk is open. */
  peekPath(path: string): RunbookLocation | undefined;
  /** Fires when the desk was opened, and after its configuration, its runbooks or its issue storage changed. */
  readonly onDidChange: vscode.Event<void>;
  /** Fires after issues of the desk changed. */
  readonly onDidChangeIssues: vscode.Event<DeskSession>;
}

/** Opens no desk before a file that may belong to one is requested. */
export function runbookDocuments(open: OpenSession, onDidOpenSession: vscode.Event<DeskSession>): RunbookDocuments {
  const changed = new vscode.EventEmitter<void>();
  const issuesChanged = new vscode.EventEmitter<DeskSession>();
  let session: DeskSession | undefined;
  let following: vscode.Disposable | undefined;

  function follow(desk: DeskSession): void {
    if (session === desk) return;
    session = desk;
    following?.dispose();
    following = vscode.Disposable.from(
      followEvents(() => changed.fire(), desk.desk.onDidChange, desk.runbooks.onDidChange, desk.account.onDidChange, desk.store.onDidChange),
      desk.issues.onDidChange(() => issuesChanged.fire(desk)),
    );
    changed.fire();
  }

  // Another desk may replace the current one.
  const replaced = onDidOpenSession((desk) => {
    if (session !== undefined) follow(desk);
  });

  function peek(uri: vscode.Uri): RunbookLocation | undefined {
    if (session === undefined) return undefined;
    const path = session.paths.pathOf(uri);
    return path !== undefined && session.runbooks.isRunbook(path) ? { session, path } : undefined;
  }

  return {
    peek,
    peekPath: (path) => (session?.runbooks.isRunbook(path) === true ? { session, path } : undefined),
    onDidChange: changed.event,
    onDidChangeIssues: issuesChanged.event,
    async at(uri) {
      if (!isRunbookName(uri.path)) return undefined;
      if (session === undefined && (await mayBeRunbook(uri))) {
        const opened = await open();
        if (opened.kind === "ok" && session === undefined) follow(opened.value);
      }
      return peek(uri);
    },
    dispose: () => vscode.Disposable.from(changed, issuesChanged, replaced, { dispose: () => following?.dispose() }).dispose(),
  };
}

async function mayBeRunbook(uri: vscode.Uri): Promise<boolean> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const path = pathIn(folder, uri);
    if (path !== undefined && (path.startsWith("runbooks/") || (await hasDeskAbove(folder, path)))) return true;
  }
  return false;
}

async function hasDeskAbove(folder: vscode.WorkspaceFolder, path: string): Promise<boolean> {
  const parts = path.split("/").slice(0, -1);
  const found = await Promise.all([...parts.keys(), parts.length].map((depth) => exists(vscode.Uri.joinPath(folder.uri, ...parts.slice(0, depth), "desk.yml"))));
  return found.includes(true);
}

/** Whether the file exists. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
