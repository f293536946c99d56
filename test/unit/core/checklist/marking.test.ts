import fc from 'fast-check';
import assert from 'node:assert/strict';
import { choose, gateBefore, linkStep, lockedSteps, markStep, openSteps, progress } from '../../../../src/core/checklist/marking';
import type { Checklist, StepMark } from '../../../../src/core/model/checklist';
import { propertyRuns } from '../../../support/propertyRuns';
import { anyInstant, branchingChecklist, sampleChecklist, step } from '../../../support/sampleChecklist';

const done = (second: number, by = "ana"): StepMark => ({ kind: "done", by, at: `2026-11-20T16:00:${String(second).padStart(2, "0")}Z` });

const open = (second: number, by = "ana"): StepMark => ({ ...done(second, by), kind: "open" });

type Act = (checklist: Checklist) => Checklist | undefined;

function after(checklist: Checklist, ...acts: readonly Act[]): Checklist {
  return acts.reduce((now, act) => {
    const next = act(now);
    assert.ok(next);
    return next;
  }, checklist);
}

function marks(checklist: Checklist): Readonly<Record<string, string>> {
  return Object.fromEntries(checklist.items.flatMap((item) => (item.kind === "step" ? [[item.id, item.mark.kind === "skipped" ? item.mark.reason : item.mark.kind]] : [])));
}

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc
    .tuple(fc.constantFrom("a", "d", "y1", "y2", "s1", "l1", "n1", "z", "yes", "soon"), fc.constantFrom("open", "done", "skipped"), anyInstant, fc.constantFrom("ana", "ben"))
    .map(([id, kind, at, by]): Act => (checklist) => markStep(checklist, id, kind === "skipped" ? { kind, reason: "no need", by, at } : { kind: kind === "open" ? "open" : "done", by, at })),
  fc
    .tuple(fc.constantFrom("yes", "no", "soon", "later"), anyInstant, fc.constantFrom("ana", "ben"))
    .map(([option, at, by]): Act => (checklist) => choose(checklist, option, { kind: "done", by, at })),
  fc
    .tuple(fc.constantFrom("a", "n1"), fc.integer({ min: 1, max: 4 }), fc.constantFrom("acme/desk", "acme/engine"))
    .map(([id, number, repository]): Act => (checklist) => linkStep(checklist, id, { repository, number })),
);

describe("marking a checklist", () => {
  it("gives the same result in whatever order marks, choices and links arrive", function () {
    const shuffled = fc.array(anyAct, { maxLength: 10 }).chain((acts) => fc.tuple(fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length })));
    fc.assert(fc.property(shuffled, ([one, other]) => assert.deepEqual(after(branchingChecklist(), ...one), after(branchingChecklist(), ...other))), { numRuns: propertyRuns(1000) });
  });

  it("gives the same result when everything arrives twice", function () {
    fc.assert(fc.property(fc.array(anyAct, { maxLength: 8 }), (acts) => assert.deepEqual(after(branchingChecklist(), ...acts, ...acts), after(branchingChecklist(), ...acts))), { numRuns: propertyRuns(500) });
  });

  it("keeps the latest mark", () => {
    const checklist = after(sampleChecklist([step("a")]), (now) => markStep(now, "a", done(5)), (now) => markStep(now, "a", open(3)));
    assert.deepEqual(checklist.items, [step("a", { mark: done(5) })]);
  });

  it("returns nothing for a missing step and for a choice that is not an option", () => {
    assert.equal(markStep(branchingChecklist(), "gone", done(1)), undefined);
    assert.equal(choose(branchingChecklist(), "a", done(1)), undefined);
    assert.equal(linkStep(branchingChecklist(), "gone", { repository: "a/b", number: 1 }), undefined);
  });

  it("lets a manual change override earlier marks but not later ones", () => {
    const byHand = sampleChecklist([step("a", { mark: { kind: "open" }, overrode: "2026-11-20T16:00:05Z" })]);
    assert.equal(markStep(byHand, "a", done(5)), byHand);
    assert.deepEqual(markStep(byHand, "a", done(6))?.items, [step("a", { mark: done(6) })]);
  });
});

