import * as vscode from "vscode";
import type { Runbook, RunbookSection } from "../../../core/model/runbook";
import { headingPath, isHandbook, proceduresOf, sectionRunbook, sectionsToStart } from "../../../core/runbook/procedure";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { type Answer, type FlowStep, next } from "../../ui/inputFlow";
import { type Choice, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { SuggestedRunbook } from "./suggestions";
import { readRunbookTarget, type RunbookTarget } from "./target";

/** A runbook as a choice: its title, why it is suggested, and its number of steps. */
export function runbookChoice(runbook: Runbook, why?: SuggestedRunbook["why"]): Choice<{ readonly path: string }> {
  const t = vscode.l10n.t;
  const reasons = { match: t("matches this issue"), kind: t("the default runbook for this kind"), sameKind: t("for this kind") } as const;
  return {
    label: `$(checklist) ${plainLabel(runbook.title)}`,
    description: [...(why === undefined ? [] : [reasons[why]]), stepCount(runbook)].join(" · "),
    detail: plainLabel(runbook.path),
    value: { path: runbook.path },
  };
}

/** The number of steps as text, without the answers of decisions. */
export function stepCount({ steps }: Pick<Runbook, "steps">): string {
  const count = steps.filter((step) => step.part !== "option").length;
  return count === 1 ? vscode.l10n.t("1 step") : vscode.l10n.t("{0} steps", count);
}

/** Whether it has to be asked which procedure of a runbook is meant: the runbook is a whole handbook. */
export function holdsProcedures(runbook: Runbook): boolean {
  return runbook.path === runbook.file && isHandbook(runbook) && proceduresOf(runbook).length > 0;
}

/** The runbook itself, or the procedure that the user picks if it is a handbook. All places that start a chosen runbook use this. */
export async function askProcedure(session: DeskSession, runbook: Runbook, flowStep: FlowStep, active?: string): Promise<Answer<Runbook>> {
  if (!holdsProcedures(runbook)) return next(runbook);
  return pickSection(session, runbook, proceduresOf(runbook).filter(({ gate }) => !gate), flowStep, active);
}

/** The section that the user picks, or the whole file. */
export async function askSection(session: DeskSession, runbook: Runbook, flowStep: FlowStep): Promise<Answer<Runbook>> {
  return pickSection(session, runbook, sectionsToStart(runbook), flowStep);
}

async function pickSection(session: DeskSession, runbook: Runbook, sections: readonly RunbookSection[], flowStep: FlowStep, active?: string): Promise<Answer<Runbook>> {
  const t = vscode.l10n.t;
  const procedures = sections.flatMap((section) => {
    const procedure = sectionRunbook(runbook, section.slug);
    return procedure === undefined ? [] : [{ procedure, above: headingPath(runbook, section) }];
  });
  const whole: Choice<Runbook> = { label: `$(book) ${t("The Whole File")}`, description: stepCount(runbook), value: runbook };
  const answer = await pickOne<Runbook>({
    flowStep,
    placeholder: t("Select a procedure of “{0}”", plainLabel(runbook.title)),
    choices: [
      ...procedures.map(({ procedure, above }): Choice<Runbook> => ({ label: `$(checklist) ${plainLabel(procedure.title)}`, description: [...above.map(plainLabel), stepCount(procedure)].join(" · "), value: procedure })),
      ...(runbook.steps.length === 0 ? [] : [whole]),
    ],
    ...(active === undefined ? {} : { active: ({ path }) => path === active }),
  });
  // The desk can give a section a role and a time of the day.
  return answer.kind === "next" ? next((await session.runbooks.get(answer.value.path)) ?? answer.value) : answer;
}

/** The path of the runbook in an argument. `undefined` if there is none or it is outside the workspace. */
export function runbookPath(session: DeskSession, target: RunbookTarget | undefined): string | undefined {
  if (target?.path !== undefined) return target.path;
  return target?.uri === undefined ? undefined : session.paths.pathOf(vscode.Uri.parse(target.uri, true));
}

/** The line (from 0) of the cursor, if the runbook is in the active editor. */
export function cursorIn(session: DeskSession, runbook: Runbook): number | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && editor.document.uri.toString() === session.paths.uriOf(runbook.file)?.toString() ? editor.selection.active.line : undefined;
}

/** The runbook in the arguments, in the active editor, or that the user picks. */
export async function chooseRunbook(session: DeskSession, args: readonly unknown[], title: string, placeholder: string): Promise<Runbook | undefined> {
  const runbooks = await session.runbooks.all();
  const named = runbookPath(session, readRunbookTarget(args)) ?? (args.every((arg) => arg === undefined) ? activeRunbook(session, runbooks) : undefined);
  if (named !== undefined) {
    const found = await session.runbooks.get(named);
    if (found === undefined) runInBackground(vscode.window.showWarningMessage(vscode.l10n.t("The runbook {0} does not exist. It may have been moved. Look for it in the Runbooks view.", plainLabel(named))), session.log);
    return found;
  }
  if (runbooks.length === 0) {
    const create = vscode.l10n.t("Create Desk");
    const chosen = await vscode.window.showInformationMessage(vscode.l10n.t("This folder has no runbooks yet. A runbook is a Markdown file with steps."), create);
    if (chosen === create) await vscode.commands.executeCommand("responseDesk.desk.create");
    return undefined;
  }
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder, choices: runbooks.map((runbook) => runbookChoice(runbook)) });
  return answer.kind === "next" ? session.runbooks.get(answer.value.path) : undefined;
}

function activeRunbook(session: DeskSession, runbooks: readonly Runbook[]): string | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  const path = active === undefined ? undefined : runbookPath(session, { uri: active.toString() });
  return runbooks.some((runbook) => runbook.path === path) ? path : undefined;
}
