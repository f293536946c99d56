import assert from 'node:assert/strict';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { markStep } from '../../../../src/core/checklist/marking';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { roleOperations } from '../../../../src/core/incident/roles';
import { changeOfMilestone } from '../../../../src/core/incident/timeline';
import { readChecklists, renderChecklist } from '../../../../src/core/markup/checklistRegion';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import { setFields } from '../../../../src/core/markup/fieldRegion';
import type { Checklist } from '../../../../src/core/model/checklist';
import type { Issue } from '../../../../src/core/model/issue';
import { batchOf, type Operation, partsOf } from '../../../../src/core/model/operation';
import { ok } from '../../../../src/core/model/result';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { createOutbox } from '../../../../src/core/sync/outbox';
import { withPending } from '../../../../src/core/sync/pendingSnapshot';
import { requestedAt } from '../../../../src/core/sync/seenStamps';
import { countingIds } from '../../../support/countingIds';
import { memoryLog } from '../../../support/memoryLog';
import { memoryMemory } from '../../../support/memoryMemory';
import { loopingChecklist } from '../../../support/sampleChart';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const now = "2026-11-20T16:00:00Z";

/** The issue after a person, whose clock shows `now`, submitted the operation with this issue on screen. */
async function after(issue: Issue, operation: Operation): Promise<Issue> {
  const outbox = createOutbox({
    memory: memoryMemory(),
    tracker: { edit: async () => ok(issue), comment: async () => ok(undefined), get: async () => ok(issue) } as never,
    clock: { now: () => now, wait: async () => undefined },
    ids: countingIds(),
    log: memoryLog(),
    seen: () => issue,
  });
  await outbox.submit(operation, "ben");
  const [shown] = withPending({ at: now, issues: [issue], broken: [] }, [], outbox.landed()).issues;
  assert.ok(shown);
  return shown;
}

const lead = { kind: "comment", ref: sampleIssue().ref, markdown: renderMilestone("lead", "", { role: "lead", login: "ben" }) } as const;

const stateOf = (issue: Issue) => incidentState(sampleDesk, issue);

const withField = (name: string, value: string, at: string): Issue => sampleIssue({ body: setFields("It is down.\n", [{ name, value, at, by: "ana" }]) });

describe("a change on a machine whose clock is behind", () => {
  it("counts after what it replaces: a role that somebody took two minutes ahead", async () => {
    const issue = withField("role.lead", "ana", "2026-11-20T16:02:00Z");
    const handed = await after(issue, batchOf(roleOperations(issue, stateOf(issue), "lead", "ben")));
    assert.deepEqual(stateOf(handed).roles, [{ role: "lead", login: "ben", since: "2026-11-20T16:02:00.001Z" }]);
  });

  it("counts after the reopening that its author saw", async () => {
    const resolved = await after(withField("reopened", "2026-11-20T16:02:00Z", "2026-11-20T16:02:00Z"), { kind: "comment", ref: sampleIssue().ref, markdown: renderMilestone("resolved", "Fixed.") });
    assert.equal(stateOf(resolved).phase, "resolved");
  });

  it("counts for fields that a command sets itself", async () => {
    const issue = withField("satisfaction", "2", "2026-11-20T16:02:00Z");
    const asked = await after(issue, { kind: "edit", ref: issue.ref, change: { kind: "setFields", fields: [{ name: "satisfaction", value: "5", at: now, by: "ben" }] } });
    assert.equal(stateOf(asked).satisfaction, "5");
  });

  it("replaces a time that is years ahead where it is written, and does not adopt it", async () => {
    const issue = withField("role.lead", "ana", "2199-01-01T00:00:00Z");
    const [pending] = partsOf({ key: "k", at: requestedAt(lead, now, () => issue), by: "ben", operation: lead });
    assert.equal(pending?.at, now);
    const change = changeOfMilestone(lead.markdown, { at: now, by: "ben" });
    const written = change && applyChange(issue, change, now, { writtenAt: now });
    assert.ok(written?.kind === "ok");
    assert.deepEqual(stateOf(written.value).roles, [{ role: "lead", login: "ben", since: now }]);
    assert.equal(written.value.body.match(/desk:field/g)?.length, 1);
  });

  it("counts after the mark of a step, after the choice that left a step out, and after the loop that opened it again", async () => {
    const ahead = { by: "ana", at: "2026-11-20T16:02:00Z" };
    const checklist = (act: (from: Checklist) => Checklist | undefined): Issue => sampleIssue({ body: renderChecklist(act(loopingChecklist()) ?? loopingChecklist(), sampleIssue().ref.repository) });
    const states = (issue: Issue, ...ids: readonly string[]) => readChecklists(issue.body, issue.ref.repository).flatMap(stepsOf).flatMap(({ id, mark }) => (ids.includes(id) ? [mark.kind] : []));
    const mark = (step: string, kind: "open" | "done"): Operation => ({ kind: "edit", ref: sampleIssue().ref, change: { kind: "markStep", run: "run1", step, mark: { kind } } });
    const decide = (option: string): Operation => ({ kind: "edit", ref: sampleIssue().ref, change: { kind: "choose", run: "run1", option, mark: { kind: "done" } } });
    const done = (step: string) => (from: Checklist): Checklist | undefined => markStep(from, step, { kind: "done", ...ahead });
    assert.deepEqual(states(await after(checklist(done("stop")), mark("stop", "open")), "stop"), ["open"]);
    assert.deepEqual(states(await after(checklist(done("passed>review")), mark("stop", "done")), "stop"), ["done"]);
    assert.deepEqual(states(await after(checklist(done("passed>review")), decide("passed>fix")), "passed>fix", "stop"), ["done", "open"]);
    assert.deepEqual(states(await after(checklist(done("again>test")), mark("test", "done")), "test"), ["done"]);
    assert.deepEqual(states(await after(checklist(done("again>test")), decide("passed>fix")), "passed"), ["done"]);
  });

  it("does not count, after days offline, against what others set meanwhile", () => {
    const issue = withField("role.lead", "ana", "2026-11-23T16:00:00Z");
    const [shown] = withPending({ at: now, issues: [issue], broken: [] }, [{ key: "k", at: now, by: "ben", operation: lead }]).issues;
    assert.deepEqual(stateOf(shown ?? issue).roles.map(({ login }) => login), ["ana"]);
    const change = changeOfMilestone(lead.markdown, { at: now, by: "ben" });
    const written = change && applyChange(issue, change, now, { writtenAt: "2026-11-23T18:00:00Z" });
    assert.ok(written?.kind === "ok" && written.value === issue);
  });

  it("does not count after what its author did not see", async () => {
    const issue = withField("role.lead", "ana", "2026-11-20T16:02:00Z");
    const [shown] = withPending({ at: now, issues: [issue], broken: [] }, [{ key: "k", at: now, by: "ben", operation: lead }]).issues;
    assert.deepEqual(stateOf(shown ?? issue).roles.map(({ login }) => login), ["ana"]);
  });
});
