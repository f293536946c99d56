import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue } from "./input/pickIssue";

/** Opens a closed issue again. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const ref = await chooseIssue(session, argument, {
    title: vscode.l10n.t("Reopen issue"),
    placeholder: vscode.l10n.t("Which closed issue?"),
    suits: (issue) => issue.state === "closed",
  });
  if (ref === undefined) return undefined;
  return tools.submit(vscode.l10n.t("Reopening…"), { kind: "edit", ref, change: { kind: "reopen" } });
}
