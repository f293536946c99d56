import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { startChecklist } from '../../../../src/core/checklist/startChecklist';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { type NextAction, nextAction } from '../../../../src/core/response/nextAction';
import { changeOfMilestone } from '../../../../src/core/incident/timeline';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { Desk } from '../../../../src/core/model/desk';
import type { Issue } from '../../../../src/core/model/issue';
import type { IssueChange } from '../../../../src/core/model/issueChange';
import { responseClock } from '../../../../src/core/response/responseClock';
import { urgencyOf } from '../../../../src/core/response/urgency';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { runbookContext } from '../../../../src/core/runbook/runbookContext';
import { readRunbook } from '../../../../src/markdown/readMarkdown';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const at = (minute: number): string => `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`;

const desk: Desk = {
  ...sampleDesk,
  kinds: [...sampleDesk.kinds.map((kind) => (kind.name === "request" ? { ...kind, label: "request", runbook: "request.md" } : kind)), { name: "record", repositories: ["acme/desk"], label: "record" }],
  priorities: [{ name: "high", label: "priority: high", criteria: [], updateEvery: { amount: 30, unit: "m" } }, { name: "normal", label: "priority: normal", criteria: [] }],
};

function changed(issue: Issue, ...changes: readonly (IssueChange | undefined)[]): Issue {
  return changes.reduce<Issue>((now, change) => {
    const applied = change === undefined ? undefined : applyChange(now, change, at(50));
    return applied?.kind === "ok" ? applied.value : now;
  }, issue);
}

const milestone = (minute: number, name: Parameters<typeof renderMilestone>[0]): IssueChange | undefined => changeOfMilestone(renderMilestone(name, ""), { at: at(minute), by: "ana" });

function next(issue: Issue, { now = at(10), without = [] }: { readonly now?: string; readonly without?: readonly NextAction[] } = {}): NextAction | undefined {
  const facts = issueFacts(issue, desk);
  const time = businessTime(desk);
  const clock = responseClock({ desk, time, deskFolder: "", details: () => undefined }, issue, facts);
  return nextAction({ desk, issue, facts, state: incidentState(desk, issue), clock, urgency: urgencyOf(clock, time, now) }, (action) => !without.includes(action));
}

const incident = sampleIssue({ labels: ["incident", "priority: high"] });

