import * as vscode from "vscode";
import { renderChecklistExport } from "../../../core/checklist/exportChecklist";
import { freshChecklist } from "../../../core/checklist/startChecklist";
import { compareChecklists } from "../../../core/checklist/updateFromRunbook";
import { failed } from "../../../core/model/result";
import { checklistLabels } from "../../panels/checklistLabels";
import { runInBackground } from "../../platform/background";
import { changeLines } from "../../ui/changeLines";
import { plainLabel, withoutMarkup } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseChecklist } from "../input/pickStep";

/** Brings a run to its runbook as it now is, after a person saw what that changes. Nothing that was done is lost. */
export async function updateFromRunbook(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseChecklist(session, argument, t("Take over the changed runbook"));
  if (chosen === undefined) return undefined;
  const { ref, checklist: now } = chosen;
  const runbook = await session.runbooks.get(now.runbook);
  if (runbook === undefined) return failed({ kind: "missing", path: now.runbook });
  const title = plainLabel(runbook.title);
  if (runbook.revision === now.revision) {
    runInBackground(vscode.window.showInformationMessage(t("“{0}” is as the checklist has it: there is nothing to take over.", title)), session.log);
    return undefined;
  }
  const fresh = freshChecklist(now, runbook, session.clocks.holders());
  const lines = changeLines(compareChecklists(now, fresh), checklistLabels(vscode.l10n.t), withoutMarkup);
  const yes = t("Take Over");
  const answer = await vscode.window.showInformationMessage(t("Bring this checklist to “{0}” as it now is?", title), { modal: true, detail: [...lines, "", t("Every tick, reason, link and piece of evidence stays.")].join("\n") }, yes);
  if (answer !== yes) return undefined;
  return tools.submit(t("Taking over the runbook…"), { kind: "edit", ref, change: { kind: "takeOver", fresh } });
}

/** Opens a checklist with all that was done at it as a Markdown text of its own, to be saved or sent. */
export async function exportChecklist({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const chosen = await chooseChecklist(session, argument, vscode.l10n.t("Export a checklist"));
  if (chosen === undefined) return undefined;
  const content = renderChecklistExport(chosen.checklist, chosen.ref, session.issues.find(chosen.ref)?.title ?? "");
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document, { preview: false });
  return undefined;
}
