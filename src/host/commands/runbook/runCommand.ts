import * as vscode from "vscode";
import { renderCommand } from "../../../core/markup/commandMark";
import type { IssueRef } from "../../../core/model/issueRef";
import { plainText } from "../../../core/model/markdownDocument";
import { failed } from "../../../core/model/result";
import { commandComment, type CommandOutcome, formatDuration } from "../../../core/shell/commandReport";
import { type Interpreter, interpreterFor, shellName } from "../../../core/shell/dialect";
import { type BlockScript, opensShell, runnable } from "../../../core/shell/script";
import { bindVariables, type BoundScript, describeVariable, scriptVariables } from "../../../core/shell/scriptVariables";
import { describeInterpreter } from "../../../core/shell/terminalRun";
import { visibleText } from "../../../core/shell/visibleText";
import type { Submission } from "../../../core/sync/outbox";
import { readInline } from "../../../markdown/readMarkdown";
import { runInBackground } from "../../platform/background";
import { maskFound, renderOutput } from "../../platform/commandOutput";
import { shellHost, type TerminalEnd, type TerminalScript } from "../../platform/terminals";
import { showDialog } from "../../ui/dialog";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { enterText } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { markStep } from "../checklist/markStep";
import { chooseIssue, pickIssue, shortReference } from "../input/pickIssue";
import { chooseCommand, chooseScript, type ChosenCommand, type CommandLocation, locationsOf, notifyUnbound, notifyUnfit, stepAt, valuesAt } from "./chooseCommand";

type Values = Readonly<Record<string, string>>;

/** Runs a shell block of a runbook in a new terminal, after the user confirms exactly what runs and where. */
export async function runCommand(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Run command");
  const chosen = await chooseCommand(session, args, { title, placeholder: t("Select a runbook") });
  if (chosen === undefined) return undefined;
  const folder = session.paths.folderOf(chosen.runbook.file);
  const host = shellHost(folder);
  if (host === undefined) return warn(t("Commands cannot run here, because this window has no terminal for the folder. Copy the command, or open the folder in VS Code on a computer."));
  const found = interpreterFor(chosen.command.language, host);
  if (found.kind === "failed") return warn(t("The command was not run. This block is for {0}, which is not installed on this machine. Copy the command and run it elsewhere.", plainLabel(found.failure)));
  const interpreter = found.value;
  const block = await chooseScript(chosen, title);
  if (block === undefined) return undefined;
  const fit = runnable(block.script);
  if (fit.kind === "failed") return notifyUnfit(fit.failure, block.script);
  const locations = locationsOf(session, chosen, args[0]);
  const values = await askValues(title, scriptVariables(fit.value, interpreter.dialect), fit.value, valuesAt(session, locations));
  if (values === undefined) return undefined;

  const bound = bindVariables(fit.value, values, interpreter.dialect);
  if (bound.kind === "failed") return notifyUnbound(bound.failure, shellName(interpreter.program));
  const shell = describeInterpreter(interpreter);
  if (!(await confirmRun({ id: session.ids.next(), ...bound.value, shell, folder: folder.uri.fsPath, notes: notesOn(chosen, block, interpreter) }))) return undefined;

  if (!session.account.writable()) return failed({ kind: "untrusted" });
  const end = await runInTerminal(tools, { ...bound.value, interpreter, folder, name: t("Runbook: {0}", plainLabel(bound.value.script.split("\n", 1)[0] ?? "").slice(0, 40)) });
  return offerResult(tools, { ...bound.value, shell, end, locations });
}

function warn(message: string): undefined {
  runInBackground(vscode.window.showWarningMessage(message));
  return undefined;
}

/** Runs the script and waits for its end. Cancelling interrupts the command; its end is still reported. */
async function runInTerminal({ session, terminals }: DeskTools, script: TerminalScript): Promise<TerminalEnd> {
  const running = await terminals.run(script, session);
  const title = vscode.l10n.t("Running in the terminal. Cancel interrupts the command, like Ctrl+C.");
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
    async ask(values, flowStep) {
      const label = plainLabel(name);
      const answer = await enterText({ flowStep, prompt: vscode.l10n.t("{0}, for “{1}”", label, first), placeholder: label, value: values[name] ?? "", needed: vscode.l10n.t("Enter a value for {0}.", label) });
      return answer.kind === "next" ? next({ ...values, [name]: answer.value }) : answer;
    },
  }));
  return promptAll(title, known, questions);
}

