import * as vscode from "vscode";
import type { DeskSession, OpenSession } from "../session";

/** A file that is one of the desk's runbooks. */
export interface RunbookPlace {
  readonly session: DeskSession;
  /** From the workspace folder. */
  readonly path: string;
}

/** Tells which files are runbooks of the desk. */
export interface RunbookDocuments extends vscode.Disposable {
  /** Opens the desk if the file lies beside or below a `desk.yml`, or in `runbooks/`; for every other file nothing is read. */
  at(uri: vscode.Uri): Promise<RunbookPlace | undefined>;
  /** The same at once, if the desk is open already. */
  peek(uri: vscode.Uri): RunbookPlace | undefined;
  /** The desk that a path of the workspace folder belongs to, if it is open already. */
  peekPath(path: string): RunbookPlace | undefined;
  /** Fires when the desk was opened, and after anything on it changed. */
  readonly onDidChange: vscode.Event<void>;
}

export function runbookDocuments(open: OpenSession): RunbookDocuments {
  const changed = new vscode.EventEmitter<void>();
  const disposables: vscode.Disposable[] = [changed];
  let session: DeskSession | undefined;

  function peek(uri: vscode.Uri): RunbookPlace | undefined {
    if (session === undefined) return undefined;
    const path = workspacePath(session.folder, uri);
    return path !== undefined && inFolders(path, runbookFolders(session)) ? { session, path } : undefined;
  }

  return {
    peek,
    peekPath: (path) => (session !== undefined && inFolders(path, runbookFolders(session)) ? { session, path } : undefined),
    onDidChange: changed.event,
    async at(uri) {
      const folder = vscode.workspace.workspaceFolders?.[0];
      const path = folder === undefined ? undefined : workspacePath(folder, uri);
      if (folder === undefined || path === undefined || !/\.md$/i.test(path)) return undefined;
      if (session === undefined && (path.startsWith("runbooks/") || (await hasDeskAbove(folder, path)))) {
        const opened = await open();
        if (opened.kind === "ok" && session === undefined) {
          session = opened.value;
          disposables.push(session.onDidChange(() => changed.fire()));
          changed.fire();
        }
      }
      return peek(uri);
    },
    dispose: () => disposables.forEach((one) => one.dispose()),
  };
}

function runbookFolders(session: DeskSession): readonly string[] {
  return session.desk().desk.folders ?? [session.deskFolder() === "" ? "runbooks" : session.deskFolder()];
}

function inFolders(path: string, folders: readonly string[]): boolean {
  return /\.md$/i.test(path) && folders.some((folder) => folder === "" || path.startsWith(`${folder}/`));
}

async function hasDeskAbove(folder: vscode.WorkspaceFolder, path: string): Promise<boolean> {
  const parts = path.split("/").slice(0, -1);
  const found = await Promise.all([...parts.keys(), parts.length].map((depth) => exists(vscode.Uri.joinPath(folder.uri, ...parts.slice(0, depth), "desk.yml"))));
  return found.includes(true);
}

/** Whether there is such a file. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}

/** Path of a file from the workspace folder; `undefined` for one outside it. */
function workspacePath(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string | undefined {
  const root = `${folder.uri.path.replace(/\/$/, "")}/`;
  const inside = uri.scheme === folder.uri.scheme && uri.authority === folder.uri.authority && uri.path.startsWith(root);
  return inside ? uri.path.slice(root.length) : undefined;
}
