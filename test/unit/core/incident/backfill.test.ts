import fc from 'fast-check';
import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { backfilledMilestones, backfillOperation, type BackfillTimes, checkBackfillTime } from '../../../../src/core/incident/backfill';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { draftIssue } from '../../../../src/core/issue/draftIssue';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import type { Issue } from '../../../../src/core/model/issue';
import { responseClock } from '../../../../src/core/response/responseClock';
import { withPending } from '../../../../src/core/sync/pendingSnapshot';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleIssue } from '../../../support/sampleIssue';
import { deskOf } from '../desk/deskText';

const desk = deskOf("kinds: { incident: { repository: acme/live, respondWithin: 1h, triageWithin: 15m } }\npriorities: { high: { updateEvery: 1h } }");

const at = (minute: number): string => `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`;

const stamp = { at: at(50), by: "ana" };

/** The issue of a backfilled incident, as it was created and after its timeline was added. */
function entered(times: BackfillTimes): { readonly created: Issue; readonly after: Issue } {
  const draft = draftIssue(desk, { kind: "incident", title: "Portal was down", details: "By phone." });
  assert.ok(draft.kind === "ok");
  const { draft: { title, body, labels }, then = [] } = backfillOperation(draft.value, times, stamp);
  const created = sampleIssue({ title, body, labels, createdAt: stamp.at });
  const operation = { kind: "batch" as const, operations: then.map((change) => ({ ...change, ref: created.ref })) };
  const [after] = withPending({ at: stamp.at, issues: [created], broken: [] }, [{ key: "k", ...stamp, operation }]).issues;
  assert.ok(after);
  return { created, after };
}

const nothingDue = (issue: Issue): void => {
  const clock = responseClock({ desk, time: businessTime(desk), deskFolder: "", details: () => undefined }, issue, issueFacts(issue, desk));
  assert.deepEqual(clock.due, []);
};

describe("a backfilled incident", () => {
  it("has its times from the moment it exists, alarms nobody, and is closed if it is resolved", () => {
    const { created, after } = entered({ started: at(1), detected: at(5), mitigated: at(20), resolved: at(40) });
    const state = incidentState(desk, created);
    assert.deepEqual(state.milestones.map((one) => [one.milestone, one.at, one.by]), [["started", at(1), "ana"], ["detected", at(5), "ana"], ["mitigated", at(20), "ana"], ["resolved", at(40), "ana"]]);
    assert.ok(state.isBackfilled && created.body.startsWith("By phone.") && created.body.includes(`reported=${at(5)}`));
    nothingDue(created);
    assert.deepEqual([after.state, incidentState(desk, after).phase], ["closed", "closed"]);
    assert.deepEqual(incidentState(desk, after).milestones.map((one) => one.at), state.milestones.map((one) => one.at));
  });

  it("stays open if it is not resolved, and still alarms nobody", () => {
    const { after } = entered({ started: at(1), mitigated: at(20) });
    assert.deepEqual([after.state, incidentState(desk, after).phase], ["open", "mitigated"]);
    nothingDue(after);
  });

  it("cannot be mitigated before it started, or resolved before it was mitigated or in the future", () => {
    const times = { started: at(10), mitigated: at(20) };
    assert.deepEqual(checkBackfillTime(times, "mitigated", at(9), at(50)), { kind: "failed", failure: { code: "before", of: "started", at: at(10) } });
    assert.deepEqual(checkBackfillTime(times, "resolved", at(19), at(50)), { kind: "failed", failure: { code: "before", of: "mitigated", at: at(20) } });
    assert.deepEqual(checkBackfillTime(times, "resolved", at(51), at(50)), { kind: "failed", failure: { code: "future" } });
    assert.deepEqual(checkBackfillTime(times, "started", at(21), at(50)), { kind: "failed", failure: { code: "after", of: "mitigated", at: at(20) } });
    assert.deepEqual(checkBackfillTime(times, "resolved", at(30), at(50)), { kind: "ok", value: at(30) });
  });

  it("has its times in order, whatever is entered", () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...backfilledMilestones), fc.integer({ min: 0, max: 59 })), { maxLength: 12 }), (answers) => {
      let times: BackfillTimes = { started: at(30) };
      for (const [milestone, minute] of answers) {
        const checked = checkBackfillTime(times, milestone, at(minute), at(55));
        if (checked.kind === "ok") times = { ...times, [milestone]: checked.value };
      }
      const { started = "", detected = at(59), mitigated = at(59), resolved = at(59) } = times;
      assert.ok(started <= detected && started <= mitigated && started <= resolved && (times.mitigated === undefined || mitigated <= resolved), JSON.stringify(times));
    }), { numRuns: propertyRuns(300) });
  });
});
