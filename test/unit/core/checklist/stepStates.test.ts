import assert from 'node:assert/strict';
import { choose, markStep } from '../../../../src/core/checklist/marking';
import { stepStates } from '../../../../src/core/checklist/stepStates';
import type { Checklist, ChecklistItem } from '../../../../src/core/model/checklist';
import { branchingChecklist, sampleChecklist, step } from '../../../support/sampleChecklist';

const stamp = { by: "ana", at: "2026-11-20T16:02:11Z" };

function kinds(checklist: Checklist | undefined): Readonly<Record<string, string>> {
  assert.ok(checklist);
  return Object.fromEntries([...stepStates(checklist)].map(([id, { kind }]) => [id, kind]));
}

describe("The states of a checklist's steps", () => {
  it("show who completed and skipped steps, and the current step", () => {
    const states = stepStates(sampleChecklist([step("a", { mark: { kind: "done", ...stamp } }), step("b", { mark: { kind: "skipped", reason: "no need", ...stamp } }), step("c"), step("d")]));
    assert.deepEqual([...states], [["a", { kind: "done", ...stamp }], ["b", { kind: "skipped", reason: "no need", ...stamp }], ["c", { kind: "current" }], ["d", { kind: "open" }]]);
  });

  it("mark steps below an option that was not chosen", () => {
    const checklist = choose(branchingChecklist(), "no", { kind: "done", ...stamp });
    assert.deepEqual(kinds(checklist), { a: "current", d: "done", yes: "left", y1: "left", y2: "left", soon: "left", s1: "left", later: "left", l1: "left", no: "done", n1: "open", z: "open" });
  });

  it("count a decision as done when a person ticked one of its options by hand", () => {
    const items = branchingChecklist().items.map((item): ChecklistItem => (item.id === "no" ? step("no", { part: "option", depth: 1, mark: { kind: "done" } }) : item));
    assert.equal(kinds(sampleChecklist(items))["d"], "done");
  });

  it("lock steps after a gate, and name the gate", () => {
    const checklist = sampleChecklist([{ kind: "section", id: "g", title: "Ready", gate: true }, step("a"), { kind: "section", id: "s", title: "Work", gate: false }, step("b"), step("c", { mark: { kind: "done" } })]);
    assert.deepEqual([...stepStates(checklist)], [["a", { kind: "current" }], ["b", { kind: "locked", gate: "Ready" }], ["c", { kind: "done" }]]);
    assert.deepEqual(kinds(markStep(checklist, "a", { kind: "done", ...stamp })), { a: "done", b: "current", c: "done" });
  });

  it("are found by former ids, unless another step has that id now", () => {
    assert.deepEqual(kinds(sampleChecklist([step("a", { formerly: ["old", "b"], mark: { kind: "done" } }), step("b")])), { old: "done", b: "current", a: "done" });
  });
});
