import * as vscode from "vscode";
import { coalesce, runInBackground } from "../../core/model/queues";
import { failed, ok } from "../../core/model/result";
import { outputLog } from "../platform/ports";
import type { Notices } from "./notices";
import type { DeskSession, OpenSession } from "./session";

/** The desk of a window: opened when first needed, and replaced when another workspace folder's desk is used. */
export interface DeskOpener extends vscode.Disposable {
  readonly open: OpenSession;
  /** Opens the desk if there is a `desk.yml`, so that the status bar shows who is on call without an open view. */
  openIfConfigured(): Promise<void>;
  /** Fires when a desk was opened: the first, or one that replaces another. */
  readonly onDidOpen: vscode.Event<DeskSession>;
  readonly whileOpen: WhileOpen;
  /** Sends changes that are delayed for undo, and waits a few seconds at most for the changes that are being sent. */
  close(): Promise<void>;
}

/** Calls `start` for each desk that is opened. Disposes of the result before the next desk is opened and when the window closes. */
export type WhileOpen = (start: (session: DeskSession) => vscode.Disposable | Promise<vscode.Disposable>) => vscode.Disposable;

/** The code that opens a desk, loaded when one is first needed. */
type SessionCode = Pick<typeof import("./openSession"), "openSession"> & Pick<typeof import("./deskFolder"), "deskFolder">;

/** Opens no desk before it is needed. After that, follows the window's folders, their `desk.yml` files and the user's choice. */
export function createDeskOpener(context: vscode.ExtensionContext, notices: Notices, channel: vscode.LogOutputChannel, load: () => Promise<SessionCode>): DeskOpener {
  const didOpen = new vscode.EventEmitter<DeskSession>();
  const didClose = new vscode.EventEmitter<void>();
  const log = outputLog(channel);
  const sessions: DeskSession[] = [];
  let opened: Promise<DeskSession> | undefined;

  async function openFolder(folder: vscode.WorkspaceFolder): Promise<DeskSession> {
    const { openSession } = await load();
    const session = await openSession(context, folder, notices, log);
    sessions.push(session);
    didOpen.fire(session);
    return session;
  }

  async function choose(inUse?: vscode.WorkspaceFolder): Promise<vscode.WorkspaceFolder | undefined> {
    const { deskFolder } = await load();
    return deskFolder(context.workspaceState, inUse);
  }

  const open: OpenSession = async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    if (first === undefined) return failed({ kind: "noFolder" });
    const opening = (opened ??= choose().then((folder) => openFolder(folder ?? first)));
    try {
      return ok(await opening);
    } catch (error) {
      if (opened === opening) opened = undefined;
      throw error;
    }
  };

  /** Opens the desk of the folder to use now, if it is not the current one. */
  async function reconsider(): Promise<void> {
    const before = await opened;
    if (before === undefined) return;
    const folder = await choose(before.folder);
    if (folder?.uri.toString() === before.folder.uri.toString()) return;
    opened = undefined;
    didClose.fire();
    before.dispose();
    if (folder === undefined) return;
    log.info(`The desk is now that of the folder ${folder.name}`);
    await open();
  }

  const follow = coalesce(async () => {
    try {
      await reconsider();
    } catch (error) {
      log.error(`The desk's folder could not be changed: ${String(error)}`);
    }
  });
  const followSoon = (): void => runInBackground(follow(), log);
  const desks = vscode.workspace.createFileSystemWatcher("**/desk.yml", false, true, true);
  const listening = vscode.Disposable.from(
    desks,
    desks.onDidCreate(followSoon),
    vscode.workspace.onDidChangeWorkspaceFolders(followSoon),
    vscode.commands.registerCommand("responseDesk._desk.reconsider", follow),
  );

  return {
    open,
    async openIfConfigured() {
      const [found] = await vscode.workspace.findFiles("**/desk.yml", "**/{node_modules,.*}/**", 1);
      if (found !== undefined) await open();
    },
    onDidOpen: didOpen.event,
    whileOpen: (start) => whileOpen(didOpen.event, didClose.event, start),
    close: () => Promise.all(sessions.splice(0).map((session) => session.close())).then(() => undefined),
    dispose() {
      didClose.fire();
      vscode.Disposable.from(listening, didOpen, didClose).dispose();
      runInBackground(opened?.then((session) => session.dispose(), () => undefined), log);
    },
  };
}

function whileOpen(onDidOpen: vscode.Event<DeskSession>, onDidClose: vscode.Event<void>, start: Parameters<WhileOpen>[0]): vscode.Disposable {
  let current: DeskSession | undefined;
  let running: vscode.Disposable | undefined;

  function end(): void {
    current = undefined;
    running?.dispose();
    running = undefined;
  }

  async function begin(session: DeskSession): Promise<void> {
    end();
    current = session;
    const made = await start(session);
    if (current === session) running = made;
    else made.dispose();
  }

  return vscode.Disposable.from(onDidOpen((session) => runInBackground(begin(session), session.log)), onDidClose(end), { dispose: end });
}
