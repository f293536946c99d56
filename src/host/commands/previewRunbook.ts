import * as vscode from "vscode";
import { failed, ok } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { chooseRunbook } from "./input/pickRunbook";

/** Opens a runbook in the Markdown preview. */
export async function run({ session }: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const runbook = await chooseRunbook(session, args, vscode.l10n.t("Preview runbook"), vscode.l10n.t("Which runbook?"));
  if (runbook === undefined) return undefined;
  const uri = session.paths.uriOf(runbook.path);
  if (uri === undefined) return failed({ kind: "outside", path: runbook.path });
  await vscode.commands.executeCommand("markdown.showPreview", uri);
  return ok(undefined);
}
