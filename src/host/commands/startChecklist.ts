import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { beginChecklist } from "./input/beginChecklist";
import { pickOne } from "./input/pick";
import { runbookChoice } from "./input/pickRunbook";
import { readRunbookTarget } from "./input/readTarget";
import { runbookPath } from "./input/runbookPath";
import { runInBackground } from "../platform/background";

/** Opens the role checklist of today that the argument names or a person picks. */
export async function run(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const checklists = (await session.runbooks.all()).filter((runbook) => runbook.details.when !== undefined);
  const named = runbookPath(session, readRunbookTarget(args));
  const found = checklists.find((runbook) => runbook.path === named);
  if (found !== undefined) return beginChecklist(tools, found);
  if (checklists.length === 0) {
    runInBackground(vscode.window.showInformationMessage(
      vscode.l10n.t("The desk has no role checklists yet. Give a runbook “when: start-of-day” between --- at its beginning and it becomes one."),
    ), session.log);
    return undefined;
  }
  const answer = await pickOne({
    place: { title: vscode.l10n.t("Start a role checklist"), back: false },
    placeholder: vscode.l10n.t("Which one, for today?"),
    choices: checklists.map((runbook) => runbookChoice(runbook)),
  });
  const chosen = answer.kind === "next" ? await session.runbooks.get(answer.value.path) : undefined;
  return chosen === undefined ? undefined : beginChecklist(tools, chosen);
}
