import * as vscode from "vscode";
import { lockedSteps } from "../../../core/checklist/marking";
import { issueFacts } from "../../../core/issue/issueFacts";
import type { ChecklistStep } from "../../../core/model/checklist";
import type { IssueRef } from "../../../core/model/issueRef";
import { fileOfProcedure } from "../../../core/model/procedurePath";
import { assertNever } from "../../../core/model/result";
import type { Runbook, RunbookCommand } from "../../../core/model/runbook";
import { stepOfCommand } from "../../../core/runbook/stepCommands";
import { type BlockScript, runnable, scriptsOf, scriptTitle, type UnfitScript } from "../../../core/shell/script";
import type { UnboundValue } from "../../../core/shell/scriptVariables";
import { visibleText } from "../../../core/shell/visibleText";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { showDialog } from "../../ui/dialog";
import { pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { knownValues } from "../../app/knownValues";
import { chooseRunbook, cursorIn } from "../input/pickRunbook";
import { readIssueTarget, readRunbookTarget } from "../input/target";

/** A shell block of a runbook. */
export interface ChosenCommand {
  readonly runbook: Runbook;
  readonly command: RunbookCommand;
}

/** The shell block in the arguments, at the cursor, or that the user picks. Shows a warning if it does not exist. */
export async function chooseCommand(session: DeskSession, args: readonly unknown[], question: { readonly title: string; readonly placeholder: string }): Promise<ChosenCommand | undefined> {
  const runbook = await chooseRunbook(session, args, question.title, question.placeholder);
  if (runbook === undefined) return undefined;
  const named = readRunbookTarget(args)?.line;
  const line = named ?? cursorIn(session, runbook);
  const command = line === undefined ? undefined : runbook.commands.find((each) => each.line <= line && line < each.endLine);
  if (command !== undefined) return { runbook, command };
  if (named !== undefined || runbook.commands.length === 0) {
    runInBackground(vscode.window.showWarningMessage(vscode.l10n.t("{0} has no shell block at this position. The runbook may have changed.", plainLabel(runbook.path))), session.log);
    return undefined;
  }
  const choices = runbook.commands.map((each) => ({
    label: `$(terminal) ${plainLabel(visibleText(scriptTitle(each)))}`,
    description: vscode.l10n.t("line {0}", each.line + 1),
    value: each,
  }));
  const answer = await pickOne({ flowStep: { title: question.title, back: false }, placeholder: vscode.l10n.t("Select a command"), choices });
  return answer.kind === "next" ? { runbook, command: answer.value } : undefined;
}

const longestDetail = 200;

/** The script of the block. If the block can be read in two ways, the user selects one. */
export async function chooseScript({ command }: ChosenCommand, title: string): Promise<BlockScript | undefined> {
  const t = vscode.l10n.t;
  const scripts = scriptsOf(command);
  if (scripts.length === 1) return scripts[0];
  const choices = scripts.map((value) => ({
    label: value.root ? t("Commands for root") : t("Comments or output"),
    description: value.root ? t("# is a prompt") : t("# is not a prompt"),
    detail: t("Runs: {0}", plainLabel(visibleText(value.script).split("\n").join(" \u21B5 ")).slice(0, longestDetail)),
    value,
  }));
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("What are the lines that start with #?"), choices });
  return answer.kind === "next" ? answer.value : undefined;
}

/** A step of a checklist that a command belongs to. */
export interface CommandLocation {
  readonly ref: IssueRef;
  readonly run: string;
  readonly step: string;
}

