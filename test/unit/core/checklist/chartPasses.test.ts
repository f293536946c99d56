import assert from 'node:assert/strict';
import { resolveDecisions } from '../../../../src/core/checklist/decision';
import { renderChecklistExport } from '../../../../src/core/checklist/exportChecklist';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { choose, gateBefore, markStep } from '../../../../src/core/checklist/marking';
import { passesOf } from '../../../../src/core/checklist/passes';
import { readChecklists, renderChecklist, replaceChecklist } from '../../../../src/core/markup/checklistRegion';
import { readPending } from '../../../../src/core/sync/outboxEntries';
import { stepDue } from '../../../../src/core/runbook/stepTimer';
import type { Checklist } from '../../../../src/core/model/checklist';
import { decision, loopingChecklist, node } from '../../../support/sampleChart';
import { sampleChecklist, step } from '../../../support/sampleChecklist';
import { done, failedOnce, home, must, reopened, shown, stamp, time } from './chartMarks';

describe("a loop of a flowchart", () => {
  it("opens its steps again, and keeps what was done as an earlier pass", () => {
    assert.equal(shown(failedOnce), "build done, test open, passed open, fix open, again open, stop open, review open, good open, release open");
    const passes = passesOf(failedOnce);
    assert.deepEqual(passes.get("test"), { pass: 2, earlier: [{ pass: 1, mark: { kind: "done", ...stamp(1) } }] });
    assert.deepEqual(passes.get("passed"), { pass: 2, earlier: [{ pass: 1, mark: { kind: "done", ...stamp(2) }, chosen: "passed>fix" }] });
    assert.deepEqual([passes.get("build")?.pass, passes.has("stop")], [1, false]);
  });

  it("counts inner passes through an outer one", () => {
    const outer = done(done(done(failedOnce, 4, "test"), 5, "passed>review"), 6, "review", "good>build");
    assert.equal(shown(outer), "build open, test open, passed open, fix open, again open, stop open, review open, good open, release open");
    const passes = passesOf(outer);
    assert.deepEqual(["build", "test", "review"].map((id) => [passes.get(id)?.pass, passes.get(id)?.earlier.map(({ pass }) => pass)]), [[2, [1]], [3, [1, 2]], [2, [1]]]);
  });

  it("repeats a step that leads only back to itself or before", () => {
    const checklist = sampleChecklist([node("a", ["b"]), node("b", ["a"]), node("c", ["c"])]);
    const now = done(checklist, 1, "a", "b", "c");
    assert.equal(shown(now), "a open, b open, c open");
    assert.deepEqual(["a", "b", "c"].map((id) => passesOf(now).get(id)?.pass), [2, 2, 2]);
  });

  it("repeats only what lies on its way, and nothing after a step that also leads on", () => {
    const checklist = sampleChecklist([node("a", ["b", "side"]), node("b", ["d"]), ...decision("side", { Again: "side", On: "aside" }), node("aside", []), ...decision("other", { Again: "other", On: "d" }), ...decision("d", { No: "a", Yes: "" })]);
    const now = done(done(checklist, 1, "a", "b", "side>aside", "other>d"), 2, "d>a");
    assert.equal(shown(now), "a open, b open, side done, aside open, other done, d open");
    const both = done(sampleChecklist([node("a", ["b"]), node("b", ["a", "c"]), node("c", [])]), 1, "a", "b");
    assert.deepEqual([shown(both), passesOf(both).size], ["a done, b done, c open", 0]);
  });

  it("begins one pass if two people choose it in the same moment, and lists no pass in which a step was reopened", () => {
    const now = reopened(done(loopingChecklist(), 1, "test"), 2, "test");
    const both = must(choose(done(now, 3, "again>test"), "again>test", { kind: "done", ...stamp(3, "ben") }));
    assert.deepEqual(passesOf(both).get("test"), { pass: 2, earlier: [] });
  });

  it("is known already when the same mark arrives twice", () => {
    assert.equal(must(markStep(failedOnce, "again>test", { kind: "done", ...stamp(3) })), failedOnce);
    assert.equal(must(markStep(failedOnce, "test", { kind: "done", ...stamp(1) })), failedOnce);
  });

  it("repeats the steps below its nodes", () => {
    const checklist = sampleChecklist([node("a", ["b"]), step("below", { depth: 1 }), node("b", ["a"])]);
    const now = done(done(checklist, 1, "below"), 2, "b");
    assert.equal(shown(now), "a open, below open, b open");
    assert.equal(passesOf(now).get("below")?.earlier.length, 1);
  });

  it("gives its steps their whole time again", () => {
    const timed = (from: Checklist): Checklist => ({ ...from, items: from.items.map((item) => (item.kind === "step" ? { ...item, within: "15m" } : item)) });
    const due = (id: string): string | undefined => stepsOf(timed(failedOnce)).filter((each) => each.id === id).map((each) => stepDue(timed(failedOnce), each))[0];
    assert.deepEqual([due("test"), due("review"), due("build")], ["2026-11-20T17:15:03Z", "2026-11-20T16:17:11Z", undefined]);
  });

  it("is undone when its decision is reopened before it is decided again", () => {
    assert.equal(shown(reopened(failedOnce, 4, "again")), "build done, test done, passed done, fix done, again open, stop open, review not chosen, good not chosen, release not chosen");
    const later = done(done(failedOnce, 4, "test", "passed>fix"), 5, "again>stop");
    assert.match(shown(reopened(later, 6, "again")), /again open, stop open/);
    assert.equal(passesOf(reopened(later, 6, "again")).get("test")?.pass, 2);
  });

  it("puts a mark that arrives late into the pass in which it was made", () => {
    const late = must(markStep(failedOnce, "fix", { kind: "skipped", reason: "no bug", ...stamp(3, "ben") }));
    assert.match(shown(late), /fix open/);
    assert.deepEqual(passesOf(late).get("fix")?.earlier, [{ pass: 1, mark: { kind: "skipped", reason: "no bug", ...stamp(3, "ben") } }]);
  });

  it("does not lock steps that were done before it opened a gate again", () => {
    const gate = { kind: "section", id: "g", title: "Gate", gate: true } as const;
    const checklist = sampleChecklist([gate, node("a", ["d"]), { kind: "section", id: "s", title: "Then", gate: false }, ...decision("d", { No: "a", Yes: "" }), step("z")]);
    const now = done(done(checklist, 1, "a"), 5, "d>a");
    assert.equal(gateBefore(now, "z", time(4)), undefined);
    assert.equal(gateBefore(now, "z", time(6))?.id, "g");
  });

  it("shows how often its steps were done, and lists earlier passes in the export", () => {
    const text = renderChecklist(failedOnce, home);
    assert.match(text, /^- \[ \] Do test \(done once before\) <!-- desk:step test next=passed log=done\|2026-11-20T17:00:01Z\|ana times=1 -->$/m);
    assert.match(renderChecklist(done(failedOnce, 4, "test", "again>test"), home), /^- \[ \] Do test \(done 2 times before\) <!--/m);
    const exported = renderChecklistExport(failedOnce, { repository: home, number: 7 }, "Portal", []);
    assert.ok(exported.includes("- [ ] Do test\n  - Pass 1: done by ana, 2026-11-20T17:00:01Z\n- [ ] passed?\n  - Pass 1: “No” chosen by ana, 2026-11-20T17:00:02Z\n"), exported);
  });

  it("writes the line of a step of which only an earlier mark or the edges changed", () => {
    const late = must(markStep(failedOnce, "test", { kind: "skipped", reason: "no", ...stamp(0, "ben") }));
    assert.deepEqual(readChecklists(replaceChecklist(renderChecklist(failedOnce, home), late, home), home), [late]);
    const other = resolveDecisions({ ...failedOnce, items: failedOnce.items.map((item) => (item.id === "build" && item.kind === "step" ? { ...item, next: [] } : item)) });
    assert.deepEqual(readChecklists(replaceChecklist(renderChecklist(failedOnce, home), other, home), home), [other]);
  });

  it("writes the line of a step whose number of earlier passes changed", () => {
    const twice = done(done(done(loopingChecklist(), 1, "test"), 3, "test"), 5, "again>test");
    const body = renderChecklist(twice, home);
    assert.match(body, /Do test \(done once before\)/);
    const split = replaceChecklist(body, done(twice, 2, "again>test"), home);
    assert.match(split, /Do test \(done 2 times before\)/);
    assert.deepEqual(readChecklists(split, home), [done(twice, 2, "again>test")]);
  });
});

describe("a pending operation", () => {
  it("keeps the flowchart of a checklist with its passes", () => {
    const items = failedOnce.items.map((item) => (item.id === "stop" ? { ...item, optional: true as const } : item));
    const pending = { key: "k", at: time(1), by: "ana", operation: { kind: "edit", ref: { repository: home, number: 7 }, change: { kind: "startRun", run: { ...failedOnce, items } } } };
    assert.deepEqual(readPending(pending), pending);
  });
});
