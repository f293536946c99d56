import assert from 'node:assert/strict';
import { resolveDecisions } from '../../../../src/core/checklist/decision';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { markStep, openSteps, progress, reopenSection } from '../../../../src/core/checklist/marking';
import { stepStates } from '../../../../src/core/checklist/stepStates';
import { readChecklists, renderChecklist } from '../../../../src/core/markup/checklistRegion';
import { decision, loopingChecklist, node } from '../../../support/sampleChart';
import { sampleChecklist, step } from '../../../support/sampleChecklist';
import { done, home, must, reopened, shown, stamp } from './chartMarks';

describe("a decision of a flowchart", () => {
  const chosen = done(loopingChecklist(), 1, "build", "test", "passed>review");

  it("skips what only its other options lead to, and restores it when one of them is chosen", () => {
    assert.equal(shown(chosen), "build done, test done, passed done, fix not chosen, again not chosen, stop not chosen, review open, good open, release open");
    assert.deepEqual(stepsOf(chosen).find(({ id }) => id === "stop")?.mark, { kind: "skipped", reason: "not chosen", ...stamp(1) });
    assert.equal(shown(done(chosen, 2, "passed>fix")), "build done, test done, passed done, fix open, again open, stop open, review not chosen, good not chosen, release not chosen");
    assert.equal(shown(reopened(chosen, 2, "passed")), "build done, test done, passed open, fix open, again open, stop open, review open, good open, release open");
  });

  it("keeps what was done before it, and shows what is done after it although it was not chosen", () => {
    const before = done(done(loopingChecklist(), 1, "stop"), 2, "passed>review");
    assert.match(shown(before), /stop not chosen/);
    assert.match(shown(done(before, 3, "passed>fix")), /stop done/);
    assert.match(shown(done(before, 3, "stop")), /stop done/);
  });

  it("leaves out no step to which another edge leads", () => {
    const checklist = sampleChecklist([...decision("d", { A: "a", B: "b" }), node("a", ["end"]), node("b", ["end"]), node("end", [])]);
    assert.equal(shown(done(checklist, 1, "d>a")), "d done, a open, b not chosen, end open");
  });

  it("leaves a step out from when the last edge to it was closed", () => {
    const checklist = sampleChecklist([...decision("d", { A: "x", B: "e" }), ...decision("e", { A: "x", B: "" }), node("x", [])]);
    const now = done(done(done(checklist, 3, "x"), 5, "d>e"), 1, "e>");
    assert.match(shown(now), /x not chosen/);
    assert.match(shown(done(done(done(checklist, 3, "x"), 2, "d>e"), 1, "e>")), /x done/);
  });

  it("has only its own options, not those of a decision below one of them", () => {
    const [d, option] = decision("d", { A: "a" });
    const checklist = sampleChecklist([must(d), must(option), step("q", { depth: 2, part: "decision" }), step("q1", { depth: 3, part: "option" }), node("a", [])]);
    assert.equal(shown(done(checklist, 1, "q1")), "d open, q done, a open");
    assert.equal(shown(resolveDecisions({ ...checklist, items: checklist.items.map((item) => (item.id === "q1" && item.kind === "step" ? { ...item, mark: { kind: "done" } } : item)) })), "d open, q open, a open");
  });

  it("leads to the first of two steps with the same id", () => {
    const checklist = sampleChecklist([...decision("d", { A: "x", B: "y" }), node("x", []), node("x", []), node("y", [])]);
    assert.equal(shown(done(checklist, 1, "d>y")), "d done, x not chosen, x open, y open");
  });

  it("leaves out the same steps when their section is reopened", () => {
    const stages = sampleChecklist([...decision("d", { A: "a", B: "b" }), { kind: "section", id: "s", title: "Stage", gate: false }, node("a", []), node("b", [])]);
    const now = must(reopenSection(done(done(stages, 1, "d>a"), 2, "a"), "s", stamp(3)));
    assert.equal(shown(now), "d done, a open, b not chosen");
  });

  it("leaves all edges open while it is skipped", () => {
    assert.match(shown(must(markStep(loopingChecklist(), "passed", { kind: "skipped", reason: "no time", ...stamp(1) }))), /passed no time, fix open, again open, stop open, review open/);
  });

  it("counts an option that was ticked by hand, also after it was reopened", () => {
    for (const before of [resolveDecisions(loopingChecklist()), reopened(chosen, 2, "passed")]) {
      const [read] = readChecklists(renderChecklist(before, home).replace(/\[ \] (?=Yes <!-- desk:step passed)/, "[x] "), home);
      assert.match(shown(must(read)), /passed open, fix not chosen, again not chosen, stop not chosen, review open/);
      assert.deepEqual(openSteps(must(read)).filter(({ id }) => id === "passed"), []);
      assert.equal(stepsOf(must(read)).find(({ id }) => id === "fix")?.mark.by, undefined);
    }
  });
});

describe("an optional step of a flowchart", () => {
  const checklist = sampleChecklist([{ kind: "section", id: "g", title: "Gate", gate: true }, node("a", ["b", "c"]), node("b", [], { optional: true }), { kind: "section", id: "s", title: "Then", gate: false }, node("c", [])]);

  it("locks nothing and is not missing while it is open, and counts once it is done", () => {
    const now = done(checklist, 1, "a");
    assert.deepEqual([progress(now), openSteps(now).map(({ id }) => id), stepStates(now).get("b")?.kind, stepStates(now).get("c")?.kind], [{ done: 1, total: 2 }, ["c"], "open", "current"]);
    assert.deepEqual(progress(done(now, 2, "b")), { done: 2, total: 3 });
  });
});
