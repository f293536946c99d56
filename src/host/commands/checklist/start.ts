import * as vscode from "vscode";
import { failed } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import { pickOne } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen } from "../input/pickIssue";
import { runbookChoice, runbookPath } from "../input/pickRunbook";
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
      vscode.l10n.t("The desk has no role checklists yet. To create one, add “when: start-of-day” to the front matter of a runbook."),
    ), session.log);
    return undefined;
  }
  const answer = await pickOne({
    flowStep: { title: vscode.l10n.t("Start a role checklist"), back: false },
    placeholder: vscode.l10n.t("Select a checklist for today"),
    choices: checklists.map((runbook) => runbookChoice(runbook)),
  });
  const chosen = answer.kind === "next" ? await session.runbooks.get(answer.value.path) : undefined;
  return chosen === undefined ? undefined : openRoleChecklist(tools, chosen);
}

/** Starts a runbook on an issue. The best matches are offered first. */
export async function startChecklistOnIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const chosen = await chooseKnownIssue(session, argument, { title: vscode.l10n.t("Start a runbook"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, facts, reference, flowStep } = chosen.value;
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
  if (answer.kind !== "next") return undefined;
  const runbook = await session.runbooks.get(answer.value.path);
  return runbook === undefined ? failed({ kind: "missing", path: answer.value.path }) : addChecklist(tools, ref, runbook, session.ids.next());
}
