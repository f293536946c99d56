import type { ChecklistState, RunView, StepView } from "../../protocol/checklist";
import type { Hands, Ui } from "./ui";

/** What every step is drawn with. */
export interface Drawing {
  readonly state: ChecklistState;
  readonly run: RunView;
  readonly ui: Ui;
  readonly hands: Hands;
}

/** Whether the step can not be marked now: nothing may be written, a gate is shut, or another option was chosen. */
export function blocked(step: StepView, { state }: Pick<Drawing, "state">): boolean {
  return state.readonly || step.locked !== undefined || (step.mark.kind === "left" && step.part !== "option");
}