/** The steps that a command belongs to: the step in the argument, or the matching step on every open issue that follows the runbook. */
export function locationsOf(session: DeskSession, { runbook, command }: ChosenCommand, argument: unknown): readonly CommandLocation[] {
  const target = readIssueTarget(argument);
  if (target?.run !== undefined && target.step !== undefined) return [{ ref: target.ref, run: target.run, step: target.step }];
  const step = stepOfCommand(runbook, command)?.id;
  if (step === undefined) return [];
  const desk = session.desk.config();
  return (session.issues.snapshot()?.issues ?? [])
    .filter(({ state }) => state === "open")
    .flatMap((issue) =>
      issueFacts(issue, desk)
        .checklists.filter((checklist) => fileOfProcedure(checklist.runbook) === runbook.file && checklist.items.some((item) => item.kind === "step" && item.id === step))
        .slice(-1)
        .map((checklist) => ({ ref: issue.ref, run: checklist.id, step })),
    );
}

/** The current step, and whether it can be marked done. */
export function stepAt(session: DeskSession, location: CommandLocation): { readonly step: ChecklistStep; readonly open: boolean } | undefined {
  const issue = session.issues.find(location.ref);
  const checklist = issue === undefined ? undefined : session.issues.factsOf(issue).checklists.find(({ id }) => id === location.run);
  const step = checklist?.items.find((item): item is ChecklistStep => item.kind === "step" && item.id === location.step);
  if (checklist === undefined || step === undefined) return undefined;
  return { step, open: step.part === "step" && step.mark.kind === "open" && !lockedSteps(checklist).has(step.id) };
}

/** The known values of a command's variables. Values of an issue are included only if there is exactly one matching issue. */
export function valuesAt(session: DeskSession, [location, ...others]: readonly CommandLocation[]): Readonly<Record<string, string>> {
  return knownValues(session, others.length > 0 ? undefined : location?.ref);
}

/** Shows why a block cannot run, with its hidden characters made visible. */
export async function notifyUnfit(unfit: UnfitScript, script: string): Promise<undefined> {
  const t = vscode.l10n.t;
  switch (unfit.kind) {
    case "empty":
      await vscode.window.showInformationMessage(t("This block has no command to run. It contains only output, or prompts without a command."));
      return undefined;
    case "hidden":
      await showDialog("error", t("This block was not run or copied, because it contains hidden characters that can change its meaning: {0}. Remove them from the runbook.", unfit.characters.join(" ")), visibleText(script).slice(0, 3000));
      return undefined;
    default:
      return assertNever(unfit);
  }
}

/** Shows why a value cannot be used in the command, and what to do instead. */
export async function notifyUnbound({ name, reason }: UnboundValue, shell: string): Promise<undefined> {
  const t = vscode.l10n.t;
  const variable = plainLabel(`{{${name}}}`);
  const because = {
    control: t("its value contains a character that a variable cannot contain"),
    shell: t("its value has special characters that {0} could interpret as part of the command", plainLabel(shell)),
    single: t("it is in single quotes, where the shell does not replace variables (use double quotes in the runbook)"),
    heredoc: t("it is in a here-document, which another program may read as commands"),
    readAgain: t("a second shell or program interprets the text around it, as with ssh or bash -c"),
    other: t("the shell does not treat a variable as plain text at this position"),
  };
  await vscode.window.showWarningMessage(
    reason === "control"
      ? t("The command was not run because of {0}: {1}.", variable, because[reason])
      : t("The command was not run because of {0}: {1}. Use a value of letters, digits and . _ / : - only, or copy the command and fill it in yourself.", variable, because[reason]),
  );
  return undefined;
}

/** Copies the commands of a shell block without prompts and output. Variables are not replaced. */
export async function copyCommand({ session }: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const title = vscode.l10n.t("Copy command");
  const chosen = await chooseCommand(session, args, { title, placeholder: vscode.l10n.t("Select a runbook") });
  const block = chosen === undefined ? undefined : await chooseScript(chosen, title);
  if (block === undefined) return undefined;
  const fit = runnable(block.script);
  if (fit.kind === "failed") return notifyUnfit(fit.failure, block.script);
  await vscode.env.clipboard.writeText(block.script);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("$(check) Copied the command"), 4000);
  return undefined;
}