describe("the next action of an incident", () => {
  it("is to acknowledge it, then to resolve it, then to close it, then to write the post-mortem that the desk requires", () => {
    assert.equal(next(incident), "issue.acknowledge");
    const acknowledged = changed(incident, milestone(4, "acknowledged"));
    assert.equal(next(acknowledged), "issue.resolve");
    const resolved = changed(acknowledged, milestone(20, "resolved"));
    assert.equal(next(resolved), "issue.close");
    const closed = changed(resolved, { kind: "close" });
    assert.equal(next(closed), "issue.postmortem");
    assert.equal(next(changed(closed, { kind: "addLink", link: { kind: "postmortem", path: "postmortems/7.md" } })), undefined);
    assert.equal(next({ ...closed, labels: ["incident", "priority: normal"] }), undefined);
  });

  it("is to send an update as soon as one is due, but not of a test", () => {
    const acknowledged = changed(incident, milestone(0, "acknowledged"));
    assert.equal(next(acknowledged, { now: at(10) }), "issue.resolve");
    assert.equal(next(acknowledged, { now: at(20) }), "issue.sendUpdate");
    assert.equal(next(acknowledged, { now: at(40) }), "issue.sendUpdate");
    assert.equal(next({ ...acknowledged, labels: [...acknowledged.labels, "test"] }, { now: at(40) }), "issue.resolve");
  });

  it("is the next possible one if a command does not exist", () => {
    const acknowledged = changed(incident, milestone(0, "acknowledged"));
    assert.equal(next(acknowledged, { now: at(40), without: ["issue.sendUpdate"] }), "issue.resolve");
    assert.equal(next(acknowledged, { now: at(40), without: ["issue.sendUpdate", "issue.resolve"] }), "issue.close");
  });

  it("is to acknowledge it again when it was reopened, here or on the web", () => {
    const closed = changed(incident, milestone(4, "acknowledged"), milestone(20, "resolved"), { kind: "close", stamp: { at: at(21), by: "ana" } });
    assert.equal(next(changed(closed, { kind: "reopen", stamp: { at: at(30), by: "ana" } })), "issue.acknowledge");
    assert.equal(next({ ...closed, state: "open", reopening: { at: at(30), closed: at(21) } }), "issue.acknowledge");
  });

  it("follows a test to its end without a post-mortem, and does not acknowledge what was entered afterwards", () => {
    const test = { ...incident, labels: [...incident.labels, "test"] };
    assert.equal(next(test), "issue.acknowledge");
    assert.equal(next(changed(test, milestone(4, "acknowledged"), milestone(20, "resolved"))), "issue.close");
    assert.equal(next(changed(test, { kind: "close" })), undefined);
    const backfilled = { ...incident, labels: [...incident.labels, "backfilled"] };
    assert.equal(next(backfilled), "issue.resolve");
    assert.equal(next(changed(backfilled, { kind: "close" })), "issue.postmortem");
  });

  it("is to close a duplicate, which needs no post-mortem of its own", () => {
    const duplicate = changed(incident, { kind: "addLink", link: { kind: "duplicateOf", other: { repository: "acme/desk", number: 3 } } });
    assert.equal(next(duplicate), "issue.close");
    assert.equal(next(changed(duplicate, { kind: "close" })), undefined);
  });

  it("is to close a cancelled one, which needs no post-mortem", () => {
    const cancelled = changed(incident, milestone(4, "cancelled"));
    assert.equal(next(cancelled), "issue.close");
    assert.equal(next(changed(cancelled, { kind: "close" })), undefined);
  });
});

describe("the next action of other issues", () => {
  const request = sampleIssue({ ref: { repository: "acme/desk", number: 8 }, labels: ["request"], title: "A key" });

  it("is to take a request, then to start its runbook, then to close it", () => {
    assert.equal(next(request), "issue.acknowledge");
    const taken = { ...request, assignees: ["ana"] };
    assert.equal(next(taken), "issue.startChecklist");
    const run = startChecklist(readRunbook("request.md", "- [ ] Do it\n", runbookContext(desk)), { id: "run1", startedAt: at(5), by: "ana", holders: {} });
    const started = changed(taken, { kind: "startRun", run });
    assert.equal(next(started), undefined);
    const step = run.items.find((item) => item.kind === "step")?.id ?? "";
    const done = changed(started, { kind: "markStep", run: "run1", step, mark: { kind: "done", by: "ana", at: at(6) } });
    assert.equal(next(done), "issue.close");
    assert.equal(next({ ...changed(done, { kind: "close" }), labels: ["request", "priority: high"] }), undefined);
  });

  it("is nothing for an opportunity", () => {
    assert.equal(next(sampleIssue({ labels: ["opportunity"], title: "A tender" })), undefined);
  });

  it("is nothing for a record, except to close it when its checklist is complete", () => {
    const record = sampleIssue({ ref: { repository: "acme/desk", number: 9 }, labels: ["record"], title: "Atlas" });
    assert.equal(next(record), undefined);
    const run = startChecklist(readRunbook("record.md", "- [ ] Do it\n", runbookContext(desk)), { id: "run1", startedAt: at(5), by: "ana", holders: {} });
    const started = changed(record, { kind: "startRun", run });
    assert.equal(next(started), undefined);
    const step = run.items.find((item) => item.kind === "step")?.id ?? "";
    assert.equal(next(changed(started, { kind: "markStep", run: "run1", step, mark: { kind: "done", by: "ana", at: at(6) } })), "issue.close");
  });

  it("is to accept a handoff", () => {
    assert.equal(next(sampleIssue({ labels: ["handoff"] })), "handoff.accept");
    assert.equal(next(sampleIssue({ labels: ["handoff"], state: "closed" })), undefined);
  });
});
