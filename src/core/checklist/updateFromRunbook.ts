import type { Checklist, ChecklistItem, ChecklistSection, ChecklistStep } from "../model/checklist";
import { wordsOf } from "../search/terms";
import { resolveDecisions } from "./decision";
import { stepsOf } from "./checklistSteps";
import { ownMark } from "./marks";

/**
 * What an update from the current runbook would change. Steps that are no longer in the runbook are `removed`, or `kept` if
 * something was recorded on them.
 */
export interface ChecklistChanges {
  readonly added: readonly ChecklistStep[];
  readonly removed: readonly ChecklistStep[];
  readonly kept: readonly ChecklistStep[];
  readonly reworded: readonly { readonly from: ChecklistStep; readonly to: ChecklistStep }[];
}

/**
 * Compares a checklist with a fresh one from the current runbook. Moved steps are not a difference, nor are edges between the steps
 * of a flowchart: what they change shows as soon as they are taken.
 */
export function compareChecklists(checklist: Checklist, fresh: Checklist): ChecklistChanges {
  const pairs = pairSteps(stepsOf(checklist), stepsOf(fresh));
  const left = stepsOf(checklist).filter((step) => !pairs.has(step));
  const met = new Map([...pairs].map(([from, to]) => [to, from]));
  return {
    added: stepsOf(fresh).filter((step) => !met.has(step)),
    removed: left.filter((step) => !isTouched(step)),
    kept: left.filter(isTouched),
    reworded: [...pairs].flatMap(([from, to]) => (keepsText(from, to) || sameWords(from, to) ? [] : [{ from, to }])),
  };
}

/**
 * Updates a checklist to the steps and order of a fresh one. Progress is carried over to steps with a new id or text. A step
 * that is no longer in the runbook stays at the end of its section if something was recorded on it.
 */
export function updateFromRunbook(checklist: Checklist, fresh: Checklist): Checklist {
  const pairs = pairSteps(stepsOf(checklist), stepsOf(fresh));
  const met = new Map([...pairs].map(([from, to]) => [to, from]));
  const renamed = new Map([...pairs].map(([from, to]) => [from.id, to.id]));
  const left = new Map<string, ChecklistStep[]>();
  let section = "";
  for (const item of checklist.items) {
    if (item.kind === "section") section = item.id;
    else if (!pairs.has(item) && isTouched(item)) left.set(section, [...(left.get(section) ?? []), removed(item)]);
  }
  const items: ChecklistItem[] = [];
  for (const [index, item] of fresh.items.entries()) {
    const from = item.kind === "step" ? met.get(item) : undefined;
    items.push(item.kind === "step" && from !== undefined ? carryOver(from, item, renamed) : item);
    const next = fresh.items[index + 1];
    if (next === undefined || next.kind === "section") items.push(...takeRemaining(left, sectionAt(fresh.items, index)));
  }
  for (const [id, steps] of left) {
    const title = checklist.items.find((item): item is ChecklistSection => item.kind === "section" && item.id === id);
    items.push(...(title === undefined ? [] : [{ ...title, gate: false }]), ...steps);
  }
  return resolveDecisions({ ...checklist, revision: fresh.revision, items });
}

/** A step that is no longer in the runbook, without its place in a flowchart. */
function removed({ next: _next, optional: _optional, ...step }: ChecklistStep): ChecklistStep {
  return { ...step, part: "step", depth: 0 };
}

function carryOver(from: ChecklistStep, to: ChecklistStep, renamed: ReadonlyMap<string, string>): ChecklistStep {
  const formerly = [...new Set([...(from.formerly ?? []), from.id])].filter((id) => id !== to.id);
  const { formerly: _formerly, within: _within, next: _next, optional: _optional, chosen, ...said } = from;
  return {
    ...said,
    ...(to.within === undefined ? {} : { within: to.within }),
    id: to.id,
    text: keepsText(from, to) ? from.text : to.text,
    part: to.part,
    depth: to.depth,
    ...(to.next === undefined ? {} : { next: to.next }),
    ...(to.optional === undefined ? {} : { optional: to.optional }),
    ...(chosen === undefined ? {} : { chosen: renamed.get(chosen) ?? chosen }),
    ...(formerly.length === 0 ? {} : { formerly }),
  };
}

/**
 * Whether the texts differ at most in the names of roles, so that the logins from when the checklist was started stay. The id of
 * a step in a list is derived from its text, that of a node in a flowchart is not.
 */
