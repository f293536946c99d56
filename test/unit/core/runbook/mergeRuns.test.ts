import assert from "node:assert/strict";
import fc from "fast-check";
import { settleDecisions } from "../../../../src/core/runbook/decision";
import { choose, giveStep, linkStep, markStep, showEvidence, stepsOf } from "../../../../src/core/runbook/marking";
import { mergeRuns } from "../../../../src/core/runbook/mergeRuns";
import type { Run, StepMark } from "../../../../src/core/runbook/run";
import { takeOver } from "../../../../src/core/runbook/takeOver";
import { propertyRuns } from "../../../support/propertyRuns";
import { branchingRun, sampleRun, step } from "../../../support/sampleRun";

const base = settleDecisions(branchingRun());
const ids = stepsOf(base).map(({ id }) => id);
const anyStamp = fc.record({ by: fc.constantFrom("ana", "ben"), at: fc.integer({ min: 0, max: 59 }).map((second) => `2026-11-20T17:00:${String(second).padStart(2, "0")}Z`) }, { noNullPrototype: true });
const anyMark: fc.Arbitrary<StepMark> = fc.oneof(
  anyStamp.map((stamp): StepMark => ({ kind: "done", ...stamp })),
  anyStamp.map((stamp): StepMark => ({ kind: "open", ...stamp })),
  anyStamp.map((stamp): StepMark => ({ kind: "skipped", reason: "not needed", ...stamp })),
);
type Edit = (run: Run) => Run;
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.constantFrom(...ids), anyMark).map(([id, mark]): Edit => (run) => markStep(run, id, mark) ?? run),
  fc.tuple(fc.constantFrom("yes", "no", "soon", "later"), anyMark).map(([id, mark]): Edit => (run) => choose(run, id, mark) ?? run),
  fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 1, max: 4 })).map(([id, number]): Edit => (run) => linkStep(run, id, { repository: "local", number }) ?? run),
  fc.tuple(fc.constantFrom(...ids), anyStamp).map(([id, { by, at }]): Edit => (run) => giveStep(run, id, by, at) ?? run),
);
const apply = (run: Run, edits: readonly Edit[]): Run => edits.reduce((now, edit) => edit(now), run);

describe("Two copies of a run", () => {
  it("merge to what the same marks give one after the other, whichever comes first", () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 8 }), fc.array(anyEdit, { maxLength: 8 }), fc.array(anyEdit, { maxLength: 4 }), (mine, theirs, before) => {
        const from = apply(base, before);
        const [a, b] = [apply(from, mine), apply(from, theirs)];
        const expected = apply(apply(from, mine), theirs);
        assert.deepEqual(mergeRuns(a, b), expected);
        assert.deepEqual(mergeRuns(b, a), expected);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  it("keep all evidence, and a tick made by hand where nothing says which is later", () => {
    const a = showEvidence(base, "a", [{ kind: "text", value: "one" }], []) ?? base;
    const b = showEvidence(base, "a", [{ kind: "text", value: "two" }], []) ?? base;
    assert.deepEqual(stepsOf(mergeRuns(a, b) ?? base).find(({ id }) => id === "a")?.evidence?.map(({ value }) => value), ["one", "two"]);
    const byHand = sampleRun([step("a", { mark: { kind: "done" } })]);
    assert.deepEqual([mergeRuns(byHand, sampleRun([step("a")])), mergeRuns(sampleRun([step("a")]), byHand)], [byHand, byHand]);
  });

  it("merge into the newer of two runbooks, and not at all where each has work that the other has no place for", () => {
    const old = markStep(sampleRun([step("a"), step("b")]), "a", { kind: "done", by: "ana", at: "2026-11-20T17:00:00Z" }) ?? assert.fail();
    const fresh = takeOver(sampleRun([step("a"), step("b")]), { ...sampleRun([step("a"), step("b"), step("c")]), revision: "2d0f" });
    const newer = markStep(fresh, "c", { kind: "done", by: "ben", at: "2026-11-20T17:01:00Z" }) ?? assert.fail();
    for (const merged of [mergeRuns(old, newer), mergeRuns(newer, old)]) {
      assert.deepEqual([merged?.revision, stepsOf(merged ?? base).map(({ mark }) => mark.kind)], ["2d0f", ["done", "open", "done"]]);
    }
    const other = { ...sampleRun([step("z", { mark: { kind: "done" } })]), revision: "3e1a" };
    assert.equal(mergeRuns(newer, other), undefined);
    assert.equal(mergeRuns(old, sampleRun([step("a", { text: "Do it otherwise" }), step("b")])), undefined);
  });
});
