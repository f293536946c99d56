import * as vscode from "vscode";
import { failed, ok, type Result } from "../../../core/result";
import { findStep, lockedSteps } from "../../../core/runbook/marking";
import type { Run, RunStep } from "../../../core/runbook/run";
import type { DeskSession } from "../../app/session";
import { plainLabel } from "../../views/plainLabel";
import { withoutMarkup } from "../../views/withoutMarkup";
import { chooseRun, type ChosenRun } from "./chooseRun";
import { pickOne } from "./pick";
import { readIssueTarget } from "./readTarget";

export interface ChosenStep extends ChosenRun {
  readonly step: RunStep;
}

/** The step of a run that an argument names, else the one a person picks; `undefined` when they leave. One that is named and gone is a failure. */
export async function chooseStep(session: DeskSession, argument: unknown, title: string): Promise<Result<ChosenStep | undefined>> {
  const chosen = await chooseRun(session, argument, title);
  if (chosen === undefined) return ok(undefined);
  const named = readIssueTarget(argument)?.step;
  const step = named === undefined ? await pickStep(chosen.run, title) : findStep(chosen.run, named);
  if (step === undefined && named !== undefined) return failed({ kind: "stepGone", ref: chosen.ref, step: named });
  return ok(step && { ...chosen, step });
}

/** Asks for a step of a run; those behind a shut gate are left out. */
async function pickStep(run: Run, title: string): Promise<RunStep | undefined> {
  const locked = lockedSteps(run);
  const steps = run.items.filter((item) => item.kind === "step" && item.part !== "option" && !locked.has(item.id));
  const answer = await pickOne({
    place: { title, back: false },
    placeholder: vscode.l10n.t("At which step?"),
    choices: steps.flatMap((step) => (step.kind === "step" ? [{ label: plainLabel(withoutMarkup(step.text)), value: step }] : [])),
  });
  return answer.kind === "next" ? answer.value : undefined;
}
