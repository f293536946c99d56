import type { Checklist, ChecklistProgress, ChecklistSection, ChecklistStep, Evidence, StepMark } from "../model/checklist";
import { compareInstants } from "../model/instantOrder";
import type { Instant } from "../model/issue";
import { type IssueRef, refKey, sameRef } from "../model/issueRef";
import { sameLogin } from "../model/names";
import { readRoles } from "../model/roleMentions";
import { notChosen, resolveDecisions } from "./decision";

/**
 * The run with the mark on the step, unless the step has a later one: whatever the order in which marks arrive, the
 * latest stays. A mark on an option is one on its decision. `undefined` when the run has no such step.
 */
export function markStep(checklist: Checklist, step: string, mark: StepMark): Checklist | undefined {
  const found = findStep(checklist, step);
  if (found === undefined) return undefined;
  const decision = found.part === "option" ? decisionOf(checklist, found.id) : undefined;
  if (decision === undefined) return record(checklist, found, mark, undefined);
  return record(checklist, decision, mark, mark.kind === "done" ? found.id : undefined);
}

/**
 * The run with the option chosen: its decision and itself done, the other options and all below them skipped as
 * `notChosen`. Choosing another one later brings back what was below that one. `undefined` when there is no such option.
 */
export function choose(checklist: Checklist, option: string, mark: StepMark): Checklist | undefined {
  return findStep(checklist, option)?.part === "option" ? markStep(checklist, option, { ...withoutReason(mark), kind: "done" }) : undefined;
}

/** The run with the issue among the step's links, which are kept in one order and once each. */
export function linkStep(checklist: Checklist, step: string, ref: IssueRef): Checklist | undefined {
  const found = findStep(checklist, step);
  if (found === undefined) return undefined;
  if (found.links.some((link) => sameRef(link, ref))) return checklist;
  const links = [...found.links, ref].sort((a, b) =>
    a.repository === b.repository ? a.number - b.number : refKey(a) < refKey(b) ? -1 : 1,
  );
  return replace(checklist, { ...found, links });
}

/** All steps of a run in their order, sub-steps and options included. */
export function stepsOf(checklist: Checklist): readonly ChecklistStep[] {
  return checklist.items.filter((item) => item.kind === "step");
}

/** How many steps there are and how many are done or skipped; options of decisions do not count. */
export function progress(checklist: Checklist): ChecklistProgress {
  const counted = stepsOf(checklist).filter((step) => step.part !== "option");
  const open = openSteps(checklist).length;
  return { done: counted.length - open, total: counted.length };
}

/** The steps still to do, in order; options of decisions are not among them. */
export function openSteps(checklist: Checklist): readonly ChecklistStep[] {
  return stepsOf(checklist).filter((step) => step.part !== "option" && step.mark.kind === "open" && !decidedByHand(checklist, step));
}

/** Ids of the steps that may not be done yet, because a gate before them still has an open step. */
export function lockedSteps(checklist: Checklist): ReadonlySet<string> {
  const gate = shutGate(checklist);
  return new Set(gate === undefined ? [] : stepsAfter(checklist, gate).map(({ id }) => id));
}

/**
 * The gate that a step, by the id it has or had, may not be settled before at that instant. Of a gate that was reopened only
 * later, what came after it was done in good order.
 */
export function gateBefore(checklist: Checklist, step: string, at: Instant): ChecklistSection | undefined {
  const gate = shutGate(checklist, at);
  const id = findStep(checklist, step)?.id;
  return gate !== undefined && stepsAfter(checklist, gate).some((after) => after.id === id) ? gate : undefined;
}

function stepsAfter(checklist: Checklist, gate: ChecklistSection): readonly ChecklistStep[] {
  const after = checklist.items.slice(checklist.items.indexOf(gate) + 1);
  const next = after.findIndex(({ kind }) => kind === "section");
  return next < 0 ? [] : after.slice(next).filter((item) => item.kind === "step");
}

/** The run with what shows that a step is as it should be: pieces added, once each, and taken away. */
export function showEvidence(checklist: Checklist, step: string, add: readonly Evidence[], remove: readonly Evidence[]): Checklist | undefined {
  const found = findStep(checklist, step);
  if (found === undefined) return undefined;
  const same = (a: Evidence) => (b: Evidence) => a.kind === b.kind && a.value === b.value;
  const before = found.evidence ?? [];
  const kept = before.filter((each) => !remove.some(same(each)));
  const evidence = [...kept, ...add.filter((each, index) => !kept.some(same(each)) && add.findIndex(same(each)) === index)];
  if (evidence.length === before.length && kept.length === before.length) return checklist;
  const { evidence: _evidence, ...rest } = found;
  return replace(checklist, evidence.length === 0 ? rest : { ...rest, evidence });
}

