import * as vscode from "vscode";
import { lockedSteps } from "../../../core/runbook/marking";
import type { Run, RunStep } from "../../../core/runbook/run";
import { plainLabel } from "../../views/plainLabel";
import { withoutMarkup } from "../../views/withoutMarkup";
import { pickOne } from "./pick";

/** Asks for a step of a run; those behind a shut gate are left out. */
export async function pickStep(run: Run, title: string): Promise<RunStep | undefined> {
  const locked = lockedSteps(run);
  const steps = run.items.filter((item) => item.kind === "step" && item.part !== "option" && !locked.has(item.id));
  const answer = await pickOne({
    place: { title, back: false },
    placeholder: vscode.l10n.t("At which step?"),
    choices: steps.flatMap((step) => (step.kind === "step" ? [{ label: plainLabel(withoutMarkup(step.text)), value: step }] : [])),
  });
  return answer.kind === "next" ? answer.value : undefined;
}
