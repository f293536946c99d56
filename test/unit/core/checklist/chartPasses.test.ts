import fc from 'fast-check';
import assert from 'node:assert/strict';
import { resolveDecisions } from '../../../../src/core/checklist/decision';
import { renderChecklistExport } from '../../../../src/core/checklist/exportChecklist';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { choose, gateBefore, markStep, openSteps, progress, reopenSection } from '../../../../src/core/checklist/marking';
import { mergeChecklists } from '../../../../src/core/checklist/mergeChecklists';
import { passesOf } from '../../../../src/core/checklist/passes';
import { stepStates } from '../../../../src/core/checklist/stepStates';
import { updateFromRunbook } from '../../../../src/core/checklist/updateFromRunbook';
import { walkedPath } from '../../../../src/core/checklist/walkedPath';
import { readChecklists, renderChecklist, replaceChecklist } from '../../../../src/core/markup/checklistRegion';
import { encodeMarkValue } from '../../../../src/core/markup/hiddenMark';
import { readPending } from '../../../../src/core/sync/outboxEntries';
import { stepDue } from '../../../../src/core/runbook/stepTimer';
import type { Checklist, ChecklistStep, StepMark } from '../../../../src/core/model/checklist';
import { propertyRuns } from '../../../support/propertyRuns';
import { anyChart, decision, loopingChecklist, node } from '../../../support/sampleChart';
import { sampleChecklist, step } from '../../../support/sampleChecklist';

const home = "acme/desk";

const time = (second: number): string => `2026-11-20T17:00:${String(second).padStart(2, "0")}Z`;

function must<T>(value: T | undefined): T {
  return value ?? assert.fail("missing");
}

const stamp = (second: number, by = "ana"): { readonly by: string; readonly at: string } => ({ by, at: time(second) });

function done(checklist: Checklist, second: number, ...ids: readonly string[]): Checklist {
  return ids.reduce((now, id) => must(markStep(now, id, { kind: "done", ...stamp(second) })), checklist);
}

const reopened = (checklist: Checklist, second: number, id: string): Checklist => must(markStep(checklist, id, { kind: "open", ...stamp(second) }));

function shown(checklist: Checklist): string {
  return stepsOf(checklist).filter(({ part }) => part !== "option").map(({ id, mark }) => `${id} ${mark.kind === "skipped" ? mark.reason : mark.kind}`).join(", ");
}

/** Two passes of build and test, the first of which failed. */
const failedOnce = done(done(done(loopingChecklist(), 1, "build", "test"), 2, "passed>fix"), 3, "fix", "again>test");

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

describe("a loop that was chosen by hand", () => {
  const tick = (body: string, id: string): string => body.split("\n").map((line) => (line.includes(`desk:step ${encodeMarkValue(id)} `) ? line.replace("[ ]", "[x]") : line)).join("\n");
  const started = renderChecklist(done(resolveDecisions(loopingChecklist()), 1, "build", "test"), home);

  it("begins a new pass, to which marks belong that are made after it", () => {
    const body = tick(tick(tick(started, "passed>fix"), "fix"), "again>test");
    const read = must(readChecklists(body, home)[0]);
    assert.match(shown(read), /build done, test open, passed open, fix open, again open/);
    assert.deepEqual(passesOf(read).get("fix")?.earlier, [{ pass: 1, mark: { kind: "done", at: "2026-11-20T17:00:01.001Z" } }]);
    assert.equal(passesOf(read).get("passed")?.earlier[0]?.chosen, "passed>fix");
    const written = replaceChecklist(body, done(read, 2, "test"), home);
    assert.doesNotMatch(written, /\[x\] (?:Test|No|Do fix)/);
    const again = must(readChecklists(written, home)[0]);
    assert.match(shown(again), /build done, test done, passed open, fix open/);
    assert.deepEqual(passesOf(again).get("test"), passesOf(read).get("test"));
    assert.deepEqual(readChecklists(replaceChecklist(written, again, home), home), [again]);
  });

  it("has a time that can be written, even if nothing on the checklist has one", () => {
    const body = tick(renderChecklist({ ...loopingChecklist(), startedAt: "" }, home), "again>test");
    const read = must(readChecklists(body, home)[0]);
    const written = replaceChecklist(body, read, home);
    assert.deepEqual([readChecklists(written, home), passesOf(read).get("test")?.pass], [[read], 2]);
  });

  it("ignores earlier marks whose times are none", () => {
    const [read] = readChecklists(renderChecklist(failedOnce, home).replace(/log=done\|\S+/g, "log=done|9999|ana;done;gone|2026-11-20T17:00:01Z"), home);
    assert.deepEqual(stepsOf(must(read)).flatMap(({ log }) => log ?? []), []);
  });

  it("counts again after it was written", () => {
    const once = replaceChecklist(tick(started, "again>test"), must(readChecklists(tick(started, "again>test"), home)[0]), home);
    const read = must(readChecklists(tick(once, "again>test"), home)[0]);
    assert.equal(passesOf(read).get("test")?.pass, 3);
  });

  it("is not chosen by a box that is older than the decision or its pass", () => {
    const edited = (checklist: Checklist, id: string, more: Partial<ChecklistStep>): Checklist => resolveDecisions({ ...checklist, items: checklist.items.map((item) => (item.kind === "step" && item.id === id ? { ...item, mark: { kind: "done" }, ...more } : item)) });
    assert.match(shown(edited(done(loopingChecklist(), 1, "again>stop"), "again>test", {})), /test open, passed open, fix open, again done/);
    const nested = sampleChecklist([node("a", ["k"]), ...decision("k", { Back: "a", On: "e" }), ...decision("e", { No: "k", Yes: "" })]);
    const stale = edited(done(done(nested, 1, "a"), 5, "e>k"), "k>a", { overrode: time(3) });
    assert.deepEqual([shown(stale), passesOf(stale).get("a")?.pass], ["a done, k open, e open", 1]);
  });

  it("stays undone by an older mark that arrives late", () => {
    const body = renderChecklist(done(failedOnce, 5, "test"), home).replace("[x] Do test", "[ ] Do test");
    const read = must(readChecklists(body, home)[0]);
    const late = must(markStep(read, "test", { kind: "done", ...stamp(4, "ben") }));
    assert.match(shown(late), /test open/);
    assert.match(shown(done(late, 6, "test")), /test done/);
  });

  it("leaves marks by hand in the pass in which they were made", () => {
    const second = must(readChecklists(tick(renderChecklist(failedOnce, home), "test"), home)[0]);
    assert.match(shown(second), /test done, passed open/);
    const third = done(second, 9, "again>test");
    assert.match(shown(third), /test open/);
    assert.deepEqual(passesOf(third).get("test")?.earlier.map(({ pass, mark }) => [pass, mark.by]), [[1, "ana"], [2, undefined]]);
    assert.deepEqual(mergeChecklists(second, done(failedOnce, 9, "again>test")), third);
    assert.deepEqual(mergeChecklists(done(failedOnce, 9, "again>test"), second), third);
  });
});

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
