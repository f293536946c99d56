import type { ChecklistWrite, MarkView, ChecklistView, SectionView, StepView } from "../../protocol/issue";

/** The checklist with unconfirmed writes applied, so that a tick is visible immediately. */
export function overlay(checklist: ChecklistView, writes: readonly ChecklistWrite[]): ChecklistView {
  const marks = new Map<string, MarkView>();
  for (const write of writes) {
    if (write.run !== checklist.id) continue;
    if (write.kind === "mark") marks.set(write.step, write.mark);
    else for (const [id, mark] of choice(checklist, write.decision, write.option)) marks.set(id, mark);
  }
  if (marks.size === 0) return checklist;
  const sections = checklist.sections.map((section): SectionView => ({ ...section, steps: section.steps.map((step) => marked(step, marks)) }));
  const before = doneIn(checklist.sections);
  return { ...checklist, sections, done: checklist.done + doneIn(sections) - before };
}

function choice(checklist: ChecklistView, decision: string, option: string): readonly (readonly [string, MarkView])[] {
  const found = allSteps(checklist.sections).find(({ id }) => id === decision);
  const options = found?.children.filter(({ part }) => part === "option") ?? [];
  return [[decision, { kind: "done" }], ...options.map(({ id }) => [id, { kind: id === option ? "done" : "left" }] as const)];
}

function marked(step: StepView, marks: ReadonlyMap<string, MarkView>): StepView {
  const mark = marks.get(step.id);
  const children = step.children.map((child) => marked(child, marks));
  return mark === undefined ? { ...step, children } : { ...step, mark, pending: true, children };
}

function doneIn(sections: readonly SectionView[]): number {
  return allSteps(sections).filter(({ part, mark }) => part !== "option" && mark.kind !== "open").length;
}

/** All steps of the sections, in order. */
export function allSteps(sections: readonly SectionView[]): readonly StepView[] {
  const flat = (steps: readonly StepView[]): readonly StepView[] => steps.flatMap((step) => [step, ...flat(step.children)]);
  return sections.flatMap(({ steps }) => flat(steps));
}

/** The rejected writes, without stored ones that are done or discarded by now. */
export function withoutDone<R extends { readonly kept: boolean }>(refusals: ReadonlyMap<string, R>, checklist: ChecklistView | undefined): ReadonlyMap<string, R> {
  const pending = new Set(allSteps(checklist?.sections ?? []).filter((step) => step.pending).map(({ id }) => id));
  return new Map([...refusals].filter(([step, { kept }]) => !kept || pending.has(step)));
}
