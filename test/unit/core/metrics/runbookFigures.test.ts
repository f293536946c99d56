import assert from "node:assert/strict";
import { wallTime } from "../../../../src/core/calendar/businessTime";
import { markStep } from "../../../../src/core/checklist/marking";
import { deskHistory } from "../../../../src/core/metrics/history/deskHistory";
import { measureChecklist, type MeasuredChecklist, runbookFigures } from "../../../../src/core/metrics/runbookFigures";
import type { Checklist } from "../../../../src/core/model/checklist";
import { loopingChecklist } from "../../../support/sampleChart";
import { sampleChecklist, step } from "../../../support/sampleChecklist";
import { sampleDesk } from "../../../support/sampleDesk";
import { sampleIssue } from "../../../support/sampleIssue";

const desks = deskHistory([{ from: "2026-01-01T00:00:00Z", desk: sampleDesk, time: wallTime }]);

/** Marks steps as done some minutes after the checklist was started, at 17:00. */
function done(checklist: Checklist, minute: number, ...ids: readonly string[]): Checklist {
  return ids.reduce((now, id) => markStep(now, id, { kind: "done", by: "ana", at: `2026-11-20T17:${String(minute).padStart(2, "0")}:00Z` }) ?? assert.fail(id), checklist);
}

/** The checklists, each on an issue of its own. */
const onIssues = (...checklists: readonly Checklist[]): readonly MeasuredChecklist[] => checklists.map((checklist, index) => measureChecklist(sampleIssue({ ref: { repository: "acme/desk", number: index + 1 } }), checklist, desks));

const started = (checklist: Checklist): Checklist => ({ ...checklist, startedAt: "2026-11-20T17:00:00Z" });

describe("The figures of a runbook", () => {
  it("have the time of each step since the last mark, and none for steps ticked by hand", () => {
    const one = done(done(started(sampleChecklist([step("a"), step("b"), step("c"), step("d", { mark: { kind: "done" } })])), 10, "b", "a"), 25, "c");
    const two = done(started(sampleChecklist([step("a"), step("b"), step("c"), step("d")], "run2")), 4, "a");
    const [figures, none] = runbookFigures(onIssues(one, two));
    assert.equal(none, undefined);
    assert.deepEqual([figures?.runbook, figures?.started, figures?.finished, figures?.issues.map(({ ref }) => ref.number)], ["runbooks/incident.md", 2, 1, [1, 2]]);
    // In the first checklist, a and b were marked together after ten minutes. In the second, a took four minutes.
    assert.deepEqual(figures?.steps.map(({ step: text, time: { wall } }) => [text, wall.n, (wall.median ?? 0) / 60_000]), [["Do a", 2, 7], ["Do b", 1, 0], ["Do c", 1, 15]]);
  });

  it("list the steps in the order of the runbook, also if the first checklist left some out", () => {
    const all = [step("a"), step("b"), step("c")];
    const [figures] = runbookFigures(onIssues(done(started(sampleChecklist(all)), 5, "c"), done(done(started(sampleChecklist(all, "run2")), 3, "b"), 4, "a")));
    assert.deepEqual(figures?.steps.map(({ step: text }) => text), ["Do a", "Do b", "Do c"]);
  });

  it("count the passes of each loop, and the time of each pass", () => {
    const failedOnce = done(done(done(started(loopingChecklist()), 1, "build", "test"), 2, "passed>fix"), 5, "fix", "again>test");
    const passed = done(done(failedOnce, 9, "test"), 10, "passed>review");
    // The end of the second loop was never reached.
    const [figures] = runbookFigures(onIssues(passed, { ...done(started(loopingChecklist()), 1, "build", "test", "passed>review"), id: "run2" }));
    assert.deepEqual(figures?.loops.map(({ step: text, passes: { n, median, max } }) => [text, n, median, max]), [["again?", 1, 2, 2]]);
    assert.deepEqual(figures?.steps.filter(({ step: text }) => text === "Do test").map(({ time: { wall } }) => [wall.n, wall.median]), [[3, 0]]);
  });
});
