import * as vscode from "vscode";
import { ok } from "../../core/result";
import { formatRef } from "../../core/issue/issueRef";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue } from "./input/pickIssue";

/** Puts the reference that works in every issue and mail on the clipboard, as in `acme/desk#12`. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const ref = await chooseIssue(session, argument, { title: vscode.l10n.t("Copy issue reference"), placeholder: vscode.l10n.t("Of which issue?") });
  if (ref === undefined) return undefined;
  const text = formatRef(ref, "");
  await vscode.env.clipboard.writeText(text);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", text), 3000);
  return ok(undefined);
}
