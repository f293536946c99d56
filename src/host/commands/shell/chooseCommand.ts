import * as vscode from "vscode";
import type { Runbook, RunbookCommand } from "../../../core/runbook/runbook";
import { scriptOf } from "../../../core/shell/script";
import { visibleText } from "../../../core/shell/visibleText";
import type { DeskSession } from "../../session";
import { plainLabel } from "../../views/plainLabel";
import { cursorIn } from "../input/cursorIn";
import { pickOne } from "../input/pick";
import { chooseRunbook } from "../input/pickRunbook";
import { readRunbookTarget } from "../input/readTarget";

/** A shell block of a runbook. */
export interface ChosenCommand {
  readonly runbook: Runbook;
  readonly command: RunbookCommand;
}

/** The shell block the arguments name, else the one the cursor is in, else the one a person picks; what is not there is told. */
export async function chooseCommand(session: DeskSession, args: readonly unknown[], question: { readonly title: string; readonly placeholder: string }): Promise<ChosenCommand | undefined> {
  const runbook = await chooseRunbook(session, args, question.title, question.placeholder);
  if (runbook === undefined) return undefined;
  const named = readRunbookTarget(args)?.line;
  const line = named ?? cursorIn(session, runbook);
  const command = line === undefined ? undefined : runbook.commands.find((each) => each.line <= line && line < each.endLine);
  if (command !== undefined) return { runbook, command };
  if (named !== undefined || runbook.commands.length === 0) {
    void vscode.window.showWarningMessage(vscode.l10n.t("There is no shell block there in {0}. Perhaps the runbook was changed; look at it again.", plainLabel(runbook.path)));
    return undefined;
  }
  const choices = runbook.commands.map((each) => ({
    label: `$(terminal) ${plainLabel(visibleText(scriptOf(each)).split("\n", 1)[0] ?? "")}`,
    description: vscode.l10n.t("line {0}", each.line + 1),
    value: each,
  }));
  const answer = await pickOne({ place: { title: question.title, back: false }, placeholder: vscode.l10n.t("Which command?"), choices });
  return answer.kind === "next" ? { runbook, command: answer.value } : undefined;
}
