import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { choosePending } from "./pending/choosePending";

/** Tries to write a pending change now. */
export async function run({ session, working }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, { title: t("Try a pending change again"), placeholder: t("Which one?") });
  if (chosen === undefined) return undefined;
  return working(t("Trying again…"), session.pending.retry(chosen.waiting.pending.key));
}
