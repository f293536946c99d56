import type { Checklist, ChecklistStep, StepMark } from "../model/checklist";
import { lockedSteps, openSteps, blockingGate, stepsOf } from "./marking";
import { notChosen } from "./marks";

/** State of a step in a checklist. `left`: below an option that was not chosen. `locked`: after an open gate with that title. */
export type StepState =
  | Exclude<StepMark, { readonly kind: "open" }>
  | { readonly kind: "open" | "current" | "left" }
  | { readonly kind: "locked"; readonly gate: string };

/** The state of each step by its current and former ids. `current` is the next step to do. */
export function stepStates(checklist: Checklist): ReadonlyMap<string, StepState> {
  const open = new Set(openSteps(checklist).map(({ id }) => id));
  const [current] = open;
  const locked = lockedSteps(checklist);
  const gate = blockingGate(checklist)?.title ?? "";
  const stateOf = ({ id, part, mark, optional }: ChecklistStep): StepState => {
    if (mark.kind === "skipped" && !open.has(id)) return mark.reason === notChosen ? { kind: "left" } : mark;
    if (mark.kind === "done" && !open.has(id)) return mark;
    if (part !== "option" && optional !== true && !open.has(id)) return { kind: "done" };
    if (locked.has(id)) return { kind: "locked", gate };
    return { kind: id === current ? "current" : "open" };
  };
  const steps = stepsOf(checklist);
  const now = steps.map((step) => [step.id, stateOf(step)] as const);
  const before = steps.flatMap((step) => (step.formerly ?? []).map((id) => [id, stateOf(step)] as const));
  return new Map([...before, ...now]);
}

/** A step as a diagram can name it, with its state. */
export interface DiagramStep {
  readonly text: string;
  readonly kind: StepState["kind"];
  /** The state as text. */
  readonly words: string;
}

/**
 * Finds the step for a node of a diagram: the step with the same text, otherwise the only step whose text starts with the
 * node's text (at least two words). Case, formatting, punctuation and articles are ignored.
 */
export function stepOfNode(node: string, steps: readonly DiagramStep[]): DiagramStep | undefined {
  const wanted = comparableText(node);
  if (wanted === "") return undefined;
  const said = steps.map((step) => ({ step, words: comparableText(step.text) }));
  const same = said.find(({ words }) => words === wanted);
  if (same !== undefined) return same.step;
  const begun = wanted.includes(" ") ? said.filter(({ words }) => words.startsWith(`${wanted} `)) : [];
  return begun.length === 1 ? begun[0]?.step : undefined;
}

function comparableText(text: string): string {
  const words = text.normalize("NFC").toLowerCase().replace(/\]\([^()\s]*\)/g, "]").match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !/^(?:an?|the)$/.test(word)).join(" ");
}
