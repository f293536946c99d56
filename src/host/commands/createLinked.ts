import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue } from "./input/pickIssue";
import { readIssueTarget } from "./input/readTarget";
import { linkedFlow } from "./linked/linkedFlow";
import { placeOfTarget } from "./linked/linkedPlace";

/** Creates an issue raised from another one, or from a step of its checklist. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const ref = await chooseIssue(tools.session, argument, {
    title: vscode.l10n.t("Create linked issue"),
    placeholder: vscode.l10n.t("Which issue is it raised from?"),
    suits: (issue) => issue.state === "open",
  });
  if (ref === undefined) return undefined;
  return linkedFlow(tools, await placeOfTarget(tools.session, { ...readIssueTarget(argument), ref }));
}
