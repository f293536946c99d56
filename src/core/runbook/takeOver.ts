import { wordsOf } from "../words";
import { notChosen, settleDecisions } from "./decision";
import { stepsOf } from "./marking";
import type { Run, RunItem, RunSection, RunStep } from "./run";

/** What the runbook as it now is would change in a run. Steps without which it goes on are `removed`, those that stay because something was done there are `kept`. */
export interface RunChanges {
  readonly added: readonly RunStep[];
  readonly removed: readonly RunStep[];
  readonly kept: readonly RunStep[];
  readonly reworded: readonly { readonly from: RunStep; readonly to: RunStep }[];
}

/** How a run differs from a fresh one of the same runbook; steps that only moved are no difference. */
export function compareRuns(run: Run, fresh: Run): RunChanges {
  const pairs = pairSteps(stepsOf(run), stepsOf(fresh));
  const left = stepsOf(run).filter((step) => !pairs.has(step));
  const met = new Map([...pairs].map(([from, to]) => [to, from]));
  return {
    added: stepsOf(fresh).filter((step) => !met.has(step)),
    removed: left.filter((step) => !isTouched(step)),
    kept: left.filter(isTouched),
    reworded: [...pairs].flatMap(([from, to]) => (from.id === to.id || sameWords(from, to) ? [] : [{ from, to }])),
  };
}

/**
 * The run with the steps of a fresh one of its runbook in their order, each with what was done at it before, under whatever id or wording.
 * A step that is no more in the runbook stays, at the end of its section, if somebody did something at it.
 */
export function takeOver(run: Run, fresh: Run): Run {
  const pairs = pairSteps(stepsOf(run), stepsOf(fresh));
  const met = new Map([...pairs].map(([from, to]) => [to, from]));
  const renamed = new Map([...pairs].map(([from, to]) => [from.id, to.id]));
  const left = new Map<string, RunStep[]>();
  let section = "";
  for (const item of run.items) {
    if (item.kind === "section") section = item.id;
    else if (!pairs.has(item) && isTouched(item)) left.set(section, [...(left.get(section) ?? []), { ...item, part: "step", depth: 0 }]);
  }
  const items: RunItem[] = [];
  for (const [index, item] of fresh.items.entries()) {
    const from = item.kind === "step" ? met.get(item) : undefined;
    items.push(item.kind === "step" && from !== undefined ? carryOver(from, item, renamed) : item);
    const next = fresh.items[index + 1];
    if (next === undefined || next.kind === "section") items.push(...takeLeft(left, sectionAt(fresh.items, index)));
  }
  for (const [id, steps] of left) {
    const title = run.items.find((item): item is RunSection => item.kind === "section" && item.id === id);
    items.push(...(title === undefined ? [] : [{ ...title, gate: false }]), ...steps);
  }
  return settleDecisions({ ...run, revision: fresh.revision, items });
}

function carryOver(from: RunStep, to: RunStep, renamed: ReadonlyMap<string, string>): RunStep {
  const formerly = [...new Set([...(from.formerly ?? []), from.id])].filter((id) => id !== to.id);
  const { formerly: _formerly, within: _within, chosen, ...said } = from;
  return {
    ...said,
    ...(to.within === undefined ? {} : { within: to.within }),
    id: to.id,
    // Of the same words the run has the roles filled in as they were when it began.
    text: from.id === to.id ? from.text : to.text,
    part: to.part,
    depth: to.depth,
    ...(chosen === undefined ? {} : { chosen: renamed.get(chosen) ?? chosen }),
    ...(formerly.length === 0 ? {} : { formerly }),
  };
}

function takeLeft(left: Map<string, RunStep[]>, section: string): readonly RunStep[] {
  const steps = left.get(section) ?? [];
  left.delete(section);
  return steps;
}

function sectionAt(items: readonly RunItem[], index: number): string {
  return items.slice(0, index + 1).findLast((item) => item.kind === "section")?.id ?? "";
}

/** Which step became which: the same id, else one it had before, else the same words, else the words most alike. */
function pairSteps(before: readonly RunStep[], after: readonly RunStep[]): ReadonlyMap<RunStep, RunStep> {
  const pairs = new Map<RunStep, RunStep>();
  const free = new Set(after);
  const pair = (from: RunStep, to: RunStep): void => {
    pairs.set(from, to);
    free.delete(to);
  };
  const byId = new Map(after.map((step) => [step.id, step]));
  for (const idsOf of [({ id }: RunStep) => [id], ({ formerly = [] }: RunStep) => formerly]) {
    for (const from of before) {
      const to = pairs.has(from) ? undefined : idsOf(from).flatMap((id) => byId.get(id) ?? []).find((step) => free.has(step));
      if (to !== undefined) pair(from, to);
    }
  }
  const words = new Map<string, RunStep[]>();
  for (const to of free) words.set(wordingOf(to), [...(words.get(wordingOf(to)) ?? []), to]);
  for (const from of before) {
    const to = pairs.has(from) ? undefined : words.get(wordingOf(from))?.shift();
    if (to !== undefined) pair(from, to);
  }
  // Each compared with each: beyond so many it takes longer than a person waits.
  const rest = before.filter((from) => !pairs.has(from));
  if (rest.length * free.size > mostCompared) return pairs;
  const alike = rest
    .flatMap((from) => [...free].map((to) => ({ from, to, likeness: from.part === to.part ? similarWords(from.text, to.text) : 0 })))
    .filter(({ likeness }) => likeness >= alikeEnough)
    .sort((a, b) => b.likeness - a.likeness);
  for (const { from, to } of alike) if (!pairs.has(from) && free.has(to)) pair(from, to);
  return pairs;
}

const mostCompared = 250_000;
const alikeEnough = 0.5;

function wordingOf({ part, text }: RunStep): string {
  return `${part} ${text.toLowerCase().replace(/\s+/g, " ").trim()}`;
}

function sameWords(a: RunStep, b: RunStep): boolean {
  return wordingOf(a) === wordingOf(b);
}

/** Whether anybody did anything at the step. */
function isTouched({ mark, own, links, evidence }: RunStep): boolean {
  const said = own ?? (mark.kind === "skipped" && mark.reason === notChosen ? { kind: "open" as const } : mark);
  return said.kind !== "open" || links.length > 0 || (evidence ?? []).length > 0;
}

/** The share of their words that two texts have in common, from 0 to 1. */
function similarWords(a: string, b: string): number {
  const [one, other] = [a, b].map(wordsOf);
  const rest = [...(other ?? [])];
  let common = 0;
  for (const word of one ?? []) {
    const index = rest.indexOf(word);
    if (index < 0) continue;
    rest.splice(index, 1);
    common += 1;
  }
  const all = (one?.length ?? 0) + (other?.length ?? 0);
  return all === 0 ? 0 : (2 * common) / all;
}
