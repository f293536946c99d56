import assert from 'node:assert/strict';
import { currentChecklists, openChecklists } from '../../../../src/core/issue/currentChecklist';
import { renderChecklist } from '../../../../src/core/markup/checklistRegion';
import type { Checklist } from '../../../../src/core/model/checklist';
import type { Issue } from '../../../../src/core/model/issue';
import { sampleIssue } from '../../../support/sampleIssue';
import { sampleChecklist, step } from '../../../support/sampleChecklist';

function checklistOf(id: string, more: Partial<Checklist> = {}): Checklist {
  return { ...sampleChecklist([step("a", { mark: { kind: "done" } }), step("b")], id), by: "ben", ...more };
}

function issueWith(number: number, checklists: readonly Checklist[], more: Partial<Issue> = {}): Issue {
  const ref = { repository: "acme/desk", number };
  return sampleIssue({ ref, body: checklists.map((checklist) => renderChecklist(checklist, ref.repository)).join("\n\n"), ...more });
}

function chosen(issues: readonly Issue[], me?: string): string | undefined {
  const ids = [issues, [...issues].reverse()].map((order) => currentChecklists(openChecklists(order), me).get("runbooks/incident.md")?.checklist.id);
  assert.equal(ids[0], ids[1], "whatever the order of the issues");
  return ids[0];
}

describe("The checklist that is shown for a runbook", () => {
  const early = "2026-11-20T08:00:00Z";
  const late = "2026-11-20T20:00:00Z";

  it("is the one that was started last", () => {
    assert.equal(chosen([issueWith(1, [checklistOf("old", { startedAt: early })]), issueWith(2, [checklistOf("new", { startedAt: late }), checklistOf("older", { startedAt: early })])]), "new");
  });

  it("is preferably one that I started or whose issue is assigned to me", () => {
    const others = issueWith(1, [checklistOf("others", { startedAt: late })]);
    assert.equal(chosen([others, issueWith(2, [checklistOf("assigned", { startedAt: early })], { assignees: ["ana"] })], "ana"), "assigned");
    assert.equal(chosen([others, issueWith(2, [checklistOf("begun", { startedAt: early, by: "ana" })])], "ana"), "begun");
    assert.equal(chosen([others, issueWith(2, [checklistOf("begun", { startedAt: early, by: "ana" })])]), "others");
    assert.equal(chosen([others, issueWith(2, [checklistOf("assigned", { startedAt: early })], { assignees: ["Ana"] })], "ana"), "assigned");
    assert.equal(chosen([others, issueWith(2, [checklistOf("begun", { startedAt: early, by: "ANA" })])], "ana"), "begun");
  });

  it("is not finished, not on a closed issue, and not of another runbook", () => {
    const finished = checklistOf("finished", { items: [step("a", { mark: { kind: "done" } })] });
    assert.equal(chosen([issueWith(1, [finished, checklistOf("other", { runbook: "runbooks/other.md" })]), issueWith(2, [checklistOf("closed")], { state: "closed" })]), undefined);
  });

  it("is returned with its issue", () => {
    assert.equal(currentChecklists(openChecklists([issueWith(1, []), issueWith(3, [checklistOf("x")])]), undefined).get("runbooks/incident.md")?.issue.ref.number, 3);
  });
});
