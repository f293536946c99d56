import type { Checklist, ChecklistProgress, ChecklistSection, ChecklistStep, Evidence, StepMark } from "../model/checklist";
import { compareInstants } from "../model/instant";
import type { Instant } from "../model/issue";
import { type IssueRef, refKey, sameRef } from "../model/issueRef";
import { sameLogin } from "../model/names";
import { readRoles } from "../model/roleMentions";
import { decisionOf, findStep, stepsOf } from "./checklistSteps";
import { resolveDecisions } from "./decision";
import { isLeft, ownMark, rankOf } from "./marks";
import { addMarks, keepsMarks, passStarts } from "./passes";
import { missingAt } from "./requests";

/**
 * Sets the mark of a step unless it has a later one, so that marks can arrive in any order. A step that can be repeated keeps all
 * marks. A mark on an option applies to its decision. Returns `undefined` when there is no such step.
 */
export function markStep(checklist: Checklist, step: string, mark: StepMark): Checklist | undefined {
  const found = findStep(checklist, step);
  if (found === undefined) return undefined;
  const decision = found.part === "option" ? decisionOf(checklist, found) : undefined;
  if (decision === undefined) return record(checklist, found, mark, undefined);
  return record(checklist, decision, mark, mark.kind === "done" ? found.id : undefined);
}

/**
 * Chooses an option: the decision and the option are done, and the other options with their sub-steps are skipped as
 * `notChosen`. Choosing another option later restores its sub-steps. Returns `undefined` when there is no such option.
 */
export function choose(checklist: Checklist, option: string, mark: StepMark): Checklist | undefined {
  return findStep(checklist, option)?.part === "option" ? markStep(checklist, option, { ...withoutReason(mark), kind: "done" }) : undefined;
}

/** Adds the issue to the step's links, which are sorted and have no duplicates. */
export function linkStep(checklist: Checklist, step: string, ref: IssueRef): Checklist | undefined {
  const found = findStep(checklist, step);
  if (found === undefined) return undefined;
  if (found.links.some((link) => sameRef(link, ref))) return checklist;
  const links = [...found.links, ref].sort((a, b) =>
    a.repository === b.repository ? a.number - b.number : refKey(a) < refKey(b) ? -1 : 1,
  );
  return replace(checklist, { ...found, links });
}

/** Number of steps, and how many are done or skipped. Options of decisions and open optional steps do not count. */
export function progress(checklist: Checklist): ChecklistProgress {
  const counted = stepsOf(checklist).filter((step) => step.part !== "option" && !(step.optional === true && step.mark.kind === "open"));
  const open = openSteps(checklist).length;
  return { done: counted.length - open, total: counted.length };
}

/**
 * The open steps in order, without options of decisions and optional steps. A step that is marked without what it asks for, such
 * as an approval, is open.
 */
export function openSteps(checklist: Checklist): readonly ChecklistStep[] {
  const byHand = decidedByHand(checklist);
  const isOpen = ({ id, optional, mark }: ChecklistStep): boolean => mark.kind === "open" && optional !== true && !byHand.has(id);
  return stepsOf(checklist).filter((step) => step.part !== "option" && (isOpen(step) || missingAt(checklist, step).length > 0));
}

/** Ids of the steps that are locked because an earlier gate has an open step. */
export function lockedSteps(checklist: Checklist): ReadonlySet<string> {
  const gate = blockingGate(checklist);
  return new Set(gate === undefined ? [] : stepsAfter(checklist, gate).map(({ id }) => id));
}

/**
 * The locked gate before a step, given by its current or former id, at an instant. A gate that was reopened later does not lock
 * steps that were done before.
 */
export function gateBefore(checklist: Checklist, step: string, at: Instant): ChecklistSection | undefined {
  const gate = blockingGate(checklist, at);
  const id = findStep(checklist, step)?.id;
  return gate !== undefined && stepsAfter(checklist, gate).some((after) => after.id === id) ? gate : undefined;
}

function stepsAfter(checklist: Checklist, gate: ChecklistSection): readonly ChecklistStep[] {
  const after = checklist.items.slice(checklist.items.indexOf(gate) + 1);
  const next = after.findIndex(({ kind }) => kind === "section");
  return next < 0 ? [] : after.slice(next).filter((item) => item.kind === "step");
}

/** Adds evidence to a step, without duplicates, and removes evidence from it. */
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

