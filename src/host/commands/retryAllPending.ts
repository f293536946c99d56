import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";

/** Tries to write all pending changes now. */
export async function run({ session, working }: DeskTools): Promise<CommandEnd> {
  return working(vscode.l10n.t("Trying again…"), session.pending.retry());
}
