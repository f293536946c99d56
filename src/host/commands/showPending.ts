import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { runInBackground } from "../platform/background";

/** Shows what waits to be written. */
export async function run({ session }: DeskTools): Promise<CommandEnd> {
  if (session.pending.waiting().length + session.pending.unreadable().length === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("Nothing waits to be written: every change has been made.")), session.log);
    return undefined;
  }
  await vscode.commands.executeCommand("responseDesk.pending.focus");
  return undefined;
}
