import type { StepState } from "./stepStates";

/** A step as a drawing may name it, and how it stands. */
export interface DrawnStep {
  readonly text: string;
  readonly kind: StepState["kind"];
  /** How it stands, in words. */
  readonly words: string;
}

/**
 * The step that a node of a drawing stands for: the one that says the same, else the only one that begins with the node's words,
 * at least two. Case, marks, punctuation and articles do not count.
 */
export function stepOfNode(node: string, steps: readonly DrawnStep[]): DrawnStep | undefined {
  const wanted = plainWords(node);
  if (wanted === "") return undefined;
  const said = steps.map((step) => ({ step, words: plainWords(step.text) }));
  const same = said.find(({ words }) => words === wanted);
  if (same !== undefined) return same.step;
  const begun = wanted.includes(" ") ? said.filter(({ words }) => words.startsWith(`${wanted} `)) : [];
  return begun.length === 1 ? begun[0]?.step : undefined;
}

function plainWords(text: string): string {
  const words = text.normalize("NFC").toLowerCase().replace(/\]\([^()\s]*\)/g, "]").match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !/^(?:an?|the)$/.test(word)).join(" ");
}
