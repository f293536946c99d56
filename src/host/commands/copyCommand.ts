import * as vscode from "vscode";
import { runnable } from "../../core/shell/script";
import type { CommandEnd, DeskTools } from "./command";
import { chooseCommand, chooseScript } from "./shell/chooseCommand";
import { tellUnfit } from "./shell/tellUnfit";

/** Puts on the clipboard what a person would type of a shell block: without prompts and output, variables as they are written. */
export async function run({ session }: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const title = vscode.l10n.t("Copy command");
  const chosen = await chooseCommand(session, args, { title, placeholder: vscode.l10n.t("Of which runbook?") });
  const block = chosen === undefined ? undefined : await chooseScript(chosen, title);
  if (block === undefined) return undefined;
  const fit = runnable(block.script);
  if (fit.kind === "failed") return tellUnfit(fit.failure, block.script);
  await vscode.env.clipboard.writeText(block.script);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("$(check) The command was copied"), 4000);
  return undefined;
}
