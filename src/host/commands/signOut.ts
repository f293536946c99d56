import * as vscode from "vscode";
import { ok } from "../../core/result";
import { hostOf } from "../views/sayServer";
import type { CommandEnd, DeskTools } from "./command";

/** Forgets the token, or stops using the editor's account for this desk. What waits to be sent is kept. */
export async function run({ session }: DeskTools): Promise<CommandEnd> {
  const account = session.account.github();
  if (account === undefined) return ok(undefined);
  await account.signOut();
  await session.refresh();
  void vscode.window.setStatusBarMessage(vscode.l10n.t("$(sign-out) Signed out of {0}", hostOf(account.server)), 4000);
  return ok(undefined);
}
