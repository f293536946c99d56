import { exitTaken, loopBody, readChart } from "../../core/checklist/chart";
import type { ChecklistItem } from "../../core/model/checklist";
import type { DrawnChart, DrawnNode } from "../../core/model/drawnChart";
import type { ChecklistWrite, MarkView, ChecklistView, SectionView, StepView } from "../../protocol/issue";

/** The checklist with unconfirmed writes applied, so that a tick is visible immediately. A write that leads back begins the next pass. */
export function overlay(checklist: ChecklistView, writes: readonly ChecklistWrite[]): ChecklistView {
  const shown = writes.filter(({ run }) => run === checklist.id).reduce((now, write) => (isNew(write, now) ? applied(now, write) : now), checklist);
  if (shown === checklist) return checklist;
  const before = doneIn(checklist.sections);
  return { ...shown, done: checklist.done + doneIn(shown.sections) - before, charts: redrawn(checklist, shown) };
}

function stepOf(write: ChecklistWrite): string {
  return write.kind === "mark" ? write.step : write.decision;
}

/** The pass that a step is in. */
export function passOf({ passes }: StepView): number {
  return passes?.pass ?? 1;
}

/** Whether the state does not contain the write yet: one that led back moved its step into the next pass. */
function isNew(write: ChecklistWrite, { sections }: ChecklistView): boolean {
  const step = allSteps(sections).find(({ id }) => id === stepOf(write));
  return step === undefined || passOf(step) === (write.pass ?? 1);
}

function applied(checklist: ChecklistView, write: ChecklistWrite): ChecklistView {
  const marks = new Map<string, MarkView>(write.kind === "mark" ? [[write.step, write.mark]] : choice(checklist, write.decision, write.option));
  const repeated = write.kind === "choose" || write.mark.kind === "done" ? stepsRepeatedBy(checklist.sections, stepOf(write), write.kind === "choose" ? write.option : undefined) : new Set<string>();
  const change = (step: StepView): StepView => {
    const mark = marks.get(step.id);
    const children = step.children.map(change);
    return mark === undefined ? { ...step, children } : { ...step, mark, pending: true, children };
  };
  const sections = checklist.sections.map((section): SectionView => ({ ...section, steps: section.steps.map((step) => (repeated.has(step.id) ? nextPass(change(step)) : change(step))) }));
  return { ...checklist, sections };
}

function choice(checklist: ChecklistView, decision: string, option: string): readonly (readonly [string, MarkView])[] {
  const found = allSteps(checklist.sections).find(({ id }) => id === decision);
  const options = found?.children.filter(({ part }) => part === "option") ?? [];
  return [[decision, { kind: "done" }], ...options.map(({ id }) => [id, { kind: id === option ? "done" : "left" }] as const)];
}

/** Ids of the steps that are open again after a step of a flowchart was done, because it leads back to them. With `option`, a decision was made. */
function stepsRepeatedBy(sections: readonly SectionView[], step: string, option: string | undefined): ReadonlySet<string> {
  const items = sections.flatMap((section): readonly ChecklistItem[] => [
    { kind: "section", id: section.id, title: "", gate: section.gate },
    ...section.steps.flatMap((each) => itemsOf(each, 0)),
  ]);
  const chart = readChart({ id: "", runbook: "", title: "", revision: "", startedAt: "", by: "", items });
  const index = chart?.nodes.findIndex(({ id }) => id === step) ?? -1;
  const node = chart?.nodes[index];
  const exit = node === undefined ? undefined : exitTaken(node, option);
  if (chart === undefined || exit?.isBack !== true) return new Set();
  return new Set([...loopBody(chart, index, exit)].flatMap((repeated) => chart.nodes[repeated]?.id ?? []));
}

/** A step and those below it as far as a flowchart depends on them. */
function itemsOf({ id, part, next, children }: StepView, depth: number): readonly ChecklistItem[] {
  const item: ChecklistItem = { kind: "step", id, part, text: "", depth, mark: { kind: "open" }, links: [], ...(next === undefined ? {} : { next }) };
  return [item, ...children.flatMap((child) => itemsOf(child, depth + 1))];
}

/** A step that is open again, with what was recorded in the pass that ended. */
function nextPass(step: StepView): StepView {
  const { mark, children } = step;
  const pass = passOf(step);
  const text = children.find((child) => child.part === "option" && child.mark.kind === "done")?.label;
  const earlier = mark.kind === "done" || mark.kind === "skipped" ? [{ pass, mark, ...(text === undefined ? {} : { text }) }] : [];
  const opened = (each: StepView): StepView => ({ ...each, mark: { kind: "open" }, children: each.children.map(opened) });
  return { ...opened(step), passes: { pass: pass + 1, earlier: [...(step.passes?.earlier ?? []), ...earlier] } };
}

/** The drawings with the states of the changed steps. What decisions lead to is drawn once the host confirms them. */
function redrawn({ sections: before, charts }: ChecklistView, { sections }: ChecklistView): ChecklistView["charts"] {
  if (charts.length === 0) return charts;
  const old = new Map(allSteps(before).map((step) => [step.id, step]));
  const all = allSteps(sections);
  const steps = new Map(all.map((step, index) => [step.id, { step, index, isChanged: old.get(step.id)?.mark !== step.mark }]));
  const current = all.find(({ part, mark, locked, optional }) => part !== "option" && mark.kind === "open" && locked === undefined && optional !== true)?.id;
  const node = (drawn: DrawnNode): DrawnNode => {
    const known = steps.get(drawn.step ?? "");
    if (known === undefined) return drawn;
    const { step, isChanged } = known;
    const plain = step.mark.kind === "open" ? (step.locked === undefined ? "open" : "locked") : step.mark.kind;
    const state = step.id === current ? "current" : isChanged || drawn.state === "current" ? plain : drawn.state;
    return { ...drawn, state, ...(passOf(step) === 1 ? {} : { pass: passOf(step) }) };
  };
  const redraw = (chart: DrawnChart): DrawnChart => {
    const nodes = chart.nodes.map(node);
    const byId = new Map(nodes.map((each) => [each.id, each]));
    const edges = chart.edges.map((edge) => {
      const [from, to] = [steps.get(byId.get(edge.from)?.step ?? ""), steps.get(byId.get(edge.to)?.step ?? "")];
      if (from?.isChanged !== true || from.step.next === undefined) return edge;
      const left = from.step.mark.kind !== "open" && (edge.option === undefined || steps.get(edge.option)?.step.mark.kind === "done");
      return { ...edge, walked: left && (to === undefined || (to.index > from.index && to.step.mark.kind !== "left")) };
    });
    return { ...chart, nodes, edges };
  };
  return charts.map((chart) => (chart.content.kind === "chart" ? { ...chart, content: { ...chart.content, chart: redraw(chart.content.chart) } } : chart));
}

function doneIn(sections: readonly SectionView[]): number {
  return allSteps(sections).filter(({ part, mark, optional }) => part !== "option" && optional !== true && mark.kind !== "open").length;
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
