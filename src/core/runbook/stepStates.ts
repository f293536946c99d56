import { notChosen } from "./decision";
import { lockedSteps, openSteps } from "./marking";
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
  const gate = shutGate(run, open) ?? "";
  const stateOf = ({ id, part, mark }: RunStep): StepState => {
    if (mark.kind === "skipped") return mark.reason === notChosen ? { kind: "left" } : mark;
    if (mark.kind === "done") return mark;
    if (part !== "option" && !open.has(id)) return { kind: "done" };
    if (locked.has(id)) return { kind: "locked", gate };
    return { kind: id === current ? "current" : "open" };
  };
  const steps = run.items.filter((item) => item.kind === "step");
  const now = steps.map((step) => [step.id, stateOf(step)] as const);
  const before = steps.flatMap((step) => (step.formerly ?? []).map((id) => [id, stateOf(step)] as const));
  return new Map([...before, ...now]);
}

/** The title of the first gate with a step still to do. */
function shutGate(run: Run, open: ReadonlySet<string>): string | undefined {
  let gate: string | undefined;
  for (const item of run.items) {
    if (item.kind === "section") gate = item.gate ? item.title : undefined;
    else if (gate !== undefined && open.has(item.id)) return gate;
  }
  return undefined;
}
