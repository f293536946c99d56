import * as vscode from "vscode";
import type { IssueRef } from "../../../core/model/issueRef";
import { failed } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import type { FlowStep } from "../../ui/inputFlow";
import { pickOne } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen } from "../input/pickIssue";
import { askProcedure, runbookChoice, runbookPath } from "../input/pickRunbook";
import { addChecklist, openRoleChecklist } from "../input/startChecklist";
import { suggestRunbooks } from "../input/suggestions";
import { readRunbookTarget } from "../input/target";

/** Opens today's role checklist that is in the arguments or that the user picks. */
export async function startChecklistOfDay(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const checklists = await session.runbooks.roleChecklists();
  const named = runbookPath(session, readRunbookTarget(args));
  const found = checklists.find((runbook) => runbook.path === named);
  if (found !== undefined) return openRoleChecklist(tools, found);
  if (checklists.length === 0) {
    runInBackground(vscode.window.showInformationMessage(
      vscode.l10n.t("The desk has no role checklists yet. To create one, add “when: start-of-day” to the front matter of a runbook, or list a runbook or a section under checklists in desk.yml."),
    ), session.log);
    return undefined;
  }
  const answer = await pickOne({
    flowStep: { title: vscode.l10n.t("Start a role checklist"), back: false },
    placeholder: vscode.l10n.t("Select a checklist for today"),
    choices: checklists.map((runbook) => runbookChoice(runbook)),
  });
  const chosen = answer.kind === "next" ? checklists.find(({ path }) => path === answer.value.path) : undefined;
  return chosen === undefined ? undefined : openRoleChecklist(tools, chosen);
}

/** Starts the runbook in the argument on an issue, or the one that the user picks. The best matches are offered first. */
export async function startChecklistOnIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const named = readRunbookTarget([argument])?.path;
  const chosen = await chooseKnownIssue(session, argument, { title: vscode.l10n.t("Start a runbook"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, facts, reference, flowStep } = chosen.value;
  if (named !== undefined) return startOn(tools, ref, named, flowStep);
  const desk = session.desk.config();
  const input = { kind: facts.kind ?? "", title: facts.name, details: issue.body, services: facts.services, labels: issue.labels };
  const suggested = suggestRunbooks(await session.runbooks.all(), desk, session.desk.folder(), input);
  if (suggested.length === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("This folder has no runbooks with steps yet. Create a Markdown file with a list of steps next to desk.yml.")), session.log);
    return undefined;
  }
  const answer = await pickOne({
    flowStep,
    placeholder: vscode.l10n.t("Select a runbook for {0}", reference),
    choices: suggested.map(({ runbook, why }) => runbookChoice(runbook, why)),
  });
  return answer.kind === "next" ? startOn(tools, ref, answer.value.path, flowStep) : undefined;
}

async function startOn(tools: DeskTools, ref: IssueRef, path: string, flowStep: FlowStep): Promise<CommandEnd> {
  const { session } = tools;
  const runbook = await session.runbooks.get(path);
  if (runbook === undefined) return failed({ kind: "missing", path });
  const procedure = await askProcedure(session, runbook, flowStep);
  return procedure.kind === "next" ? addChecklist(tools, ref, procedure.value, session.ids.next()) : undefined;
}
