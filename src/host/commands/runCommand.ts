import * as vscode from "vscode";
import { millisecondsOf } from "../../core/instantTime";
import { failed } from "../../core/result";
import { dialectOfLanguage, dialectOfShell, shellName } from "../../core/shell/dialect";
import { asOneCommand, scriptOf, typeable } from "../../core/shell/script";
import { fillScript, scriptVariables } from "../../core/shell/scriptValues";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { askAll, next, type Question } from "./input/answer";
import { enterText } from "./input/enterText";
import { chooseCommand, type ChosenCommand } from "./shell/chooseCommand";
import { knownValues, placesOf } from "./shell/commandScene";
import { confirmRun } from "./shell/confirmRun";
import { offerResult } from "./shell/offerResult";
import { tellUnfit, tellUnsafe } from "./shell/tellUnfit";

type Values = Readonly<Record<string, string>>;

/** Runs a shell block of a runbook in the terminal, after a person has seen and agreed to exactly what will run and where. */
export async function run(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const { session, terminals } = tools;
  const title = vscode.l10n.t("Run command");
  const chosen = await chooseCommand(session, args, { title, placeholder: vscode.l10n.t("Of which runbook?") });
  if (chosen === undefined) return undefined;
  const folder = session.paths.folderOf(chosen.runbook.path);
  if (!hasTerminal(folder)) {
    void vscode.window.showWarningMessage(vscode.l10n.t("Nothing can be run here: this window has no terminal for the folder. Copy the command, or open the folder on a machine."));
    return undefined;
  }
  const raw = scriptOf(chosen.command);
  const fit = typeable(raw);
  if (fit.kind === "failed") return tellUnfit(fit.failure, raw);
  const places = placesOf(session, chosen, args[0]);
  const values = await askValues(title, fit.value, knownValues(session, places));
  if (values === undefined) return undefined;

  const place = terminals.place(folder);
  const dialect = dialectOfShell(place.shell);
  const filled = fillScript(fit.value, values, dialect);
  if (filled.kind === "failed") return tellUnsafe(filled.failure, shellName(place.shell));
  const script = typeable(filled.value);
  if (script.kind === "failed") return tellUnfit(script.failure, filled.value);
  const commandLine = asOneCommand(script.value, dialect);
  if (!(await confirmRun({ id: session.ids.next(), commandLine, script: script.value, place, notes: notesOn(chosen, script.value, commandLine, place.shell) }))) return undefined;

  if (!session.writable()) return failed({ kind: "untrusted" });
  const end = await tools.working(vscode.l10n.t("Running in the terminal. Cancel stops the waiting, not the command."), terminals.run(folder, place, commandLine, () => millisecondsOf(session.clock.now())));
  return offerResult(tools, { script: script.value, shell: place.shell, end: end ?? { outcome: { kind: "unknown" } }, places });
}

/** Folders on no machine, as those of a repository on the web, have no terminal. */
function hasTerminal({ uri }: vscode.WorkspaceFolder): boolean {
  return (uri.scheme === "file" || uri.scheme === "vscode-remote") && vscode.env.shell !== "";
}

function askValues(title: string, script: string, known: Values): Promise<Values | undefined> {
  const open = scriptVariables(script).filter((name) => !Object.hasOwn(known, name));
  const first = plainLabel(script.split("\n", 1)[0] ?? "");
  const questions = open.map((name): Question<Values> => ({
    async ask(values, place) {
      const label = plainLabel(name);
      const answer = await enterText({ place, prompt: vscode.l10n.t("{0}, for “{1}”", label, first), placeholder: label, value: values[name] ?? "", needed: vscode.l10n.t("The command needs a value for {0}.", label) });
      return answer.kind === "next" ? next({ ...values, [name]: answer.value }) : answer;
    },
  }));
  return askAll(title, known, questions);
}

function notesOn({ command }: ChosenCommand, script: string, commandLine: string, shell: string): readonly string[] {
  const t = vscode.l10n.t;
  const other = dialectOfLanguage(command.language) !== dialectOfShell(shell);
  return [
    ...(other ? [t("The runbook says that this is for {0}; the terminal runs {1}, which may read it differently.", plainLabel(command.language), plainLabel(shellName(shell)))] : []),
    ...(commandLine === script ? [] : [script.includes("\n") ? t("The first and last line make it one command; its exit code is that of the last command in it.") : t("The word true before it lets the shell tell how it ends.")]),
    ...(commandLine === script && script.includes("\n") ? [t("The lines are typed one after the other, and the next ones run even if one fails.")] : []),
  ];
}
