import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";

/** Reads the desk's issues again. */
export async function run({ session, working }: DeskTools): Promise<CommandEnd> {
  await working(vscode.l10n.t("Reading the desk…"), session.refresh());
  return session.store.failure();
}
