import assert from 'node:assert/strict';
import { resolveDecisions } from '../../../../src/core/checklist/decision';
import { walkedPath } from '../../../../src/core/checklist/walkedPath';
import { readChecklists, renderChecklist } from '../../../../src/core/markup/checklistRegion';
import type { Checklist } from '../../../../src/core/model/checklist';
import { loopingChecklist, node } from '../../../support/sampleChart';
import { sampleChecklist, step } from '../../../support/sampleChecklist';
import { done, failedOnce, home, must } from './chartMarks';

describe("the walked path of a flowchart", () => {
  it("is that of the current pass, with the chosen edges only", () => {
    const now = done(failedOnce, 5, "test", "passed>review");
    const { steps, edges } = walkedPath(now);
    assert.deepEqual([...steps], ["build", "test", "passed"]);
    assert.deepEqual(edges, [{ from: "build", to: "test" }, { from: "test", to: "passed" }, { from: "passed", to: "review", option: "passed>review" }]);
    assert.deepEqual(walkedPath(sampleChecklist([step("a")])), { steps: new Set(), edges: [] });
  });

  it("contains an optional step only if it is done, and no edge back", () => {
    const checklist = sampleChecklist([node("a", ["b", "c"]), node("b", [], { optional: true }), node("c", ["d"]), node("d", ["a", "e"]), node("e", [])]);
    const edges = (from: Checklist): readonly string[] => walkedPath(from).edges.map(({ from: one, to }) => `${one}${to}`);
    assert.deepEqual(edges(done(checklist, 1, "a", "c", "d")), ["ac", "cd", "de"]);
    assert.deepEqual(edges(done(checklist, 1, "a", "b")), ["ab", "ac"]);
  });

  it("contains a decision that was decided by hand, and leads to no step that was left out", () => {
    const [read] = readChecklists(renderChecklist(resolveDecisions(loopingChecklist()), home).replace(/\[ \] (?=Yes <!-- desk:step passed)/, "[x] "), home);
    const now = done(must(read), 2, "fix");
    assert.deepEqual([[...walkedPath(now).steps], walkedPath(now).edges], [["passed", "fix"], [{ from: "passed", to: "review", option: "passed>review" }]]);
  });
});
