import * as vscode from "vscode";
import { registerCommands } from "./host/commands/register";
import { deskOpener } from "./host/deskOpener";
import { registerEditor } from "./host/editor/registerEditor";
import { registerPanels } from "./host/panels/registerPanels";
import type { DeskSession, OpenSession } from "./host/session";
import { registerViews } from "./host/views/registerViews";
import { runInBackground } from "./host/platform/background";

/** Registers everything and touches nothing: the desk is opened when a view, an editor or a command first needs it, and soon after the start where there is one to watch. */
export function activate(context: vscode.ExtensionContext): Pick<ReturnType<typeof registerEditor>, "extendMarkdownIt"> {
  const channel = vscode.window.createOutputChannel("Response Desk", { log: true });
  const desk = deskOpener(context, channel);
  const deps = { context, open: desk.open, channel, onDidOpenSession: desk.onDidOpen };
  context.subscriptions.push(channel, desk, desk.onDidOpen((session) => openSessions.push(session)), registerCommands(deps), registerViews(deps), registerPanels(deps));
  const editor = registerEditor(deps);
  context.subscriptions.push(editor);
  runInBackground(openWhereConfigured(desk.open));
  return { extendMarkdownIt: editor.extendMarkdownIt };
}

/** For `deactivate`, to which the editor gives nothing that it could find them by. */
const openSessions: DeskSession[] = [];
/** Sends what is still held for undo, and waits for what is being sent. */
export async function deactivate(): Promise<void> {
  await Promise.all(openSessions.splice(0).map((session) => session.close()));
}

/** A team that wrote a `desk.yml` wants to see who is on duty and what is due without opening a view. */
async function openWhereConfigured(open: OpenSession): Promise<void> {
  const [found] = await vscode.workspace.findFiles("**/desk.yml", "**/{node_modules,.*}/**", 1);
  if (found !== undefined) await open();
}