/** The run with the step given to a person, or with an empty login to nobody; of two such gifts the later one stays. */
export function assignStep(checklist: Checklist, step: string, login: string, at: Instant): Checklist | undefined {
  const found = findStep(checklist, step);
  if (found === undefined) return undefined;
  const order = compareInstants(at, found.given?.at);
  if (order < 0 || (order === 0 && login <= (found.given?.login ?? ""))) return checklist;
  return replace(checklist, { ...found, given: { login, at } });
}

/** Whether the step is that person's: given to them, or to nobody and naming them. */
export function isFor({ given, text }: ChecklistStep, login: string): boolean {
  return given === undefined || given.login === "" ? readRoles(text, [login]).length > 0 : sameLogin(given.login, login);
}

/** The run with all of a section's own steps open again; `undefined` when it has no such section. */
export function reopenSection(checklist: Checklist, section: string, stamp: Omit<Extract<StepMark, { readonly kind: "open" }>, "kind">): Checklist | undefined {
  const start = checklist.items.findIndex((item) => item.kind === "section" && item.id === section);
  if (start < 0) return undefined;
  const after = checklist.items.slice(start + 1);
  const end = after.findIndex((item) => item.kind === "section");
  const steps = (end < 0 ? after : after.slice(0, end)).filter((item) => item.kind === "step" && item.part !== "option");
  return steps.reduce<Checklist>((now, { id }) => (findStep(now, id)?.mark.kind === "open" ? now : (markStep(now, id, { kind: "open", ...stamp }) ?? now)), checklist);
}

/** The first gate that still has an open step: one that was open at that instant already, where one is named. */
export function shutGate(checklist: Checklist, at?: Instant): ChecklistSection | undefined {
  const open = new Set(openSteps(checklist).filter(({ mark }) => at === undefined || compareInstants(mark.at, at) <= 0).map(({ id }) => id));
  let gate: ChecklistSection | undefined;
  for (const item of checklist.items) {
    if (item.kind === "section") gate = item.gate ? item : undefined;
    else if (gate !== undefined && open.has(item.id)) return gate;
  }
  return undefined;
}

/** The step with that id, now or in an earlier version of the runbook, if the run has it. */
export function findStep(checklist: Checklist, id: string): ChecklistStep | undefined {
  const steps = stepsOf(checklist);
  return steps.find((step) => step.id === id) ?? steps.find(({ formerly }) => formerly?.includes(id) === true);
}

function record(checklist: Checklist, step: ChecklistStep, mark: StepMark, chosen: string | undefined): Checklist {
  const now = ownMark(step);
  const order = compareInstants(mark.at, now.at ?? step.overrode);
  const byHand = now.at === undefined && step.overrode !== undefined;
  if (order < 0 || (order === 0 && (byHand || rank(mark, chosen) <= rank(now, step.chosen)))) return checklist;
  const { own: _own, overrode: _overrode, chosen: _chosen, ...rest } = step;
  // A reason of these very words is a person's own only as long as it stands in `own` too.
  const own = mark.kind === "skipped" && mark.reason === notChosen ? { own: mark } : {};
  return resolveDecisions(replace(checklist, { ...rest, mark, ...own, ...(chosen === undefined ? {} : { chosen }) }));
}

/** Decides between two marks of one instant, the same way wherever they meet. */
function rank(mark: StepMark, chosen: string | undefined): string {
  return JSON.stringify([mark.kind, mark.kind === "skipped" ? mark.reason : "", mark.by ?? "", chosen ?? ""]);
}

function ownMark(step: ChecklistStep): StepMark {
  if (step.own !== undefined) return step.own;
  return step.mark.kind === "skipped" && step.mark.reason === notChosen ? { kind: "open" } : step.mark;
}

function decisionOf(checklist: Checklist, option: string): ChecklistStep | undefined {
  const steps = stepsOf(checklist);
  const index = steps.findIndex((step) => step.id === option);
  const depth = steps[index]?.depth ?? 0;
  const parent = steps.slice(0, Math.max(index, 0)).findLast((step) => step.depth < depth);
  return parent?.part === "decision" ? parent : undefined;
}

function decidedByHand(checklist: Checklist, step: ChecklistStep): boolean {
  return step.part === "decision" && stepsOf(checklist).some((other) => other.part === "option" && other.mark.kind === "done" && decisionOf(checklist, other.id)?.id === step.id);
}

function replace(checklist: Checklist, step: ChecklistStep): Checklist {
  return { ...checklist, items: checklist.items.map((item) => (item.kind === "step" && item.id === step.id ? step : item)) };
}

function withoutReason(mark: StepMark): { readonly by?: string; readonly at?: string } {
  return { ...(mark.by === undefined ? {} : { by: mark.by }), ...(mark.at === undefined ? {} : { at: mark.at }) };
}
