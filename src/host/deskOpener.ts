import * as vscode from "vscode";
import { coalesce } from "../core/model/queues";
import { failed, ok } from "../core/result";
import { outputLog } from "./platform/outputLog";
import type { DeskSession, OpenSession } from "./session";
import { runInBackground } from "./platform/background";

/** The desk of a window: opened on first need and kept, until another workspace folder's takes its place. */
export interface DeskOpener extends vscode.Disposable {
  readonly open: OpenSession;
  /** Fires when a desk was opened: the first one, or one in the place of another. */
  readonly onDidOpen: vscode.Event<DeskSession>;
}

interface Opened extends vscode.Disposable {
  readonly session: DeskSession;
}

/** Touches nothing before the desk is asked for. From then on it follows the window's folders, the `desk.yml` in them, and what the person chooses. */
export function deskOpener(context: vscode.ExtensionContext, channel: vscode.LogOutputChannel): DeskOpener {
  const didOpen = new vscode.EventEmitter<DeskSession>();
  const log = outputLog(channel);
  let opened: Promise<Opened> | undefined;

  async function begin(folder: vscode.WorkspaceFolder): Promise<Opened> {
    const [{ openSession }, { watchDuty }] = await Promise.all([import("./openSession"), import("./watchDuty")]);
    const session = await openSession(context, folder, log);
    const owned = vscode.Disposable.from(session, watchDuty(context, session));
    didOpen.fire(session);
    return { session, dispose: () => owned.dispose() };
  }

  async function choose(inUse?: vscode.WorkspaceFolder): Promise<vscode.WorkspaceFolder | undefined> {
    const { deskFolder } = await import("./platform/deskFolder");
    return deskFolder(context.workspaceState, inUse);
  }

  const open: OpenSession = async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    if (first === undefined) return failed({ kind: "noFolder" });
    const mine = (opened ??= choose().then((folder) => begin(folder ?? first)));
    try {
      return ok((await mine).session);
    } catch (error) {
      if (opened === mine) opened = undefined;
      throw error;
    }
  };

  /** Opens the desk of the folder that is now the one to use, if that is another than before. */
  async function reconsider(): Promise<void> {
    const before = await opened;
    if (before === undefined) return;
    const folder = await choose(before.session.folder);
    if (folder?.uri.toString() === before.session.folder.uri.toString()) return;
    opened = undefined;
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
    didOpen,
    desks,
    desks.onDidCreate(followSoon),
    vscode.workspace.onDidChangeWorkspaceFolders(followSoon),
    vscode.commands.registerCommand("responseDesk._desk.reconsider", follow),
  );

  return {
    open,
    onDidOpen: didOpen.event,
    dispose() {
      listening.dispose();
      runInBackground(opened?.then((one) => one.dispose(), () => undefined), log);
    },
  };
}
