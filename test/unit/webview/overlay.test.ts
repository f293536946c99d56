import assert from "node:assert/strict";
import { markdownLabels } from "../../../src/host/panels/issue/issuePageLabels";
import { fill } from "../../../src/protocol/fill";
import type { ChecklistView, ChecklistWrite, IssueHead, IssueState, MarkView, StepView } from "../../../src/protocol/issue";
import { announce } from "../../../src/webview/issue/announce";
import { allSteps, overlay, withoutDone } from "../../../src/webview/issue/overlay";
import { plainLabels } from "../../support/plainLabels";

function view(id: string, more: Partial<StepView> = {}): StepView {
  return { id, part: "step", spans: [], label: id, mark: { kind: "open" }, pending: false, mine: false, links: [], evidence: [], buttons: [], children: [], ...more };
}

function run(steps: readonly StepView[], settled = 0, id = "r"): ChecklistView {
  return { id, title: "", runbook: "", startedBy: "ana", startedAt: "", done: settled, total: 9, buttons: [], charts: [], sections: [{ id: "s", gate: false, done: false, buttons: [], charts: [], steps }] };
}

const write = (step: string, mark: "open" | "done", of = "r"): ChecklistWrite => ({ kind: "mark", key: "k", run: of, step, mark: { kind: mark }, again: false });
const marks = (shown: ChecklistView): readonly string[] => allSteps(shown.sections).map(({ id, mark, pending }) => `${id} ${mark.kind}${pending ? " pending" : ""}`);

describe("the checklist with unconfirmed writes", () => {
  it("contains the last mark of each step, counted in the progress", () => {
    const shown = overlay(run([view("a", { children: [view("b")] }), view("c", { mark: { kind: "done" } })], 1), [write("a", "done"), write("a", "open"), write("b", "done"), write("c", "open")]);
    assert.deepEqual(marks(shown), ["a open pending", "b done pending", "c open pending"]);
    assert.equal(shown.done, 1);
  });

  it("contains the selected option, with the others not selected and the decision done", () => {
    const decision = view("d", { part: "decision", children: [view("yes", { part: "option" }), view("no", { part: "option" })] });
    const shown = overlay(run([decision]), [{ kind: "choose", key: "k", run: "r", option: "no", decision: "d", again: false }]);
    assert.deepEqual(marks(shown), ["d done pending", "yes left pending", "no done pending"]);
    assert.equal(shown.done, 1);
  });

  it("shows a stored write until it is done, and a rejected one until the user acts", () => {
    const refusals = new Map([["a", { kept: true }], ["b", { kept: true }], ["c", { kept: false }]]);
    assert.deepEqual([...withoutDone(refusals, run([view("a", { pending: true }), view("b"), view("c")])).keys()], ["a", "c"]);
  });

  it("begins the next pass when an option leads back, and does not once the state contains that", () => {
    const option = (id: string, to: string): StepView => view(id, { part: "option", next: [to], label: id });
    const steps = (mark: MarkView, more: Partial<StepView> = {}): readonly StepView[] => [
      view("a", { next: ["d"], mark, ...more }), view("d", { part: "decision", next: [], children: [option("no", "a"), option("yes", "z")], ...more }), view("z", { next: [] }),
    ];
    const back: ChecklistWrite = { kind: "choose", key: "k", run: "r", option: "no", decision: "d", again: false };
    const shown = overlay(run(steps({ kind: "done", by: "ben" })), [back]);
    assert.deepEqual(marks(shown), ["a open", "d open pending", "no open pending", "yes open pending", "z open"]);
    const [first, decision] = shown.sections[0]?.steps ?? [];
    assert.deepEqual(first?.passes, { pass: 2, earlier: [{ pass: 1, mark: { kind: "done", by: "ben" } }] });
    assert.deepEqual(decision?.passes, { pass: 2, earlier: [{ pass: 1, mark: { kind: "done" }, text: "no" }] });
    assert.deepEqual(marks(overlay(run(steps({ kind: "done" })), [back, { ...write("a", "done"), pass: 2 }])).slice(0, 2), ["a done pending", "d open pending"]);

    const after = run(steps({ kind: "open" }, { passes: { pass: 2, earlier: [] } }));
    assert.equal(overlay(after, [back]), after);
    assert.deepEqual(marks(overlay(after, [{ ...back, option: "yes", pass: 2 }])).slice(1, 4), ["d done pending", "no left pending", "yes done pending"]);
  });

  it("does not change other checklists", () => {
    const before = run([view("a")]);
    assert.equal(overlay(before, [write("a", "done", "other")]), before);
  });
});

const nothing = { label: "", icon: "", action: { kind: "reveal" }, disabled: false } as const;

const sampleHead: IssueHead = {
  ref: { repository: "local", number: 1 }, reference: "#1", title: "", state: "open", path: "", source: nothing, badges: [], due: [], facts: [], buttons: [], more: [], description: [],
  links: [], pullRequests: [], updates: [], timeline: { count: 0, loading: true },
};

describe("the announcement for screen readers", () => {
  const state = (mark: MarkView, id = "r"): IssueState => ({
    language: "en", timezone: "UTC", labels: plainLabels, markdown: markdownLabels(fill), me: "ana", readonly: false, banners: [],
    content: { kind: "issue", issue: sampleHead, checklists: [], run: run([view("a", { mark })], 0, id) },
  });
  const open = state({ kind: "open" });

  it("contains what others did, not what the user did", () => {
    assert.equal(announce(open, state({ kind: "done", by: "ben", at: "x" })), "announceDone <ben> <a>.");
    assert.equal(announce(open, state({ kind: "done" })), "announceDone <somebody> <a>.");
    assert.equal(announce(open, state({ kind: "skipped", reason: "no", by: "ben" })), "announceSkipped <ben> <a>.");
    assert.equal(announce(state({ kind: "done", by: "ana" }), state({ kind: "open", by: "ben" })), "announceOpen <ben> <a>.");
    assert.equal(announce(open, state({ kind: "done", by: "ana", at: "x" })), "");
  });

  it("is empty on the first state, without changes, and for another checklist", () => {
    const done = state({ kind: "done", by: "ben" });
    assert.equal(announce(undefined, done), "");
    assert.equal(announce(done, done), "");
    assert.equal(announce(open, state({ kind: "done", by: "ben" }, "other")), "");
  });
});
