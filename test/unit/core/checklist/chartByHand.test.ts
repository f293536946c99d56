import assert from 'node:assert/strict';
import { resolveDecisions } from '../../../../src/core/checklist/decision';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { markStep } from '../../../../src/core/checklist/marking';
import { mergeChecklists } from '../../../../src/core/checklist/mergeChecklists';
import { passesOf } from '../../../../src/core/checklist/passes';
import { readChecklists, renderChecklist, replaceChecklist } from '../../../../src/core/markup/checklistRegion';
import { encodeMarkValue } from '../../../../src/core/markup/hiddenMark';
import type { Checklist, ChecklistStep } from '../../../../src/core/model/checklist';
import { decision, loopingChecklist, node } from '../../../support/sampleChart';
import { sampleChecklist } from '../../../support/sampleChecklist';
import { done, failedOnce, home, must, shown, stamp, time } from './chartMarks';

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
