import assert from "node:assert/strict";
import type { ChecklistState, ChecklistWrite, MarkView, ChecklistView, StepView } from "../../../src/protocol/checklist";
import { announce } from "../../../src/webview/checklist/announce";
import { allSteps, overlay, stillRefused } from "../../../src/webview/checklist/overlay";
import { plainLabels } from "../../support/plainLabels";

function view(id: string, more: Partial<StepView> = {}): StepView {
  return { id, part: "step", spans: [], label: id, mark: { kind: "open" }, pending: false, mine: false, links: [], evidence: [], buttons: [], children: [], ...more };
}

function run(steps: readonly StepView[], settled = 0, id = "r"): ChecklistView {
  return { id, title: "", runbook: "", startedBy: "ana", startedAt: "", done: settled, total: 9, buttons: [], sections: [{ id: "s", gate: false, done: false, buttons: [], steps }] };
}

const write = (step: string, mark: "open" | "done", of = "r"): ChecklistWrite => ({ kind: "mark", key: "k", run: of, step, mark: { kind: mark }, again: false });
const marks = (shown: ChecklistView): readonly string[] => allSteps(shown.sections).map(({ id, mark, pending }) => `${id} ${mark.kind}${pending ? " pending" : ""}`);

describe("what the page shows before the host answers", () => {
  it("is the last thing the person did to each step, counted in the progress", () => {
    const shown = overlay(run([view("a", { children: [view("b")] }), view("c", { mark: { kind: "done" } })], 1), [write("a", "done"), write("a", "open"), write("b", "done"), write("c", "open")]);
    assert.deepEqual(marks(shown), ["a open pending", "b done pending", "c open pending"]);
    assert.equal(shown.done, 1);
  });

  it("is the chosen option, with the others left, and the decision settled", () => {
    const decision = view("d", { part: "decision", children: [view("yes", { part: "option" }), view("no", { part: "option" })] });
    const shown = overlay(run([decision]), [{ kind: "choose", key: "k", run: "r", option: "no", decision: "d", again: false }]);
    assert.deepEqual(marks(shown), ["d done pending", "yes left pending", "no done pending"]);
    assert.equal(shown.done, 1);
  });

  it("tells of a stored write until it is done, and of a refused one until the person says more", () => {
    const refusals = new Map([["a", { kept: true }], ["b", { kept: true }], ["c", { kept: false }]]);
    assert.deepEqual([...stillRefused(refusals, run([view("a", { pending: true }), view("b"), view("c")])).keys()], ["a", "c"]);
  });

  it("leaves other runs alone", () => {
    const before = run([view("a")]);
    assert.equal(overlay(before, [write("a", "done", "other")]), before);
  });
});

describe("what is read out", () => {
  const state = (mark: MarkView, id = "r"): ChecklistState => ({
    language: "en", labels: plainLabels, me: "ana", readonly: false, banners: [],
    content: { kind: "issue", issue: { ref: { repository: "local", number: 1 }, reference: "#1", title: "", facts: [], links: [], buttons: [] }, checklists: [], run: run([view("a", { mark })], 0, id) },
  });
  const open = state({ kind: "open" });

  it("is what others did, not what the person did themselves", () => {
    assert.equal(announce(open, state({ kind: "done", by: "ben", at: "x" })), "announceDone <ben> <a>.");
    assert.equal(announce(open, state({ kind: "done" })), "announceDone <somebody> <a>.");
    assert.equal(announce(open, state({ kind: "skipped", reason: "no", by: "ben" })), "announceSkipped <ben> <a>.");
    assert.equal(announce(state({ kind: "done", by: "ana" }), state({ kind: "open", by: "ben" })), "announceOpen <ben> <a>.");
    assert.equal(announce(open, state({ kind: "done", by: "ana", at: "x" })), "");
  });

  it("is nothing on the first state, on no change, and on another run", () => {
    const done = state({ kind: "done", by: "ben" });
    assert.equal(announce(undefined, done), "");
    assert.equal(announce(done, done), "");
    assert.equal(announce(open, state({ kind: "done", by: "ben" }, "other")), "");
  });
});
