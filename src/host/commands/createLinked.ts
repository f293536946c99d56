import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue } from "./input/pickIssue";
import { readIssueTarget } from "./input/readTarget";
import { linkedFlow } from "./linked/linkedFlow";
import { setFlow } from "./linked/setFlow";
import { placeOfTarget } from "./linked/linkedPlace";

/** Creates an issue raised from another one, or from a step of its checklist. */
export function run(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return create(tools, args, false);
}

/** Creates several at once. */
export function runSet(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return create(tools, args, true);
}

async function create(tools: DeskTools, [argument]: readonly unknown[], several: boolean): Promise<CommandEnd> {
  const ref = await chooseIssue(tools.session, argument, {
    title: vscode.l10n.t("Create linked issue"),
    placeholder: vscode.l10n.t("Which issue is it raised from?"),
    suits: (issue) => issue.state === "open",
  });
  if (ref === undefined) return undefined;
  const place = await placeOfTarget(tools.session, { ...readIssueTarget(argument), ref }, several);
  return several ? setFlow(tools, place) : linkedFlow(tools, place);
}
