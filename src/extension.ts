import * as vscode from "vscode";
import { createDeskOpener, type DeskOpener } from "./host/app/deskOpener";
import { registerCommands } from "./host/commands/register";
import { registerEditor } from "./host/editor/registerEditor";
import { createNotices, registerNotifications } from "./host/notifications/registerNotifications";
import { registerPanels } from "./host/panels/registerPanels";
import { runInBackground } from "./host/platform/background";
import { registerViews } from "./host/views/registerViews";

/**
 * Registers everything and does no I/O. The desk is opened when a view, an editor or a command first needs it, and soon after the
 * start if there is a `desk.yml`.
 */
export function activate(context: vscode.ExtensionContext): Pick<ReturnType<typeof registerEditor>, "extendMarkdownIt"> {
  const channel = vscode.window.createOutputChannel("Response Desk", { log: true });
  const opener = createDeskOpener(context, createNotices(load), channel, load);
  const deps = { context, channel, load, open: opener.open, onDidOpenSession: opener.onDidOpen, whileOpen: opener.whileOpen };
  const editor = registerEditor(deps);
  context.subscriptions.push(channel, opener, registerCommands(deps), registerViews(deps), registerPanels(deps), registerNotifications(deps), editor);
  toClose.push(opener);
  runInBackground(opener.openIfConfigured());
  return { extendMarkdownIt: editor.extendMarkdownIt };
}

const load = (): Promise<typeof import("./host/onDemand")> => import("#onDemand");

/** `deactivate` is called without arguments, and VS Code waits for nothing else when it closes. */
const toClose: DeskOpener[] = [];

/** Sends what is delayed for undo, and waits for changes that are being sent. */
export function deactivate(): Promise<unknown> {
  return Promise.all(toClose.splice(0).map((opener) => opener.close()));
}
