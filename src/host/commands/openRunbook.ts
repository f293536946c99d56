import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { chooseRunbook } from "./input/pickRunbook";
import { readRunbookTarget } from "./input/readTarget";
import { showRunbook } from "./input/showFile";

/** Opens a runbook in the editor, at its step when the argument names a line. */
export async function run({ session }: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const runbook = await chooseRunbook(session, args, vscode.l10n.t("Open runbook"), vscode.l10n.t("Which runbook?"));
  if (runbook === undefined) return undefined;
  return showRunbook(session, runbook.path, readRunbookTarget(args)?.line);
}
