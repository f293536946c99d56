import * as vscode from "vscode";
import type { IssueRef } from "../../../core/issue/issueRef";
import type { Submission } from "../../../core/issue/outbox";
import { commandComment, sayDuration, type CommandOutcome } from "../../../core/shell/commandComment";
import { shellName } from "../../../core/shell/dialect";
import type { BoundScript } from "../../../core/shell/scriptVariables";
import { maskFound, renderOutput } from "../../platform/commandOutput";
import type { TerminalEnd } from "../../platform/terminals";
import { readInline } from "../../../markdown/readInline";
import { plainText } from "../../../core/runbook/inline";
import type { CommandEnd, DeskTools } from "../command";
import { chooseIssue, pickIssue, sayRef } from "../input/pickIssue";
import { stepAt, type CommandPlace } from "./commandScene";
import { runInBackground } from "../../platform/background";

/** A command that ended. */
export interface EndedCommand extends BoundScript {
  readonly shell: string;
  readonly end: TerminalEnd;
  readonly places: readonly CommandPlace[];
}

/** Says how a command ended and offers to put it on record: as a comment that is shown before it is sent, and as a tick. */
export async function offerResult(tools: DeskTools, ended: EndedCommand): Promise<CommandEnd> {
  const { outcome, why } = ended.end;
  let message = sayOutcome(outcome, why);
  if (why === "notStarted") {
    runInBackground(vscode.window.showWarningMessage(message));
    return undefined;
  }
  let attached = false;
  for (;;) {
    const chosen = await offer(tools, { message, outcome, attached, places: ended.places });
    if (chosen === "tick") return tick(tools, ended.places);
    if (chosen === undefined) return undefined;
    const result = await attach(tools, ended, outcome);
    if (result === undefined || result.submission.kind === "withdrawn") continue;
    if (result.submission.kind !== "done") return result.submission;
    attached = true;
    message = vscode.l10n.t("The result was attached to {0}.", sayRef(tools.session, result.ref));
    if (!canTick(tools, outcome, ended.places)) {
      runInBackground(vscode.window.showInformationMessage(message));
      return undefined;
    }
  }
}

function sayOutcome(outcome: CommandOutcome, why: TerminalEnd["why"]): string {
  const t = vscode.l10n.t;
  if (outcome.kind === "unknown") {
    return why === "notStarted" ? t("The terminal was closed before the command began. Nothing was run.") : t("The terminal was closed before the command ended; how it ended is not known.");
  }
  const { code, milliseconds } = outcome;
  if (milliseconds === undefined) return code === 0 ? t("The command worked: exit code 0.") : t("The command failed with exit code {0}.", code);
  return code === 0 ? t("The command worked: exit code 0 after {0}.", sayDuration(milliseconds)) : t("The command failed with exit code {0} after {1}.", code, sayDuration(milliseconds));
}

interface Offer {
  readonly message: string;
  readonly outcome: CommandOutcome;
  readonly attached: boolean;
  readonly places: readonly CommandPlace[];
}

async function offer(tools: DeskTools, { message, outcome, attached, places }: Offer): Promise<"attach" | "tick" | undefined> {
  const t = vscode.l10n.t;
  const attachTitle = places.length === 0 ? t("Attach to Issue…") : t("Attach to Step…");
  const tickTitle = t("Tick Step");
  const titles = [...(attached ? [] : [attachTitle]), ...(canTick(tools, outcome, places) ? [tickTitle] : [])];
  const failedCommand = outcome.kind === "exit" && outcome.code !== 0;
  const chosen = await (failedCommand ? vscode.window.showWarningMessage(message, ...titles) : vscode.window.showInformationMessage(message, ...titles));
  return chosen === attachTitle ? "attach" : chosen === tickTitle ? "tick" : undefined;
}

function canTick({ session }: DeskTools, outcome: CommandOutcome, places: readonly CommandPlace[]): boolean {
  const [place, ...others] = places;
  const worked = outcome.kind === "exit" && outcome.code === 0;
  return worked && place !== undefined && others.length === 0 && stepAt(session, place)?.open === true;
}

async function tick({ submit }: DeskTools, [place]: readonly CommandPlace[]): Promise<CommandEnd> {
  if (place === undefined) return undefined;
  const { ref, run, step } = place;
  return submit(vscode.l10n.t("Ticking the step…"), { kind: "edit", ref, change: { kind: "markStep", run, step, mark: { kind: "done" } } });
}

/** `undefined` when the person left it. */
async function attach(tools: DeskTools, { script, variables, shell, end, places }: EndedCommand, outcome: CommandOutcome): Promise<{ readonly ref: IssueRef; readonly submission: Submission } | undefined> {
  const { session, editors, submit } = tools;
  const ref = await issueFor(tools, places);
  if (ref === undefined) return undefined;
  const place = places.find((each) => each.ref === ref);
  const step = place === undefined ? undefined : stepAt(session, place)?.step.text;
  const [safe, values, output] = await Promise.all([
    maskFound(script),
    Promise.all(variables.map(async (each) => ({ ...each, value: await maskFound(each.value) }))),
    end.output === undefined ? undefined : renderOutput(end.output).then(maskFound),
  ]);
  const written = await editors.write(
    commandComment({ script: safe, variables: values, shell: shellName(shell), outcome, ...(step === undefined ? {} : { step: plainText(readInline(step)) }), ...(output === undefined ? {} : { output }) }),
  );
  if (written === undefined || written.trim() === "") return undefined;
  return { ref, submission: await submit(vscode.l10n.t("Adding the comment…"), { kind: "comment", ref, markdown: written }) };
}

async function issueFor({ session }: DeskTools, places: readonly CommandPlace[]): Promise<IssueRef | undefined> {
  const t = vscode.l10n.t;
  const title = t("Attach the result");
  const placeholder = t("To which issue?");
  if (places.length === 0) return chooseIssue(session, undefined, { title, placeholder });
  if (places.length === 1) return places[0]?.ref;
  const answer = await pickIssue(session, { place: { title, back: false }, placeholder, issues: places.flatMap(({ ref }) => session.issues.find(ref) ?? []) });
  return answer.kind === "next" ? places.find(({ ref }) => ref.number === answer.value.number && ref.repository === answer.value.repository)?.ref : undefined;
}
