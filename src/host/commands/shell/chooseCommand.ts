import * as vscode from "vscode";
import type { Runbook, RunbookCommand } from "../../../core/runbook/runbook";
import { scriptsOf, scriptTitle, type BlockScript } from "../../../core/shell/script";
import { visibleText } from "../../../core/shell/visibleText";
import type { DeskSession } from "../../app/session";
import { plainLabel } from "../../views/plainLabel";
import { cursorIn } from "../input/cursorIn";
import { pickOne } from "../input/pick";
import { chooseRunbook } from "../input/pickRunbook";
import { readRunbookTarget } from "../input/readTarget";
import { runInBackground } from "../../platform/background";

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
    runInBackground(vscode.window.showWarningMessage(vscode.l10n.t("There is no shell block there in {0}. Perhaps the runbook was changed; look at it again.", plainLabel(runbook.path))), session.log);
    return undefined;
  }
  const choices = runbook.commands.map((each) => ({
    label: `$(terminal) ${plainLabel(visibleText(scriptTitle(each)))}`,
    description: vscode.l10n.t("line {0}", each.line + 1),
    value: each,
  }));
  const answer = await pickOne({ place: { title: question.title, back: false }, placeholder: vscode.l10n.t("Which command?"), choices });
  return answer.kind === "next" ? { runbook, command: answer.value } : undefined;
}

const longestDetail = 200;

/** What runs of the block; where it can be read in two ways a person is shown both and says which is meant. */
export async function chooseScript({ command }: ChosenCommand, title: string): Promise<BlockScript | undefined> {
  const t = vscode.l10n.t;
  const scripts = scriptsOf(command);
  if (scripts.length === 1) return scripts[0];
  const choices = scripts.map((value) => ({
    label: value.root ? t("Commands for root") : t("Comments or output"),
    description: value.root ? t("# is a prompt") : t("# is no prompt"),
    detail: t("Runs: {0}", plainLabel(visibleText(value.script).split("\n").join(" \u21B5 ")).slice(0, longestDetail)),
    value,
  }));
  const answer = await pickOne({ place: { title, back: false }, placeholder: t("What are the lines that begin with #?"), choices });
  return answer.kind === "next" ? answer.value : undefined;
}