describe("choosing an option", () => {
  it("completes the decision and skips the other options with their sub-steps", () => {
    const checklist = after(branchingChecklist(), (now) => choose(now, "no", done(1)));
    const left = "not chosen";
    assert.deepEqual(marks(checklist), { a: "open", d: "done", yes: left, y1: left, y2: left, soon: left, s1: left, later: left, l1: left, no: "done", n1: "open", z: "open" });
  });

  it("restores the sub-steps of an option that is chosen again", () => {
    const checklist = after(
      branchingChecklist(),
      (now) => markStep(now, "n1", done(1)),
      (now) => choose(now, "soon", done(2)),
      (now) => choose(now, "yes", done(3)),
      (now) => choose(now, "no", done(4)),
    );
    assert.deepEqual([marks(checklist)["n1"], marks(checklist)["s1"], marks(checklist)["no"], marks(checklist)["yes"]], ["done", "not chosen", "done", "not chosen"]);
    const again = after(checklist, (now) => choose(now, "yes", done(5)));
    assert.deepEqual([marks(again)["n1"], marks(again)["s1"], marks(again)["soon"], marks(again)["later"]], ["not chosen", "open", "done", "not chosen"]);
  });

  it("opens everything when the chosen option is reopened", () => {
    const checklist = after(branchingChecklist(), (now) => choose(now, "no", done(1)), (now) => markStep(now, "no", open(2)));
    assert.deepEqual(marks(checklist), Object.fromEntries(Object.keys(marks(checklist)).map((id) => [id, "open"])));
  });

  it("shows a step as done that was done after its option was left out", () => {
    const checklist = after(branchingChecklist(), (now) => choose(now, "no", done(1)), (now) => markStep(now, "y1", done(2)));
    assert.equal(marks(checklist)["y1"], "done");
  });

  it("keeps a reason that a person gave, even if it equals the reason for skipped options", () => {
    const checklist = after(branchingChecklist(), (now) => markStep(now, "a", { ...done(1), kind: "skipped", reason: "not chosen" }), (now) => choose(now, "no", done(2)), (now) => choose(now, "yes", done(3)));
    assert.equal(marks(checklist)["a"], "not chosen");
  });
});

describe("progress of a checklist", () => {
  it("counts done and skipped steps, without options", () => {
    const checklist = after(branchingChecklist(), (now) => choose(now, "no", done(1)), (now) => markStep(now, "a", done(2)));
    assert.deepEqual(progress(checklist), { done: 6, total: 8 });
    assert.deepEqual(openSteps(checklist).map(({ id }) => id), ["n1", "z"]);
  });

  it("counts a decision as done when one of its options was ticked by hand", () => {
    const checklist = sampleChecklist([step("d", { part: "decision" }), step("o", { part: "option", depth: 1, mark: { kind: "done" } })]);
    assert.deepEqual(progress(checklist), { done: 1, total: 1 });
  });
});

describe("a gate", () => {
  const gated = sampleChecklist([
    step("before"),
    { kind: "section", id: "g", title: "Gate: ready", gate: true },
    step("g1"),
    { kind: "section", id: "s", title: "Release", gate: false },
    step("after"),
  ]);

  it("locks later steps until all of its steps are done", () => {
    assert.deepEqual([...lockedSteps(gated)], ["after"]);
    assert.deepEqual([...lockedSteps(after(gated, (now) => markStep(now, "g1", done(1))))], []);
  });

  it("locks steps that were not done before it was reopened", () => {
    const sentBack = after(gated, (now) => markStep(now, "g1", done(1)), (now) => markStep(now, "g1", open(5)));
    assert.equal(gateBefore(sentBack, "after", "2026-11-20T16:00:04Z"), undefined);
    assert.equal(gateBefore(sentBack, "after", "2026-11-20T16:00:06Z")?.id, "g");
    assert.deepEqual(["before", "g1", "gone"].map((id) => gateBefore(gated, id, "2026-11-20T16:00:06Z")), [undefined, undefined, undefined]);
    const renamed = sampleChecklist(gated.items.map((item) => (item.kind === "step" && item.id === "after" ? { ...item, id: "new", formerly: ["after"] } : item)));
    assert.equal(gateBefore(renamed, "after", "2026-11-20T16:00:06Z")?.id, "g");
  });
});
