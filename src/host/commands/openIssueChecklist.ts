import * as vscode from "vscode";
import { issueFacts } from "../../core/issue/issueFacts";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue, sayRef } from "./input/pickIssue";
import { readIssueTarget } from "./input/readTarget";
import { openChecklist } from "../ui/openPanel";

/** Opens the live checklist of an issue; where there is none yet, offers to start a runbook. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const desk = session.desk.config();
  const ref = await chooseIssue(session, argument, {
    title: vscode.l10n.t("Open checklist"),
    placeholder: vscode.l10n.t("Of which issue?"),
    suits: (issue) => issueFacts(issue, desk).runs.length > 0,
  });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue !== undefined && issueFacts(issue, desk).runs.length === 0) {
    const start = vscode.l10n.t("Start a Runbook");
    const chosen = await vscode.window.showInformationMessage(vscode.l10n.t("{0} has no checklist yet. Start a runbook on it to get one.", plainLabel(sayRef(session, ref))), start);
    if (chosen === start) await vscode.commands.executeCommand("responseDesk.issue.startRun", ref);
    return undefined;
  }
  openChecklist(ref, readIssueTarget(argument)?.run);
  return undefined;
}