function notesOn({ command }: ChosenCommand, { script, root }: BlockScript, { differs, program }: Interpreter): readonly string[] {
  const t = vscode.l10n.t;
  return [
    ...(differs ? [t("This block is written for {0}. {1} may interpret it differently.", plainLabel(command.language), plainLabel(shellName(program)))] : []),
    ...(root ? [t("These commands are written for root. They run with your own permissions.")] : []),
    ...(opensShell(script) ? [t("One line opens another shell. The lines after it run only when you exit that shell.")] : []),
    ...(script.includes("\n") ? [t("The exit code is the exit code of the last command.")] : []),
  ];
}

/** What the user confirms: the exact script and its environment variables. */
interface ConfirmRequest extends BoundScript {
  /** Unique per request, because the editor caches documents by name. */
  readonly id: string;
  readonly shell: string;
  readonly folder: string;
  /** Additional notes, one sentence each. */
  readonly notes: readonly string[];
}

const maxLines = 20;

const maxCharacters = 1500;

/** Shows exactly what runs, in which shell and folder. Returns whether the user confirms. */
async function confirmRun(request: ConfirmRequest): Promise<boolean> {
  const text = shownText(request);
  const long = text.length > maxCharacters || text.split("\n").length > maxLines;
  const answer = await (long ? askBesideText(request, text) : askInDialog(request, text));
  if (answer === "copy") await vscode.env.clipboard.writeText(request.script);
  return answer === "run";
}

type Choice = "run" | "copy" | undefined;

/** The values, one per line, and the script. */
function shownText({ script, variables }: ConfirmRequest): string {
  return [...(variables.length === 0 ? [] : [variables.map(describeVariable).join("\n")]), visibleText(script)].join("\n\n");
}

async function askInDialog(request: ConfirmRequest, text: string): Promise<Choice> {
  // The command comes last, so that its text cannot imitate ours.
  const detail = [whereOf(request).join("\n"), ...request.notes, text].join("\n\n");
  return ask(vscode.l10n.t("Run this in the terminal?"), detail);
}

/** Shows a long command in a read-only editor, with the question in a notification that does not cover it. */
async function askBesideText(request: ConfirmRequest, text: string): Promise<Choice> {
  const t = vscode.l10n.t;
  const scheme = "response-desk-command";
  const shown = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => text });
  try {
    const uri = vscode.Uri.from({ scheme, path: `/${t("Command to Run")}.sh`, query: request.id });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    const choice = await ask([t("Run these {0} lines in the terminal?", request.script.split("\n").length), whereOf(request).join(", "), ...request.notes].join(" \u00B7 "));
    await closeTab(uri);
    return choice;
  } finally {
    shown.dispose();
  }
}

/** Asks in a dialog that shows details, or without them in a notification. */
async function ask(question: string, detail?: string): Promise<Choice> {
  const [run, copy] = [vscode.l10n.t("Run"), vscode.l10n.t("Copy")];
  const chosen = await (detail === undefined ? vscode.window.showWarningMessage(question, run, copy) : showDialog("warning", question, detail, run, copy));
  return chosen === run ? "run" : chosen === copy ? "copy" : undefined;
}

function whereOf({ shell, folder }: ConfirmRequest): readonly string[] {
  return [vscode.l10n.t("Shell: {0}", visibleText(shell)), vscode.l10n.t("Folder: {0}", visibleText(folder))];
}

async function closeTab(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(tabs);
}

/** A command that ended. */
interface EndedCommand extends BoundScript {
  readonly shell: string;
  readonly end: TerminalEnd;
  readonly locations: readonly CommandLocation[];
}

/** Shows how a command ended, and offers to attach the result as a comment and to tick the step. */
async function offerResult(tools: DeskTools, ended: EndedCommand): Promise<CommandEnd> {
  const { outcome, why } = ended.end;
  let message = describeOutcome(outcome, why);
  if (why === "notStarted") {
    runInBackground(vscode.window.showWarningMessage(message));
    return undefined;
  }
  let attached = false;
  for (;;) {
    const chosen = await offer(tools, { message, outcome, attached, locations: ended.locations });
    if (chosen === "tick") return tick(tools, ended.locations);
    if (chosen === undefined) return undefined;
    const result = await attach(tools, ended, outcome);
    if (result === undefined || result.submission.kind === "withdrawn") continue;
    if (result.submission.kind !== "done") return result.submission;
    attached = true;
    message = vscode.l10n.t("The result was attached to {0}.", shortReference(tools.session, result.ref));
    if (!canTick(tools, outcome, ended.locations)) {
      runInBackground(vscode.window.showInformationMessage(message));
      return undefined;
    }
  }
}

