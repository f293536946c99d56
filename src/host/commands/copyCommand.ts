import * as vscode from "vscode";
import { scriptOf, typeable } from "../../core/shell/script";
import type { CommandEnd, DeskTools } from "./command";
import { chooseCommand } from "./shell/chooseCommand";
import { tellUnfit } from "./shell/tellUnfit";

/** Puts on the clipboard what a person would type of a shell block: without prompts and output, variables as they are written. */
export async function run({ session }: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const chosen = await chooseCommand(session, args, { title: vscode.l10n.t("Copy command"), placeholder: vscode.l10n.t("Of which runbook?") });
  if (chosen === undefined) return undefined;
  const script = scriptOf(chosen.command);
  const fit = typeable(script);
  if (fit.kind === "failed" && fit.failure.kind !== "tab") return tellUnfit(fit.failure, script);
  await vscode.env.clipboard.writeText(script);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("$(check) The command was copied"), 4000);
  return undefined;
}
