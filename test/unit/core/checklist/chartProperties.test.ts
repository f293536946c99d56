import fc from 'fast-check';
import assert from 'node:assert/strict';
import { resolveDecisions } from '../../../../src/core/checklist/decision';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { choose, markStep } from '../../../../src/core/checklist/marking';
import { mergeChecklists } from '../../../../src/core/checklist/mergeChecklists';
import { passesOf } from '../../../../src/core/checklist/passes';
import { stepStates } from '../../../../src/core/checklist/stepStates';
import { updateFromRunbook } from '../../../../src/core/checklist/updateFromRunbook';
import { walkedPath } from '../../../../src/core/checklist/walkedPath';
import { readChecklists, renderChecklist, replaceChecklist } from '../../../../src/core/markup/checklistRegion';
import type { Checklist, ChecklistStep, StepMark } from '../../../../src/core/model/checklist';
import { propertyRuns } from '../../../support/propertyRuns';
import { anyChart, node } from '../../../support/sampleChart';
import { sampleChecklist, step } from '../../../support/sampleChecklist';
import { done, home, must, stamp } from './chartMarks';

interface Act {
  readonly id: string;
  readonly mark: StepMark;
  readonly isChoice: boolean;
}

const apply = (checklist: Checklist, acts: readonly Act[]): Checklist =>
  acts.reduce((now, { id, mark, isChoice }) => (isChoice ? choose(now, id, mark) : markStep(now, id, mark)) ?? now, checklist);

/** A checklist with a flowchart and marks on it. Of each ten marks, some have the same time. */
const anyRun = anyChart.chain((checklist) => {
  const steps = stepsOf(checklist).map(({ id }) => id);
  const act = fc.record({ id: fc.constantFrom("none", ...steps), kind: fc.constantFrom("done", "done", "done", "open", "skipped"), at: fc.integer({ min: 0, max: 20 }), by: fc.constantFrom("ana", "ben", "ana", "ben", ""), isChoice: fc.boolean() }, { noNullPrototype: true })
    .map(({ id, kind, at, by, isChoice }): Act => ({ id, isChoice, mark: kind === "skipped" ? { kind, reason: "no|need;", ...stamp(at, by) } : { kind: kind === "open" ? "open" : "done", ...stamp(at, by) } }));
  return fc.tuple(fc.constant(resolveDecisions(checklist)), fc.array(act, { maxLength: 14 }));
});

/** A checklist as a person can leave it on the web: some boxes ticked or unticked. */
const anyEdited = fc.tuple(anyRun, fc.infiniteStream(fc.constantFrom(false, false, true))).map(([[checklist, acts], flips]) => {
  const body = renderChecklist(apply(checklist, acts), home);
  return body.split("\n").map((line) => (/^ *- \[/.test(line) && flips.next().value === true ? line.replace(/\[([ x])\]/, (_all, box) => (box === "x" ? "[ ]" : "[x]")) : line)).join("\n");
});

describe("a checklist with a flowchart", () => {
  it("has the same state in whatever order marks arrive, and how often", () => {
    const shuffled = anyRun.chain(([checklist, acts]) => fc.tuple(fc.constant(checklist), fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length })));
    fc.assert(fc.property(shuffled, ([checklist, one, other]) => assert.deepEqual(apply(apply(checklist, other), one), apply(checklist, one))), { numRuns: propertyRuns(2000) });
  });

  it("merges two copies to the state of all marks in sequence", () => {
    fc.assert(fc.property(anyRun, fc.nat(14), fc.nat(14), ([checklist, acts], first, second) => {
      const [before, mine, theirs] = [acts.slice(0, first), acts.slice(first, first + second), acts.slice(first + second)];
      const from = apply(checklist, before);
      const [a, b] = [apply(from, mine), apply(from, theirs)];
      assert.deepEqual(mergeChecklists(a, b), apply(checklist, acts));
      assert.deepEqual(mergeChecklists(b, a), apply(checklist, acts));
    }), { numRuns: propertyRuns(1500) });
  });

  it("can be written and read again with all passes", () => {
    fc.assert(fc.property(anyRun, ([checklist, acts]) => {
      const now = apply(checklist, acts);
      assert.deepEqual(readChecklists(renderChecklist(now, home), home), [now]);
      assert.deepEqual(readChecklists(replaceChecklist(renderChecklist(checklist, home), now, home), home), [now]);
    }), { numRuns: propertyRuns(1000) });
  });

  it("is not changed by resolving or writing it again, also after it was edited by hand", () => {
    fc.assert(fc.property(anyEdited, (body) => {
      const [read] = readChecklists(body, home);
      const again = resolveDecisions(must(read));
      assert.deepEqual(resolveDecisions(again), again);
      const written = replaceChecklist(body, must(read), home);
      assert.deepEqual(readChecklists(written, home), [read]);
      assert.equal(replaceChecklist(written, must(read), home), written);
    }), { numRuns: propertyRuns(2000) });
  });

  it("keeps all marks of its passes", () => {
    fc.assert(fc.property(anyRun, ([checklist, acts]) => {
      const now = apply(checklist, acts);
      for (const [id, { pass, earlier }] of passesOf(now)) {
        const known = stepsOf(now).find((each) => each.id === id);
        assert.ok(earlier.every((each, index) => each.pass < pass && each.pass > (earlier[index - 1]?.pass ?? 0)));
        for (const act of acts) {
          if (act.id !== id || act.isChoice) continue;
          const all = [...(known?.log ?? []).map(({ mark }) => mark), known?.mark, known?.own].map((each) => JSON.stringify(sorted(each)));
          assert.ok(all.includes(JSON.stringify(sorted(act.mark))), `${id}: ${JSON.stringify(act.mark)}`);
        }
      }
    }), { numRuns: propertyRuns(1000) });
  });
});

