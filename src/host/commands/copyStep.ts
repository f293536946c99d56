import * as vscode from "vscode";
import { failed } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { chooseStep } from "./input/chooseStep";

/** Copies where the step of a checklist stands in its runbook: on the web where the desk has one, else in this folder. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const chosen = await chooseStep(session, argument, vscode.l10n.t("Copy a link to a step"));
  if (chosen.kind === "failed") return chosen;
  if (chosen.value === undefined) return undefined;
  const { ref, run: live, step } = chosen.value;
  const path = live.runbook;
  const line = (await session.runbooks.get(path))?.steps.find(({ id }) => id === step.id)?.line;
  if (line === undefined) return failed({ kind: "stepGone", ref, step: step.id });
  const url = session.runbooks.urlOf(path);
  // Shown as a page, a Markdown file has no lines to point at.
  await vscode.env.clipboard.writeText(url === undefined ? `${path}#L${line + 1}` : `${url}?plain=1#L${line + 1}`);
  vscode.window.setStatusBarMessage(vscode.l10n.t("The link to the step is copied."), 4000);
  return undefined;
}
