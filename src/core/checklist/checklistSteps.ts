import type { Checklist, ChecklistStep } from "../model/checklist";

/** All steps of a checklist in order, including sub-steps and options. */
export function stepsOf(checklist: Pick<Checklist, "items">): readonly ChecklistStep[] {
  return checklist.items.filter((item) => item.kind === "step");
}

/** Finds a step by its current id or an id of an earlier version of the runbook. */
export function findStep(checklist: Pick<Checklist, "items">, id: string): ChecklistStep | undefined {
  const steps = stepsOf(checklist);
  return steps.find((step) => step.id === id) ?? steps.find(({ formerly }) => formerly?.includes(id) === true);
}

/** The decision of an option: the nearest step above it with a lower depth. */
export function decisionOf(checklist: Pick<Checklist, "items">, option: ChecklistStep): ChecklistStep | undefined {
  const steps = stepsOf(checklist);
  const parent = steps.slice(0, Math.max(steps.indexOf(option), 0)).findLast((step) => step.depth < option.depth);
  return parent?.part === "decision" ? parent : undefined;
}
