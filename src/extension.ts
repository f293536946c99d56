import * as vscode from "vscode";
import { failed, ok } from "./core/result";
import { registerCommands } from "./host/commands/register";
import { registerEditor } from "./host/editor/registerEditor";
import { registerPanels } from "./host/panels/registerPanels";
import { outputLog } from "./host/platform/outputLog";
import type { DeskSession, OpenSession } from "./host/session";
import { registerViews } from "./host/views/registerViews";

/** Registers everything and touches nothing: the desk is opened when a view, an editor or a command first needs it. */
export function activate(context: vscode.ExtensionContext): Pick<ReturnType<typeof registerEditor>, "extendMarkdownIt"> {
  const channel = vscode.window.createOutputChannel("Response Desk", { log: true });
  const opened = new vscode.EventEmitter<DeskSession>();
  const open = openOnce(context, channel, opened);
  const deps = { context, open, channel, onDidOpenSession: opened.event };
  context.subscriptions.push(channel, opened, registerCommands(deps), registerViews(deps), registerPanels(deps));
  const editor = registerEditor(deps);
  context.subscriptions.push(editor);
  return { extendMarkdownIt: editor.extendMarkdownIt };
}

function openOnce(context: vscode.ExtensionContext, channel: vscode.LogOutputChannel, opened: vscode.EventEmitter<DeskSession>): OpenSession {
  let session: Promise<DeskSession> | undefined;
  return async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (folder === undefined) return failed({ kind: "noFolder" });
    session ??= openFolder(context, folder, channel).then((desk) => {
      opened.fire(desk);
      return desk;
    });
    try {
      return ok(await session);
    } catch (error) {
      session = undefined;
      throw error;
    }
  };
}

async function openFolder(context: vscode.ExtensionContext, folder: vscode.WorkspaceFolder, channel: vscode.LogOutputChannel): Promise<DeskSession> {
  const [{ openSession }, { stepAlarms }, { handoffAlarms }] = await Promise.all([import("./host/openSession"), import("./host/stepAlarms"), import("./host/handoffAlarms")]);
  const session = await openSession(context, folder, outputLog(channel));
  context.subscriptions.push(session, stepAlarms(context, session), handoffAlarms(context, session));
  return session;
}
