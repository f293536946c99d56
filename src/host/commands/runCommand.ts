import * as vscode from "vscode";
import { failed } from "../../core/result";
import { type Interpreter, interpreterFor, shellName } from "../../core/shell/dialect";
import { opensShell, runnable, type BlockScript } from "../../core/shell/script";
import { bindVariables, scriptVariables } from "../../core/shell/scriptVariables";
import { describeInterpreter } from "../../core/shell/terminalRun";
import { shellHost, type TerminalEnd, type TerminalScript } from "../platform/terminals";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { askAll, next, type Question } from "./input/answer";
import { enterText } from "./input/enterText";
import { chooseCommand, chooseScript, type ChosenCommand } from "./shell/chooseCommand";
import { knownValues, placesOf } from "./shell/commandScene";
import { confirmRun } from "./shell/confirmRun";
import { offerResult } from "./shell/offerResult";
import { tellUnbound, tellUnfit } from "./shell/tellUnfit";
import { runInBackground } from "../platform/background";

type Values = Readonly<Record<string, string>>;

/** Runs a shell block of a runbook in a terminal of its own, after a person has seen and agreed to exactly what will run and where. */
export async function run(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Run command");
  const chosen = await chooseCommand(session, args, { title, placeholder: t("Of which runbook?") });
  if (chosen === undefined) return undefined;
  const folder = session.paths.folderOf(chosen.runbook.path);
  const host = shellHost(folder);
  if (host === undefined) return warn(t("Nothing can be run here: this window has no terminal for the folder. Copy the command, or open the folder on a machine."));
  const found = interpreterFor(chosen.command.language, host);
  if (found.kind === "failed") return warn(t("Nothing was run: this block is for {0}, which is not on this machine. Copy the command and run it where it belongs.", plainLabel(found.failure)));
  const interpreter = found.value;
  const block = await chooseScript(chosen, title);
  if (block === undefined) return undefined;
  const fit = runnable(block.script);
  if (fit.kind === "failed") return tellUnfit(fit.failure, block.script);
  const places = placesOf(session, chosen, args[0]);
  const values = await askValues(title, scriptVariables(fit.value, interpreter.dialect), fit.value, knownValues(session, places));
  if (values === undefined) return undefined;

  const bound = bindVariables(fit.value, values, interpreter.dialect);
  if (bound.kind === "failed") return tellUnbound(bound.failure, shellName(interpreter.program));
  const shell = describeInterpreter(interpreter);
  if (!(await confirmRun({ id: session.ids.next(), ...bound.value, shell, folder: folder.uri.fsPath, notes: notesOn(chosen, block, interpreter) }))) return undefined;

  if (!session.account.writable()) return failed({ kind: "untrusted" });
  const end = await runShown(tools, { ...bound.value, interpreter, folder, name: t("Runbook: {0}", plainLabel(bound.value.script.split("\n", 1)[0] ?? "").slice(0, 40)) });
  return offerResult(tools, { ...bound.value, shell, end, places });
}

function warn(message: string): undefined {
  runInBackground(vscode.window.showWarningMessage(message));
  return undefined;
}

/** Waits for the end of the run; a person who cancels interrupts the command, and its end is still told. */
async function runShown({ session, terminals }: DeskTools, script: TerminalScript): Promise<TerminalEnd> {
  const running = await terminals.run(script, session);
  const title = vscode.l10n.t("Running in the terminal. Cancel interrupts the command, as Ctrl+C does.");
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_, token) => {
    const cancelled = new Promise<void>((resolve) => token.onCancellationRequested(() => {
      runInBackground(running.interrupt(), session.log);
      resolve();
    }));
    return Promise.race([running.end, cancelled]);
  });
  return running.end;
}

function askValues(title: string, names: readonly string[], script: string, known: Values): Promise<Values | undefined> {
  const first = plainLabel(script.split("\n", 1)[0] ?? "");
  const questions = names.filter((name) => !Object.hasOwn(known, name)).map((name): Question<Values> => ({
    async ask(values, place) {
      const label = plainLabel(name);
      const answer = await enterText({ place, prompt: vscode.l10n.t("{0}, for “{1}”", label, first), placeholder: label, value: values[name] ?? "", needed: vscode.l10n.t("The command needs a value for {0}.", label) });
      return answer.kind === "next" ? next({ ...values, [name]: answer.value }) : answer;
    },
  }));
  return askAll(title, known, questions);
}

function notesOn({ command }: ChosenCommand, { script, root }: BlockScript, { differs, program }: Interpreter): readonly string[] {
  const t = vscode.l10n.t;
  return [
    ...(differs ? [t("The runbook says that this is for {0}; {1} may read it differently.", plainLabel(command.language), plainLabel(shellName(program)))] : []),
    ...(root ? [t("The runbook shows commands that root enters. They run as you, without more rights than you have.")] : []),
    ...(opensShell(script) ? [t("A line opens another shell, on which the lines after it have no effect: they run here once you leave it.")] : []),
    ...(script.includes("\n") ? [t("The exit code is that of the last command.")] : []),
  ];
}
