import type { Checklist, ChecklistStep, StepMark } from "../model/checklist";
import { stepsOf } from "./checklistSteps";
import { lockedSteps, openSteps, blockingGate } from "./marking";
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
export function stepFinder<Step extends { readonly text: string }>(steps: readonly Step[]): (node: string) => Step | undefined {
  // Finding the first word of a text is faster than comparing all of it, and few texts have the same.
  const groups = new Map<string, { readonly steps: Step[]; find?: (words: string) => Step | undefined }>();
  for (const step of steps) {
    const first = firstWord(step.text);
    const group = groups.get(first);
    if (group === undefined) groups.set(first, { steps: [step] });
    else group.steps.push(step);
  }
  return (node) => {
    const group = groups.get(firstWord(node));
    if (group === undefined) return undefined;
    group.find ??= finderAmong(group.steps);
    return group.find(comparableText(node));
  };
}

function finderAmong<Step extends { readonly text: string }>(steps: readonly Step[]): (words: string) => Step | undefined {
  const sorted = steps.map((step) => ({ step, words: comparableText(step.text) })).sort((a, b) => (a.words < b.words ? -1 : Number(a.words > b.words)));
  const firstFrom = (words: string): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.words ?? "") < words) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (wanted) => {
    if (wanted === "") return undefined;
    const same = sorted[firstFrom(wanted)];
    if (same?.words === wanted) return same.step;
    if (!wanted.includes(" ")) return undefined;
    const begun = firstFrom(`${wanted} `);
    const starts = (index: number): boolean => sorted[index]?.words.startsWith(`${wanted} `) === true;
    return starts(begun) && !starts(begun + 1) ? sorted[begun]?.step : undefined;
  };
}

/** What is between two words, articles included. The first pattern is for texts of ASCII only, and faster. */
const between = {
  ascii: /[^a-z0-9]+(?:(?:an?|the)(?![a-z0-9])[^a-z0-9]*)*/g,
  any: /[^\p{L}\p{N}]+(?:(?:an?|the)(?![\p{L}\p{N}])[^\p{L}\p{N}]*)*/gu,
};

const start = /^[^\p{L}\p{N}]*(?:(?:an?|the)[^\p{L}\p{N}]+)*([\p{L}\p{N}]+)/u;

function comparableText(text: string): string {
  const { plain, isAscii } = plainText(text);
  return ` ${plain}`.replace(isAscii ? between.ascii : between.any, " ").trim();
}

/** The first word of the comparable text. */
function firstWord(text: string): string {
  return start.exec(plainText(text).plain)?.[1] ?? "";
}

/** The text in small letters, without the destinations of links. */
function plainText(text: string): { readonly plain: string; readonly isAscii: boolean } {
  const isAscii = /^[\0-\x7F]*$/.test(text);
  const small = (isAscii ? text : text.normalize("NFC")).toLowerCase();
  return { plain: small.includes("](") ? small.replace(/\]\([^()\s]*\)/g, "]") : small, isAscii };
}