function describeOutcome(outcome: CommandOutcome, why: TerminalEnd["why"]): string {
  const t = vscode.l10n.t;
  if (outcome.kind === "unknown") {
    return why === "notStarted" ? t("The terminal was closed before the command started. Nothing was run.") : t("The terminal was closed before the command ended. The result is unknown.");
  }
  const { code, milliseconds } = outcome;
  if (milliseconds === undefined) return code === 0 ? t("The command succeeded with exit code 0.") : t("The command failed with exit code {0}.", code);
  return code === 0 ? t("The command succeeded with exit code 0 after {0}.", formatDuration(milliseconds)) : t("The command failed with exit code {0} after {1}.", code, formatDuration(milliseconds));
}

interface Offer {
  readonly message: string;
  readonly outcome: CommandOutcome;
  readonly attached: boolean;
  readonly locations: readonly CommandLocation[];
}

async function offer(tools: DeskTools, { message, outcome, attached, locations }: Offer): Promise<"attach" | "tick" | undefined> {
  const t = vscode.l10n.t;
  const attachTitle = locations.length === 0 ? t("Attach to Issue…") : t("Attach to Step…");
  const tickTitle = t("Tick Step");
  const titles = [...(attached ? [] : [attachTitle]), ...(canTick(tools, outcome, locations) ? [tickTitle] : [])];
  const failedCommand = outcome.kind === "exit" && outcome.code !== 0;
  const chosen = await (failedCommand ? vscode.window.showWarningMessage(message, ...titles) : vscode.window.showInformationMessage(message, ...titles));
  return chosen === attachTitle ? "attach" : chosen === tickTitle ? "tick" : undefined;
}

function canTick({ session }: DeskTools, outcome: CommandOutcome, locations: readonly CommandLocation[]): boolean {
  const [location, ...others] = locations;
  const succeeded = outcome.kind === "exit" && outcome.code === 0;
  return succeeded && location !== undefined && others.length === 0 && stepAt(session, location)?.open === true;
}

async function tick(tools: DeskTools, [location]: readonly CommandLocation[]): Promise<CommandEnd> {
  return location === undefined ? undefined : markStep(tools, [location]);
}

/** `undefined` if the user leaves. */
async function attach(tools: DeskTools, { script, variables, shell, end, locations }: EndedCommand, outcome: CommandOutcome): Promise<{ readonly ref: IssueRef; readonly submission: Submission } | undefined> {
  const { session, editors, submit } = tools;
  const ref = await issueFor(tools, locations);
  if (ref === undefined) return undefined;
  const location = locations.find((each) => each.ref === ref);
  const step = location === undefined ? undefined : stepAt(session, location)?.step.text;
  const [safe, values, output] = await Promise.all([
    maskFound(script),
    Promise.all(variables.map(async (each) => ({ ...each, value: await maskFound(each.value) }))),
    end.output === undefined ? undefined : renderOutput(end.output).then(maskFound),
  ]);
  const written = await editors.write(
    commandComment({ script: safe, variables: values, shell: shellName(shell), outcome, ...(step === undefined ? {} : { step: plainText(readInline(step)) }), ...(output === undefined ? {} : { output }) }),
  );
  if (written === undefined || written.trim() === "") return undefined;
  return { ref, submission: await submit(vscode.l10n.t("Adding the comment…"), { kind: "comment", ref, markdown: renderCommand(written) }) };
}

async function issueFor({ session }: DeskTools, locations: readonly CommandLocation[]): Promise<IssueRef | undefined> {
  const t = vscode.l10n.t;
  const title = t("Attach result");
  if (locations.length === 0) return chooseIssue(session, undefined, { title });
  if (locations.length === 1) return locations[0]?.ref;
  const answer = await pickIssue(session, { flowStep: { title, back: false }, placeholder: t("Select an issue"), issues: locations.flatMap(({ ref }) => session.issues.find(ref) ?? []) });
  return answer.kind === "next" ? locations.find(({ ref }) => ref.number === answer.value.number && ref.repository === answer.value.repository)?.ref : undefined;
}
