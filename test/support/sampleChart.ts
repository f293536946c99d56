import fc from 'fast-check';
import type { Checklist, ChecklistItem, ChecklistStep } from '../../src/core/model/checklist';
import { sampleChecklist, step } from './sampleChecklist';

/** A node of a flowchart, with the nodes that follow. */
export function node(id: string, next: readonly string[], more: Partial<ChecklistStep> = {}): ChecklistStep {
  return step(id, { next, ...more });
}

/** A decision with an option for each answer and the node it leads to. */
export function decision(id: string, answers: Readonly<Record<string, string>>): readonly ChecklistStep[] {
  const options = Object.entries(answers).map(([answer, to]) => step(`${id}>${to}`, { part: "option", depth: 1, text: answer, next: to === "" ? [] : [to] }));
  return [step(id, { part: "decision", next: [], text: `${id}?` }), ...options];
}

/** Build, test, and fix until the test passes; then review with an edge back to the start, and release. */
export function loopingChecklist(): Checklist {
  return sampleChecklist([
    node("build", ["test"]),
    node("test", ["passed"]),
    ...decision("passed", { No: "fix", Yes: "review" }),
    node("fix", ["again"]),
    ...decision("again", { Test: "test", "Give up": "stop" }),
    node("stop", []),
    node("review", ["good"]),
    ...decision("good", { Yes: "release", No: "build" }),
    node("release", []),
  ]);
}

const ids = ["a", "b", "c", "d.1", "e f", "-->", "x|y;z", "👩‍🚒", "%20", "=", "k", "l"];

/** Any checklist with a flowchart: edges back, to itself and to nowhere, steps below nodes and steps of lists between them. */
export const anyChart: fc.Arbitrary<Checklist> = fc
  .uniqueArray(fc.record({ id: fc.constantFrom(...ids), kind: fc.constantFrom("step", "step", "decision", "list", "section"), targets: fc.array(fc.constantFrom(...ids, "gone"), { maxLength: 3 }), below: fc.boolean(), optional: fc.boolean() }, { noNullPrototype: true }), { selector: ({ id }) => id, minLength: 1, maxLength: 9 })
  .map((nodes) => sampleChecklist(nodes.flatMap(itemsOf)));

function itemsOf({ id, kind, targets, below, optional }: { readonly id: string; readonly kind: string; readonly targets: readonly string[]; readonly below: boolean; readonly optional: boolean }): readonly ChecklistItem[] {
  const sub = below ? [step(`${id} below`, { depth: 1 })] : [];
  if (kind === "section") return [{ kind, id: `s${id}`, title: id, gate: below }];
  if (kind === "list") return [step(id), ...sub];
  const more = optional ? { optional } as const : {};
  if (kind === "step") return [node(id, targets, more), ...sub];
  return [step(id, { part: "decision", next: [], ...more }), ...targets.map((to, index) => step(`${id}>${to}${index}`, { part: "option", depth: 1, next: [to] })), ...(below ? [step(`${id} below`, { depth: 2 })] : [])];
}
