import fc from 'fast-check';
import assert from 'node:assert/strict';
import { checkMilestone, type MilestoneProblem } from '../../../../src/core/incident/milestoneChecks';
import { incidentState, type IncidentState, milestoneTime, type TimedMilestone, timedMilestones } from '../../../../src/core/incident/incidentState';
import { changeOfMilestone } from '../../../../src/core/incident/timeline';
import { checkStage, nextStages } from '../../../../src/core/incident/transitions';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import { instantAt, millisecondsOf } from '../../../../src/core/model/instant';
import type { Instant, Issue } from '../../../../src/core/model/issue';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const at = (minute: number): Instant => instantAt(millisecondsOf("2026-11-20T16:00:00Z") + minute * 60_000);

/** The issue after a milestone that happened at one minute and was recorded at another. */
function recorded(issue: Issue, milestone: TimedMilestone, happened: Instant, when: Instant): Issue {
  const change = changeOfMilestone(renderMilestone(milestone, "", { at: happened }), { at: when, by: "ana" });
  const applied = change === undefined ? undefined : applyChange(issue, change, when);
  assert.ok(applied?.kind === "ok");
  return applied.value;
}

describe("the stages of an issue", () => {
  const desk = { stages: ["To do", "In progress", "Waiting", "Done"], transitions: { "To do": ["In progress"], Waiting: ["In progress", "Done"] } };

  it("follow each other as the desk lists them, and freely where it lists nothing", () => {
    assert.deepEqual(nextStages(desk, "to do"), ["In progress"]);
    assert.deepEqual(nextStages(desk, "In progress"), ["To do", "Waiting", "Done"]);
    assert.deepEqual(checkStage(desk, "To do", "Done"), { kind: "failed", failure: ["In progress"] });
    assert.equal(checkStage(desk, "Waiting", "done").kind, "ok");
  });

  it("can always be kept", () => {
    for (const stage of desk.stages) assert.equal(checkStage(desk, stage, stage).kind, "ok");
  });

  it("are offered exactly if they can be set", () => {
    const name = fc.constantFrom(...desk.stages);
    const transitions = fc.dictionary(name, fc.uniqueArray(name));
    fc.assert(
      fc.property(transitions, name, name, (table, from, to) => {
        const own = { stages: desk.stages, transitions: table };
        assert.equal(checkStage(own, from, to).kind === "ok", from === to || nextStages(own, from).includes(to));
      }),
    );
  });
});

describe("the time of a milestone", () => {
  const problem = (issue: Issue, milestone: TimedMilestone, when: Instant, now = at(60)): MilestoneProblem | Instant => {
    const checked = checkMilestone(incidentState(sampleDesk, issue), { reported: at(0), now }, milestone, when);
    return checked.kind === "ok" ? checked.value : checked.failure;
  };

  it("is not in the future, nor before the incident was reported or started", () => {
    assert.deepEqual(problem(sampleIssue(), "mitigated", at(61)), { code: "future" });
    assert.deepEqual(problem(sampleIssue(), "mitigated", at(-5)), { code: "before", of: "reported", at: at(0) });
    const started = recorded(sampleIssue(), "started", at(-10), at(1));
    assert.equal(problem(started, "mitigated", at(-5)), at(-5));
    assert.deepEqual(problem(started, "resolved", at(-11)), { code: "before", of: "started", at: at(-10) });
  });

  it("of the start and the detection may be before the report, also to correct a start that was too late", () => {
    assert.deepEqual([problem(sampleIssue(), "started", at(-30)), problem(sampleIssue(), "detected", at(-20))], [at(-30), at(-20)]);
    const started = recorded(sampleIssue(), "started", at(-10), at(1));
    assert.equal(problem(started, "started", at(-30)), at(-30));
    assert.deepEqual(problem(started, "detected", at(-20)), { code: "before", of: "started", at: at(-10) });
  });

  it("of a resolution is not before the mitigation, which an incident does not need", () => {
    assert.equal(problem(sampleIssue(), "resolved", at(5)), at(5));
    const mitigated = recorded(sampleIssue(), "mitigated", at(20), at(21));
    assert.deepEqual(problem(mitigated, "resolved", at(19)), { code: "before", of: "mitigated", at: at(20) });
    assert.deepEqual(problem(recorded(mitigated, "resolved", at(30), at(30)), "mitigated", at(31)), { code: "after", of: "resolved", at: at(30) });
  });

  it("of a mitigation does not exist once the incident is cancelled", () => {
    assert.deepEqual(problem(recorded(sampleIssue(), "cancelled", at(20), at(21)), "mitigated", at(30)), { code: "cancelled" });
  });

  it("counts from the reopening on", () => {
    const again = applyChange(recorded(sampleIssue(), "resolved", at(10), at(10)), { kind: "reopen", stamp: { at: at(20), by: "ben" } }, at(20));
    assert.ok(again.kind === "ok");
    const found = problem(again.value, "resolved", at(10));
    assert.ok(typeof found !== "string" && found.code === "before" && found.of === "reopened", JSON.stringify(found));
    assert.equal(problem(again.value, "resolved", at(25)), at(25));
  });

  it("may be entered in minutes", () => {
    const mitigated = recorded(sampleIssue(), "mitigated", "2026-11-20T16:20:40Z", at(21));
    assert.equal(problem(mitigated, "resolved", at(20)), "2026-11-20T16:20:40Z");
  });

  it("never leads to an impossible state, whatever is recorded, corrected and reopened in whatever order", () => {
    const step = fc.record({ name: fc.constantFrom(...timedMilestones, "reopen" as const), minute: fc.integer({ min: -20, max: 60 }), pause: fc.integer({ min: 1, max: 7 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        let issue = sampleIssue();
        let now = 0;
        for (const { name, minute, pause } of steps) {
          now += pause;
          if (name === "reopen") {
            const reopened = applyChange(issue, { kind: "reopen", stamp: { at: at(now), by: "ana" } }, at(now));
            assert.ok(reopened.kind === "ok");
            issue = reopened.value;
            continue;
          }
          const checked = checkMilestone(incidentState(sampleDesk, issue), { reported: at(0), now: at(now) }, name, at(minute));
          if (checked.kind === "ok") issue = recorded(issue, name, checked.value, at(now));
          assertPossible(incidentState(sampleDesk, issue), at(now));
        }
      }),
    );
  });
});

function assertPossible(state: IncidentState, now: Instant): void {
  const of = (name: TimedMilestone): Instant | undefined => milestoneTime(state, name)?.at;
  const ordered = (...names: readonly TimedMilestone[]): void => {
    const times = names.flatMap((name) => of(name) ?? []);
    assert.deepEqual(times, times.toSorted((a, b) => millisecondsOf(a) - millisecondsOf(b)), JSON.stringify(state.milestones));
  };
  for (const later of ["detected", "acknowledged", "mitigated", "resolved", "cancelled"] as const) ordered("started", later);
  ordered("mitigated", "resolved", "cancelled");
  for (const { milestone, at: time } of state.milestones) {
    assert.ok(millisecondsOf(time) <= millisecondsOf(now));
    if (state.reopened !== undefined && milestone !== "started" && milestone !== "detected") assert.ok(millisecondsOf(time) >= millisecondsOf(state.reopened));
  }
}
