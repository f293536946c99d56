import fc from 'fast-check';
import assert from 'node:assert/strict';
import { criteriaGroups, keepDecision, type PriorityDecision, priorityOperations, proposedPriority, selectedCriteria } from '../../../../src/core/incident/criteria';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import type { Issue } from '../../../../src/core/model/issue';
import { withPending } from '../../../../src/core/sync/pendingSnapshot';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const outage = "Outage of a user-facing service";
const stopped = "A team cannot work";
const slow = "Slower than usual";

const desk = {
  ...sampleDesk,
  priorities: [
    { name: "high", label: "priority: high", criteria: [outage, stopped] },
    { name: "medium", label: "priority: medium", criteria: [slow, stopped] },
    { name: "low", label: "priority: low", criteria: [] },
  ],
};

const stamp = { at: "2026-11-20T16:30:00Z", by: "ana" };

function decide(issue: Issue, decision: PriorityDecision, when = stamp): { readonly issue: Issue; readonly notes: readonly string[] } {
  const operations = priorityOperations(desk, issue, decision, when);
  const pending = operations.length === 0 ? [] : [{ key: "k", ...when, operation: { kind: "batch" as const, operations } }];
  const [changed] = withPending({ at: when.at, issues: [issue], broken: [] }, pending).issues;
  assert.ok(changed);
  return { issue: changed, notes: operations.flatMap((one) => (one.kind === "comment" ? [one.markdown] : [])) };
}

describe("the criteria of priorities", () => {
  it("are grouped by priority, each once, and selected ones that were removed from desk.yml stay", () => {
    assert.deepEqual(criteriaGroups(desk, ["Gone", slow]), [
      { priority: "high", criteria: [outage, stopped] },
      { priority: "medium", criteria: [slow] },
      { criteria: ["Gone"] },
    ]);
    assert.deepEqual(criteriaGroups(sampleDesk, []), []);
  });

  it("propose the highest priority that one of them belongs to", () => {
    assert.equal(proposedPriority(desk, [slow])?.name, "medium");
    assert.equal(proposedPriority(desk, [slow, stopped])?.name, "high");
    assert.equal(proposedPriority(desk, ["Gone"]), undefined);
    assert.equal(proposedPriority(desk, []), undefined);
  });

  it("never propose a lower priority when more of them apply", () => {
    const all = [outage, stopped, slow, "Gone"];
    const rank = (selected: readonly string[]): number => desk.priorities.findIndex(({ name }) => name === (proposedPriority(desk, selected)?.name ?? "low"));
    fc.assert(fc.property(fc.subarray(all), fc.constantFrom(...all), (selected, more) => rank([...selected, more]) <= rank(selected)), { numRuns: propertyRuns(200) });
  });

  it("are kept with the priority, the time of the change and a note, and other labels stay", () => {
    const before = sampleIssue({ labels: ["incident", "Priority: Low", "SEV1", "service: Portal"] });
    const { issue, notes } = decide(before, { priority: "high", criteria: [outage, stopped] });
    const state = incidentState(desk, issue);
    assert.deepEqual([state.criteria, state.prioritized, issueFacts(issue, desk).priority], [[outage, stopped], stamp.at, "high"]);
    assert.deepEqual(issue.labels, ["incident", "SEV1", "service: Portal", "priority: high"]);
    assert.deepEqual(notes, [`Priority: high (was low). These criteria apply:\n\n- ${outage}\n- ${stopped}\n\n<!-- desk:moment note -->`]);
  });

  it("change without the time of the priority if that stays the same", () => {
    const first = decide(sampleIssue(), { priority: "high", criteria: [outage] }).issue;
    const later = decide(first, { priority: "high", criteria: [] }, { at: "2026-11-20T17:00:00Z", by: "ben" });
    const state = incidentState(desk, later.issue);
    assert.deepEqual([state.criteria, state.prioritized], [[], stamp.at]);
    assert.deepEqual(later.notes, ["Priority: still high. None of the criteria applies.\n\n<!-- desk:moment note -->"]);
    assert.deepEqual(selectedCriteria(later.issue), []);
  });

  it("are kept with the priority of a new issue, in its text and in a note", () => {
    const draft = { repository: "acme/desk", kind: "incident", title: "New", body: "By phone.", labels: ["priority: high"], assignees: [] };
    const { draft: kept, then } = keepDecision(draft, { priority: "high", criteria: [outage] }, stamp);
    const issue = sampleIssue({ body: kept.body, labels: kept.labels });
    assert.deepEqual([incidentState(desk, issue).criteria, kept.body.startsWith("By phone.\n"), issueFacts(issue, desk).priority], [[outage], true, "high"]);
    assert.deepEqual(then, [{ kind: "comment", markdown: `Priority: high. These criteria apply:\n\n- ${outage}\n\n<!-- desk:moment note -->` }]);
    assert.deepEqual(keepDecision(draft, { priority: "high", criteria: [] }, stamp), { draft, then: [] });
  });

  it("need no note if none was ever selected, and the priority keeps its time", () => {
    const { issue, notes } = decide(sampleIssue(), { priority: "low", criteria: [] });
    assert.deepEqual([incidentState(desk, issue).prioritized, issueFacts(issue, desk).priority, notes], [stamp.at, "low", []]);
    const none = decide(issue, { criteria: [] }).issue;
    assert.equal(issueFacts(none, desk).priority, undefined);
    assert.deepEqual(priorityOperations(desk, issue, { priority: "low", criteria: [] }, stamp), []);
  });
});
