import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue } from "./input/pickIssue";
import { openPostmortem } from "../ui/openPanel";

/** Opens the post-mortem of an issue, a new one or the one that was begun. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const ref = await chooseIssue(tools.session, argument, { title: vscode.l10n.t("Write post-mortem"), placeholder: vscode.l10n.t("Of which issue?") });
  if (ref !== undefined) openPostmortem(ref);
  return undefined;
}
