import * as vscode from "vscode";
import { runInBackground } from "../../core/model/background";
import { coalesce } from "../../core/model/queues";
import { failed, ok } from "../../core/model/result";
import { outputLog } from "../platform/ports";
import type { Notices } from "./notices";
import type { DeskSession, OpenSession } from "./session";

/** The desk of a window: opened on first need and kept, until another workspace folder's takes its place. */
export interface DeskOpener extends vscode.Disposable {
  readonly open: OpenSession;
  /** Opens the desk where there is a `desk.yml`: its team wants to see who is on call and what is due without opening a view. */
  openIfConfigured(): Promise<void>;
  /** Fires when a desk was opened: the first one, or one in the place of another. */
  readonly onDidOpen: vscode.Event<DeskSession>;
  readonly whileOpen: WhileOpen;
  /** Sends what the desks of this window hold for undo, and waits a few seconds at most for what is being sent. */
  close(): Promise<void>;
}

/** Calls `start` for each desk that is opened, and disposes of what it gives before the next one is opened or when none is open any more. */
export type WhileOpen = (start: (session: DeskSession) => vscode.Disposable | Promise<vscode.Disposable>) => vscode.Disposable;

/** Touches nothing before the desk is asked for. From then on it follows the window's folders, the `desk.yml` in them, and what the person chooses. */
export function createDeskOpener(context: vscode.ExtensionContext, notices: Notices, channel: vscode.LogOutputChannel): DeskOpener {
  const didOpen = new vscode.EventEmitter<DeskSession>();
  const didClose = new vscode.EventEmitter<void>();
  const log = outputLog(channel);
  const sessions: DeskSession[] = [];
  let opened: Promise<DeskSession> | undefined;

  async function begin(folder: vscode.WorkspaceFolder): Promise<DeskSession> {
    const { openSession } = await import("./openSession");
    const session = await openSession(context, folder, notices, log);
    sessions.push(session);
    didOpen.fire(session);
    return session;
  }

  async function choose(inUse?: vscode.WorkspaceFolder): Promise<vscode.WorkspaceFolder | undefined> {
    const { deskFolder } = await import("./deskFolder");
    return deskFolder(context.workspaceState, inUse);
  }

  const open: OpenSession = async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    if (first === undefined) return failed({ kind: "noFolder" });
    const mine = (opened ??= choose().then((folder) => begin(folder ?? first)));
    try {
      return ok(await mine);
    } catch (error) {
      if (opened === mine) opened = undefined;
      throw error;
    }
  };

  /** Opens the desk of the folder that is now the one to use, if that is another than before. */
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
