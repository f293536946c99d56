import * as vscode from "vscode";
import { failed } from "../../core/result";
import { freshRun } from "../../core/runbook/startRun";
import { compareRuns } from "../../core/runbook/takeOver";
import { changeLines } from "../panels/changeLines";
import { checklistLabels } from "../panels/checklistLabels";
import { plainLabel } from "../views/plainLabel";
import { withoutMarkup } from "../views/withoutMarkup";
import type { CommandEnd, DeskTools } from "./command";
import { chooseRun } from "./input/chooseRun";
import { runInBackground } from "../platform/background";

/** Brings a run to its runbook as it now is, after a person saw what that changes. Nothing that was done is lost. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseRun(session, argument, t("Take over the changed runbook"));
  if (chosen === undefined) return undefined;
  const { ref, run: now } = chosen;
  const runbook = await session.runbooks.get(now.runbook);
  if (runbook === undefined) return failed({ kind: "missing", path: now.runbook });
  const title = plainLabel(runbook.title);
  if (runbook.revision === now.revision) {
    runInBackground(vscode.window.showInformationMessage(t("“{0}” is as the checklist has it: there is nothing to take over.", title)), session.log);
    return undefined;
  }
  const fresh = freshRun(now, runbook, session.clocks.holders());
  const lines = changeLines(compareRuns(now, fresh), checklistLabels(vscode.l10n.t), withoutMarkup);
  const yes = t("Take Over");
  const answer = await vscode.window.showInformationMessage(t("Bring this checklist to “{0}” as it now is?", title), { modal: true, detail: [...lines, "", t("Every tick, reason, link and piece of evidence stays.")].join("\n") }, yes);
  if (answer !== yes) return undefined;
  return tools.submit(t("Taking over the runbook…"), { kind: "edit", ref, change: { kind: "takeOver", fresh } });
}
