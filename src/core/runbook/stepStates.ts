import { notChosen } from "./decision";
import { lockedSteps, openSteps, shutGate, stepsOf } from "./marking";
import type { Run, RunStep, StepMark } from "./run";

/** How a step of a run stands: `left` is below an option that was not chosen, `locked` waits for the gate of that title. */
export type StepState =
  | Exclude<StepMark, { readonly kind: "open" }>
  | { readonly kind: "open" | "current" | "left" }
  | { readonly kind: "locked"; readonly gate: string };

/** How each step of a run stands, by its id and by those it had before. `current` is the first that is to be done now. */
export function stepStates(run: Run): ReadonlyMap<string, StepState> {
  const open = new Set(openSteps(run).map(({ id }) => id));
  const [current] = open;
  const locked = lockedSteps(run);
  const gate = shutGate(run)?.title ?? "";
  const stateOf = ({ id, part, mark }: RunStep): StepState => {
    if (mark.kind === "skipped") return mark.reason === notChosen ? { kind: "left" } : mark;
    if (mark.kind === "done") return mark;
    if (part !== "option" && !open.has(id)) return { kind: "done" };
    if (locked.has(id)) return { kind: "locked", gate };
    return { kind: id === current ? "current" : "open" };
  };
  const steps = stepsOf(run);
  const now = steps.map((step) => [step.id, stateOf(step)] as const);
  const before = steps.flatMap((step) => (step.formerly ?? []).map((id) => [id, stateOf(step)] as const));
  return new Map([...before, ...now]);
}
