import * as vscode from "vscode";
import { exportRun } from "../../core/runbook/exportRun";
import type { CommandEnd, DeskTools } from "./command";
import { chooseRun } from "./input/chooseRun";

/** Opens a checklist with all that was done at it as a Markdown text of its own, to be saved or sent. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const chosen = await chooseRun(session, argument, vscode.l10n.t("Export a checklist"));
  if (chosen === undefined) return undefined;
  const content = exportRun(chosen.run, chosen.ref, session.issues.find(chosen.ref)?.title ?? "");
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document, { preview: false });
  return undefined;
}
