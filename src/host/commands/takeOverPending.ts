import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { choosePending } from "./pending/choosePending";
import { sayWithdrawal } from "./pending/sayWithdrawal";

/** Sends a change that another account asked for under the account that is signed in. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, {
    title: t("Send a pending change under your account"),
    placeholder: t("Which one? Those that somebody else asked for are shown."),
    suits: ({ failure }) => failure?.kind === "otherAccount",
  });
  if (chosen === undefined) return undefined;
  const me = await session.account.me();
  if (me === undefined) return undefined;
  return sayWithdrawal(await session.pending.changeAuthor(chosen.waiting.pending.key, me), chosen.name);
}