function sorted(mark: StepMark | undefined): readonly unknown[] {
  return mark === undefined ? [] : [mark.kind, mark.by, mark.at, mark.kind === "skipped" ? mark.reason : ""];
}

describe("two copies of a checklist, one of which was updated to a newer flowchart", () => {
  const chart = (hash: string): readonly ChecklistStep[] => [node(`${hash}.a`, [`${hash}.d`]), step(`${hash}.d`, { part: "decision", next: [] }), step(`${hash}.d>a`, { part: "option", depth: 1, next: [`${hash}.a`] }), step(`${hash}.d>e`, { part: "option", depth: 1, next: [`${hash}.e`] }), node(`${hash}.e`, [])];
  const old = done(sampleChecklist(chart("1")), 1, "1.a");
  const updated = (from: Checklist): Checklist => updateFromRunbook(from, { ...sampleChecklist(chart("2")), revision: "2222" });

  it("merge with the passes of both", () => {
    const [theirs, ours] = [done(done(old, 3, "1.d>a"), 4, "1.a"), done(updated(old), 5, "2.d>a")];
    const all = done(updated(theirs), 5, "2.d>a");
    assert.equal(passesOf(all).get("2.a")?.pass, 3);
    assert.deepEqual([mergeChecklists(ours, theirs), mergeChecklists(theirs, ours)], [all, all]);
  });

  it("merge with the marks of both, if neither had an earlier one", () => {
    const before = sampleChecklist(chart("1"));
    const [theirs, ours] = [done(before, 4, "1.a"), done(updated(before), 5, "2.a")];
    const all = done(updated(theirs), 5, "2.a");
    assert.deepEqual([mergeChecklists(ours, theirs), mergeChecklists(theirs, ours)], [all, all]);
  });

  it("are left to a person if only one has a step that was done in an earlier pass", () => {
    const looped = done(sampleChecklist(chart("1")), 3, "1.d>a");
    const other = { ...sampleChecklist([step("z", { mark: { kind: "done" } })]), revision: "3333" };
    assert.equal(mergeChecklists(looped, other), undefined);
  });
});

describe("a flowchart of 5,000 steps", () => {
  const size = 5000;
  const many = (step: (index: number) => readonly ChecklistStep[]): Checklist => sampleChecklist([...Array(size).keys()].flatMap(step));
  const name = (index: number): string => `n${((index % size) + size) % size}`;
  const logged = (index: number): ChecklistStep["log"] => [{ mark: { kind: "done", by: "ana", at: `2026-11-20T17:00:00.${String(index).padStart(4, "0")}Z` } }];
  const charts: readonly (readonly [what: string, chart: () => Checklist])[] = [
    ["a chain with a loop over all", () => many((index) => [node(name(index), [name(index + 1)])])],
    ["each leads back to the start, and did", () => many((index) => [node(name(index), ["n0"], { log: logged(index) ?? [] })])],
    ["each leads back half way, and did by hand", () => many((index) => [node(name(index), [name(Math.floor(index / 2))], { mark: { kind: "done" } })])],
    ["each is a decision that leads on and back", () => many((index) => [step(name(index), { part: "decision", next: [], chosen: `${index}b`, log: (logged(index) ?? []).map((each) => ({ ...each, chosen: `${index}b` })) }), step(`${index}a`, { part: "option", depth: 1, next: [name(index + 1)], mark: { kind: "done" } }), step(`${index}b`, { part: "option", depth: 1, next: [name(index - 50)] })])],
    ["all have the same id", () => many((index) => [node("n", ["n", "gone"], { log: logged(index) ?? [] })])],
    ["one leads to all", () => many((index) => [node(name(index), index === 0 ? [...Array(size).keys()].map(name) : ["n0"])])],
  ];
  for (const [what, chart] of charts) {
    it(`is read in time: ${what}`, () => {
      const checklist = chart();
      const before = process.cpuUsage();
      const now = resolveDecisions(checklist);
      passesOf(now);
      walkedPath(now);
      stepStates(now);
      const used = process.cpuUsage(before).user / 1000;
      assert.ok(used < 5000, `${used} ms`);
    });
  }
});