function keepsText(from: ChecklistStep, to: ChecklistStep): boolean {
  const words = ({ text }: ChecklistStep): string => text.replace(/@[\p{L}\p{N}_-]+/gu, "@").replace(/\s+/g, " ").trim();
  return from.id === to.id && (to.next === undefined || words(from) === words(to));
}

function takeRemaining(left: Map<string, ChecklistStep[]>, section: string): readonly ChecklistStep[] {
  const steps = left.get(section) ?? [];
  left.delete(section);
  return steps;
}

function sectionAt(items: readonly ChecklistItem[], index: number): string {
  return items.slice(0, index + 1).findLast((item) => item.kind === "section")?.id ?? "";
}

/** Pairs old and new steps: by id, then by former id, then by node of a flowchart, then by equal text, then by the most similar text. */
function pairSteps(before: readonly ChecklistStep[], after: readonly ChecklistStep[]): ReadonlyMap<ChecklistStep, ChecklistStep> {
  const pairs = new Map<ChecklistStep, ChecklistStep>();
  const free = new Set(after);
  const pair = (from: ChecklistStep, to: ChecklistStep): void => {
    pairs.set(from, to);
    free.delete(to);
  };
  const byId = new Map(after.map((step) => [step.id, step]));
  for (const idsOf of [({ id }: ChecklistStep) => [id], ({ formerly = [] }: ChecklistStep) => formerly]) {
    for (const from of before) {
      const to = pairs.has(from) ? undefined : idsOf(from).flatMap((id) => byId.get(id) ?? []).find((step) => free.has(step));
      if (to !== undefined) pair(from, to);
    }
  }
  const nodes = uniqueNodes([...free]);
  for (const [node, from] of uniqueNodes(before.filter((step) => !pairs.has(step)))) {
    const to = nodes.get(node);
    if (to !== undefined) pair(from, to);
  }
  const words = new Map<string, ChecklistStep[]>();
  for (const to of free) words.set(normalizedText(to), [...(words.get(normalizedText(to)) ?? []), to]);
  for (const from of before) {
    const to = pairs.has(from) ? undefined : words.get(normalizedText(from))?.shift();
    if (to !== undefined) pair(from, to);
  }
  // This compares all pairs, so it is skipped for very long lists.
  const rest = before.filter((from) => !pairs.has(from));
  if (rest.length * free.size > maxCompared) return pairs;
  const alike = rest
    .flatMap((from) => [...free].map((to) => ({ from, to, similarity: from.part === to.part ? similarWords(from.text, to.text) : 0 })))
    .filter(({ similarity }) => similarity >= alikeEnough)
    .sort((a, b) => b.similarity - a.similarity);
  for (const { from, to } of alike) if (!pairs.has(from) && free.has(to)) pair(from, to);
  return pairs;
}

/** Steps of flowcharts by the part of their id that names the node, which stays when the heading above the flowchart changes. */
function uniqueNodes(steps: readonly ChecklistStep[]): ReadonlyMap<string, ChecklistStep> {
  const found = new Map<string, ChecklistStep[]>();
  for (const step of steps) {
    const node = step.next === undefined ? "" : step.id.slice(step.id.indexOf(".") + 1);
    if (node !== "") found.set(node, [...(found.get(node) ?? []), step]);
  }
  return new Map([...found].flatMap(([node, [only, ...others]]) => (only === undefined || others.length > 0 ? [] : [[node, only] as const])));
}

const maxCompared = 250_000;

const alikeEnough = 0.5;

function normalizedText({ part, text }: ChecklistStep): string {
  return `${part} ${text.toLowerCase().replace(/\s+/g, " ").trim()}`;
}

function sameWords(a: ChecklistStep, b: ChecklistStep): boolean {
  return normalizedText(a) === normalizedText(b);
}

/**
 * Whether anything was recorded on the step: that it was done or skipped in any pass, a link, or evidence. A reopening alone is
 * nothing. This must not depend on whether a mark is the current one or an earlier one, which changes when a step leaves its flowchart.
 */
function isTouched(step: ChecklistStep): boolean {
  const marks = [ownMark(step), ...(step.log ?? []).map(({ mark }) => mark)];
  return marks.some(({ kind }) => kind !== "open") || step.links.length > 0 || (step.evidence ?? []).length > 0;
}

/** The share of words that two texts have in common, from 0 to 1. */
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
