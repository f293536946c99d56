import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { askDetails } from "./input/askDetails";
import { chooseIssue, sayRef } from "./input/pickIssue";

/** Adds a comment of any length to an issue. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const title = vscode.l10n.t("Comment on issue");
  const ref = await chooseIssue(session, argument, { title, placeholder: vscode.l10n.t("On which issue?") });
  if (ref === undefined) return undefined;
  const answer = await askDetails({ title, back: false }, tools.editors, undefined, vscode.l10n.t("What is there to say on {0}?", sayRef(session, ref)));
  if (answer.kind !== "next" || answer.value.trim() === "") return undefined;
  return tools.submit(vscode.l10n.t("Adding the comment…"), { kind: "comment", ref, markdown: answer.value });
}
