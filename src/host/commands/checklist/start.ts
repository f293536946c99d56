import * as vscode from "vscode";
import { issueFacts } from "../../../core/issue/issueFacts";
import { failed } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import { pickOne } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { runbookPath } from "../input/cursor";
import { chooseIssue, shortReference } from "../input/pickIssue";
import { runbookChoice } from "../input/pickRunbook";
import { openRoleChecklist, putChecklist } from "../input/startChecklist";
import { suggestRunbooks } from "../input/suggestions";
import { readRunbookTarget } from "../input/target";

/** Opens the role checklist of today that the argument names or a person picks. */
export async function startChecklistOfDay(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const checklists = (await session.runbooks.all()).filter((runbook) => runbook.details.when !== undefined);
  const named = runbookPath(session, readRunbookTarget(args));
  const found = checklists.find((runbook) => runbook.path === named);
  if (found !== undefined) return openRoleChecklist(tools, found);
  if (checklists.length === 0) {
    runInBackground(vscode.window.showInformationMessage(
      vscode.l10n.t("The desk has no role checklists yet. Give a runbook “when: start-of-day” between --- at its beginning and it becomes one."),
    ), session.log);
    return undefined;
  }
  const answer = await pickOne({
    flowStep: { title: vscode.l10n.t("Start a role checklist"), back: false },
    placeholder: vscode.l10n.t("Which one, for today?"),
    choices: checklists.map((runbook) => runbookChoice(runbook)),
  });
  const chosen = answer.kind === "next" ? await session.runbooks.get(answer.value.path) : undefined;
  return chosen === undefined ? undefined : openRoleChecklist(tools, chosen);
}

/** Starts a runbook that a person picks on an issue; those that fit it come first. */
export async function startChecklistOnIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const title = vscode.l10n.t("Start a runbook");
  const ref = await chooseIssue(session, argument, { title, placeholder: vscode.l10n.t("On which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const desk = session.desk.config();
  const facts = issueFacts(issue, desk);
  const input = { kind: facts.kind ?? "", title: facts.name, details: issue.body, services: facts.services, labels: issue.labels };
  const suggested = suggestRunbooks(await session.runbooks.all(), desk, session.desk.folder(), input);
  if (suggested.length === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("There is no runbook with steps in this folder yet. Write a Markdown file with a list of steps beside desk.yml.")), session.log);
    return undefined;
  }
  const answer = await pickOne({
    flowStep: { title, back: false },
    placeholder: vscode.l10n.t("Which runbook is followed for {0}?", shortReference(session, ref)),
    choices: suggested.map(({ runbook, why }) => runbookChoice(runbook, why)),
  });
  if (answer.kind !== "next") return undefined;
  const runbook = await session.runbooks.get(answer.value.path);
  return runbook === undefined ? failed({ kind: "missing", path: answer.value.path }) : putChecklist(tools, ref, runbook, session.ids.next());
}
