import * as vscode from "vscode";
import { findStep } from "../../core/runbook/marking";
import { failed } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { chooseRun } from "./input/chooseRun";
import { readIssueTarget } from "./input/readTarget";

/** Copies where the step of a checklist stands in its runbook: on the web where the desk has one, else in this folder. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const name = readIssueTarget(argument)?.step;
  const chosen = await chooseRun(session, argument, vscode.l10n.t("Copy a link to a step"));
  if (chosen === undefined || name === undefined) return undefined;
  const path = chosen.run.runbook;
  const step = findStep(chosen.run, name);
  const line = (await session.runbook(path))?.steps.find(({ id }) => id === step?.id)?.line;
  if (line === undefined) return failed({ kind: "stepGone", ref: chosen.ref, step: name });
  const url = session.runbookUrl(path);
  // Shown as a page, a Markdown file has no lines to point at.
  await vscode.env.clipboard.writeText(url === undefined ? `${path}#L${line + 1}` : `${url}?plain=1#L${line + 1}`);
  vscode.window.setStatusBarMessage(vscode.l10n.t("The link to the step is copied."), 4000);
  return undefined;
}