/** Assigns the step to a person, or to nobody if the login is empty. The latest assignment wins. */
export function assignStep(checklist: Checklist, step: string, login: string, at: Instant): Checklist | undefined {
  const found = findStep(checklist, step);
  if (found === undefined) return undefined;
  const order = compareInstants(at, found.given?.at);
  if (order < 0 || (order === 0 && login <= (found.given?.login ?? ""))) return checklist;
  return replace(checklist, { ...found, given: { login, at } });
}

/** Whether the step is for a person: assigned to them, or unassigned and mentioning them. */
export function isFor({ given, text }: ChecklistStep, login: string): boolean {
  return given === undefined || given.login === "" ? readRoles(text, [login]).length > 0 : sameLogin(given.login, login);
}

/** Reopens all steps of a section. What the decisions of a flowchart leave out stays left out. Returns `undefined` when there is no such section. */
export function reopenSection(checklist: Checklist, section: string, stamp: Omit<Extract<StepMark, { readonly kind: "open" }>, "kind">): Checklist | undefined {
  const start = checklist.items.findIndex((item) => item.kind === "section" && item.id === section);
  if (start < 0) return undefined;
  const after = checklist.items.slice(start + 1);
  const end = after.findIndex((item) => item.kind === "section");
  const steps = (end < 0 ? after : after.slice(0, end)).filter((item) => item.kind === "step" && item.part !== "option");
  const isOpen = (step: ChecklistStep | undefined): boolean => step !== undefined && (step.mark.kind === "open" || (step.next !== undefined && isLeft(step.mark) && ownMark(step).kind === "open"));
  return steps.reduce<Checklist>((now, { id }) => (isOpen(findStep(now, id)) ? now : (markStep(now, id, { kind: "open", ...stamp }) ?? now)), checklist);
}

/** The first gate with an open step. With `at`, only a gate that was open at that instant already. */
export function blockingGate(checklist: Checklist, at?: Instant): ChecklistSection | undefined {
  const starts = at === undefined ? new Map<string, Instant>() : passStarts(checklist);
  const open = new Set(openSteps(checklist).filter(({ id, mark }) => at === undefined || compareInstants(mark.at ?? starts.get(id), at) <= 0).map(({ id }) => id));
  let gate: ChecklistSection | undefined;
  for (const item of checklist.items) {
    if (item.kind === "section") gate = item.gate ? item : undefined;
    else if (gate !== undefined && open.has(item.id)) return gate;
  }
  return undefined;
}

function record(checklist: Checklist, step: ChecklistStep, mark: StepMark, chosen: string | undefined): Checklist {
  if (mark.at !== undefined && keepsMarks(checklist, step.id)) {
    return addMarks(checklist, new Map([[step.id, [{ mark, ...(chosen === undefined ? {} : { chosen }) }]]]), resolveDecisions);
  }
  const now = ownMark(step);
  const order = compareInstants(mark.at, now.at ?? step.overrode);
  const byHand = now.at === undefined && step.overrode !== undefined;
  if (order < 0 || (order === 0 && (byHand || rankOf(mark, chosen) <= rankOf(now, step.chosen)))) return checklist;
  const { own: _own, overrode: _overrode, chosen: _chosen, ...rest } = step;
  // A person may have given this very text as a reason. It is their own mark only if it is also saved in `own`.
  const own = isLeft(mark) ? { own: mark } : {};
  return resolveDecisions(replace(checklist, { ...rest, mark, ...own, ...(chosen === undefined ? {} : { chosen }) }));
}

/** Ids of the decisions with an option that is ticked. */
function decidedByHand(checklist: Checklist): ReadonlySet<string> {
  const found = new Set<string>();
  const above: ChecklistStep[] = [];
  for (const step of stepsOf(checklist)) {
    while (above.length > 0 && (above.at(-1)?.depth ?? 0) >= step.depth) above.pop();
    const parent = above.at(-1);
    if (step.part === "option" && step.mark.kind === "done" && parent?.part === "decision") found.add(parent.id);
    above.push(step);
  }
  return found;
}

function replace(checklist: Checklist, step: ChecklistStep): Checklist {
  return { ...checklist, items: checklist.items.map((item) => (item.kind === "step" && item.id === step.id ? step : item)) };
}

function withoutReason(mark: StepMark): { readonly by?: string; readonly at?: string } {
  return { ...(mark.by === undefined ? {} : { by: mark.by }), ...(mark.at === undefined ? {} : { at: mark.at }) };
}
