import type { Checklist, ChecklistStep, LoggedMark, StepMark } from "../model/checklist";
import { compareInstants } from "../model/instant";
import { resolveDecisions } from "./decision";
import { stepsOf } from "./checklistSteps";
import { assignStep, linkStep, showEvidence } from "./marking";
import { inOrder, ownMark, rankOf, timedMarks } from "./marks";
import { addMarks } from "./passes";
import { setValues } from "./values";

/**
 * Merges two copies of a checklist from two branches: for each step the latest mark, for each field the latest value, and all links
 * and evidence. The order of the copies does not matter. Returns `undefined` when a person must decide: the text of a step differs,
 * or a step with changes exists in one copy only.
 */
export function mergeChecklists(a: Checklist, b: Checklist): Checklist | undefined {
  if (a.revision === b.revision) return sameItems(a, b) ? mergeInto(a, b) : undefined;
  // One copy may be of a newer runbook: the one that contains every changed step of the other.
  return mergeInto(a, b) ?? mergeInto(b, a);
}

/** Merges two copies of a step. The text is taken from the first. If one has earlier marks, the marks of both are kept. */
export function mergeSteps(a: ChecklistStep, b: ChecklistStep): ChecklistStep {
  const { mark: _mark, own: _own, chosen: _chosen, overrode: _overrode, log: _log, ...rest } = a;
  const formerly = [...new Set([...(a.formerly ?? []), ...(b.formerly ?? [])])].filter((id) => id !== a.id);
  const log = a.log === undefined && b.log === undefined ? {} : { log: inOrder([...timedMarks(a), ...timedMarks(b)]) };
  const merged: ChecklistStep = { ...rest, ...stateOf(isLater(b, a) ? b : a), ...(formerly.length === 0 ? {} : { formerly }), ...log };
  const alone: Checklist = { id: "", runbook: "", title: "", revision: "", startedAt: "", by: "", items: [merged] };
  const linked = b.links.reduce<Checklist>((checklist, link) => linkStep(checklist, a.id, link) ?? checklist, alone);
  const shown = showEvidence(linked, a.id, b.evidence ?? [], []) ?? linked;
  const given = b.given === undefined ? shown : (assignStep(shown, a.id, b.given.login, b.given.at) ?? shown);
  return stepsOf(given)[0] ?? merged;
}

function mergeInto(one: Checklist, two: Checklist): Checklist | undefined {
  const base = addMarks(one, marksOf(two), resolveDecisions);
  const other = addMarks(two, marksOf(one), resolveDecisions);
  const left = new Map(stepsOf(other).map((step) => [step.id, step]));
  const items = base.items.map((item) => {
    if (item.kind === "section") return item;
    const ids = [item.id, ...(item.formerly ?? [])];
    const same = ids.map((id) => left.get(id)).find((found) => found !== undefined);
    if (same === undefined) return item;
    left.delete(same.id);
    return mergeSteps(item, same);
  });
  return [...left.values()].some(isTouched) ? undefined : setValues(resolveDecisions({ ...base, items }), other.values ?? []);
}

/** All marks by the ids of their steps, for steps that keep them. */
function marksOf(checklist: Checklist): ReadonlyMap<string, readonly LoggedMark[]> {
  return new Map(stepsOf(checklist).flatMap((step) => [step.id, ...(step.formerly ?? [])].map((id) => [id, timedMarks(step)] as const)));
}

function sameItems(a: Checklist, b: Checklist): boolean {
  const words = ({ title, items }: Checklist): string => JSON.stringify([title, items.map((item) => (item.kind === "step" ? [item.id, item.text, item.depth, item.part] : [item.id, item.title, item.gate]))]);
  return words(a) === words(b);
}

function isTouched({ mark, own, links, given, evidence, overrode, log }: ChecklistStep): boolean {
  return log !== undefined || mark.kind !== "open" || mark.at !== undefined || own !== undefined || overrode !== undefined || given !== undefined || evidence !== undefined || links.length > 0;
}

function stateOf({ mark, own, chosen, overrode }: ChecklistStep): Pick<ChecklistStep, "mark" | "own" | "chosen" | "overrode"> {
  return { mark, ...(own === undefined ? {} : { own }), ...(chosen === undefined ? {} : { chosen }), ...(overrode === undefined ? {} : { overrode }) };
}

/** Whether `a` is later. A manual change is later than the mark it overrides. If the order is unknown, a done step stays done. */
function isLater(a: ChecklistStep, b: ChecklistStep): boolean {
  const [left, right] = [ownMark(a), ownMark(b)];
  const order = compareInstants(left.at ?? a.overrode, right.at ?? b.overrode);
  if (order !== 0) return order > 0;
  const byHand = (step: ChecklistStep, mark: StepMark): boolean => mark.at === undefined && step.overrode !== undefined;
  if (byHand(a, left) !== byHand(b, right)) return byHand(a, left);
  if (left.at === undefined && (left.kind === "open") !== (right.kind === "open")) return right.kind === "open";
  return rankOf(left, a.chosen) > rankOf(right, b.chosen);
}
