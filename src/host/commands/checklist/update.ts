import * as vscode from "vscode";
import { renderChecklistExport } from "../../../core/checklist/exportChecklist";
import { freshChecklist } from "../../../core/checklist/startChecklist";
import { compareChecklists } from "../../../core/checklist/updateFromRunbook";
import { rolePeople } from "../../../core/model/desk";
import { failed } from "../../../core/model/result";
import { drawCharts } from "../../../core/runbook/drawCharts";
import { issueLabels } from "../../panels/issue/issuePageLabels";
import { runInBackground } from "../../platform/background";
import { changeLines } from "../../ui/changeLines";
import { showDialog } from "../../ui/dialog";
import { plainLabel, withoutMarkup } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseChecklist } from "../input/pickStep";

/** Updates a checklist from its runbook after the user confirms the changes. Recorded work is kept. */
export async function updateFromRunbook(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseChecklist(session, argument, t("Update checklist from runbook"));
  if (chosen === undefined) return undefined;
  const { ref, checklist } = chosen;
  const runbook = await session.runbooks.get(checklist.runbook);
  if (runbook === undefined) return failed({ kind: "missing", path: checklist.runbook });
  const title = plainLabel(runbook.title);
  if (runbook.revision === checklist.revision) {
    runInBackground(vscode.window.showInformationMessage(t("The checklist is up to date with “{0}”.", title)), session.log);
    return undefined;
  }
  const fresh = freshChecklist(checklist, runbook, session.clocks.holders(), rolePeople(session.desk.config()));
  const lines = changeLines(compareChecklists(checklist, fresh), issueLabels(vscode.l10n.t), withoutMarkup);
  const update = t("Update");
  const answer = await showDialog("information", t("Update this checklist from “{0}”?", title), [...lines, "", t("All completed steps, reasons, links and evidence are kept.")].join("\n"), update);
  if (answer !== update) return undefined;
  return tools.submit(t("Updating the checklist…"), { kind: "edit", ref, change: { kind: "takeOver", fresh } });
}

/** Opens a checklist with its recorded work as an untitled Markdown document. */
export async function exportChecklist({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const chosen = await chooseChecklist(session, argument, vscode.l10n.t("Export checklist"));
  if (chosen === undefined) return undefined;
  const { ref, checklist } = chosen;
  const charts = drawCharts(checklist, await session.runbooks.get(checklist.runbook));
  const content = renderChecklistExport(checklist, ref, session.issues.find(ref)?.title ?? "", charts);
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document, { preview: false });
  return undefined;
}
