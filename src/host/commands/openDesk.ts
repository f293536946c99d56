import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { showFile } from "./input/showFile";

/** Opens desk.yml; where there is none, offers to create one. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { path } = session.desk.now();
  if (path !== undefined) {
    const line = typeof argument === "object" && argument !== null && "line" in argument && typeof argument.line === "number" ? argument.line : undefined;
    return showFile(session.folder, path, line);
  }
  const create = vscode.l10n.t("Create a Desk");
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t("This folder has no desk.yml; the defaults are in use."), create);
  if (chosen === create) await vscode.commands.executeCommand("responseDesk.desk.create");
  return undefined;
}
