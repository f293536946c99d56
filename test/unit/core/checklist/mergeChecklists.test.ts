import fc from 'fast-check';
import assert from 'node:assert/strict';
import { resolveDecisions } from '../../../../src/core/checklist/decision';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { assignStep, choose, linkStep, markStep, showEvidence } from '../../../../src/core/checklist/marking';
import { mergeChecklists } from '../../../../src/core/checklist/mergeChecklists';
import { updateFromRunbook } from '../../../../src/core/checklist/updateFromRunbook';
import type { Checklist, StepMark } from '../../../../src/core/model/checklist';
import { propertyRuns } from '../../../support/propertyRuns';
import { branchingChecklist, sampleChecklist, step } from '../../../support/sampleChecklist';

const base = resolveDecisions(branchingChecklist());

const ids = stepsOf(base).map(({ id }) => id);

const anyStamp = fc.record({ by: fc.constantFrom("ana", "ben"), at: fc.integer({ min: 0, max: 59 }).map((second) => `2026-11-20T17:00:${String(second).padStart(2, "0")}Z`) }, { noNullPrototype: true });

const anyMark: fc.Arbitrary<StepMark> = fc.oneof(
  anyStamp.map((stamp): StepMark => ({ kind: "done", ...stamp })),
  anyStamp.map((stamp): StepMark => ({ kind: "open", ...stamp })),
  anyStamp.map((stamp): StepMark => ({ kind: "skipped", reason: "not needed", ...stamp })),
);

type Edit = (checklist: Checklist) => Checklist;

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.constantFrom(...ids), anyMark).map(([id, mark]): Edit => (checklist) => markStep(checklist, id, mark) ?? checklist),
  fc.tuple(fc.constantFrom("yes", "no", "soon", "later"), anyMark).map(([id, mark]): Edit => (checklist) => choose(checklist, id, mark) ?? checklist),
  fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 1, max: 4 })).map(([id, number]): Edit => (checklist) => linkStep(checklist, id, { repository: "local", number }) ?? checklist),
  fc.tuple(fc.constantFrom(...ids), anyStamp).map(([id, { by, at }]): Edit => (checklist) => assignStep(checklist, id, by, at) ?? checklist),
);

const apply = (checklist: Checklist, edits: readonly Edit[]): Checklist => edits.reduce((now, edit) => edit(now), checklist);

describe("Two copies of a checklist", () => {
  it("merge to the same result as the marks applied in sequence, in either order", () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 8 }), fc.array(anyEdit, { maxLength: 8 }), fc.array(anyEdit, { maxLength: 4 }), (mine, theirs, before) => {
        const from = apply(base, before);
        const [a, b] = [apply(from, mine), apply(from, theirs)];
        const expected = apply(apply(from, mine), theirs);
        assert.deepEqual(mergeChecklists(a, b), expected);
        assert.deepEqual(mergeChecklists(b, a), expected);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  it("keep all evidence, and a manual tick if the order of changes is unknown", () => {
    const a = showEvidence(base, "a", [{ kind: "text", value: "one" }], []) ?? base;
    const b = showEvidence(base, "a", [{ kind: "text", value: "two" }], []) ?? base;
    assert.deepEqual(stepsOf(mergeChecklists(a, b) ?? base).find(({ id }) => id === "a")?.evidence?.map(({ value }) => value), ["one", "two"]);
    const byHand = sampleChecklist([step("a", { mark: { kind: "done" } })]);
    assert.deepEqual([mergeChecklists(byHand, sampleChecklist([step("a")])), mergeChecklists(sampleChecklist([step("a")]), byHand)], [byHand, byHand]);
  });

  it("merge into the newer of two runbooks, but not if each has changes at steps that the other lacks", () => {
    const old = markStep(sampleChecklist([step("a"), step("b")]), "a", { kind: "done", by: "ana", at: "2026-11-20T17:00:00Z" }) ?? assert.fail();
    const fresh = updateFromRunbook(sampleChecklist([step("a"), step("b")]), { ...sampleChecklist([step("a"), step("b"), step("c")]), revision: "2d0f" });
    const newer = markStep(fresh, "c", { kind: "done", by: "ben", at: "2026-11-20T17:01:00Z" }) ?? assert.fail();
    for (const merged of [mergeChecklists(old, newer), mergeChecklists(newer, old)]) {
      assert.deepEqual([merged?.revision, stepsOf(merged ?? base).map(({ mark }) => mark.kind)], ["2d0f", ["done", "open", "done"]]);
    }
    const other = { ...sampleChecklist([step("z", { mark: { kind: "done" } })]), revision: "3e1a" };
    assert.equal(mergeChecklists(newer, other), undefined);
    assert.equal(mergeChecklists(old, sampleChecklist([step("a", { text: "Do it otherwise" }), step("b")])), undefined);
  });
});
