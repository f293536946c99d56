import assert from "node:assert/strict";
import { currentRuns, openRuns } from "../../../../src/core/issue/currentRun";
import type { Issue } from "../../../../src/core/issue/issue";
import { renderRun } from "../../../../src/core/issue/runRegion";
import type { Run } from "../../../../src/core/runbook/run";
import { sampleIssue } from "../../../support/sampleIssue";
import { sampleRun, step } from "../../../support/sampleRun";

function runOf(id: string, more: Partial<Run> = {}): Run {
  return { ...sampleRun([step("a", { mark: { kind: "done" } }), step("b")], id), by: "ben", ...more };
}

function issueWith(number: number, runs: readonly Run[], more: Partial<Issue> = {}): Issue {
  const ref = { repository: "acme/desk", number };
  return sampleIssue({ ref, body: runs.map((run) => renderRun(run, ref.repository)).join("\n\n"), ...more });
}

function chosen(issues: readonly Issue[], me?: string): string | undefined {
  const ids = [issues, [...issues].reverse()].map((order) => currentRuns(openRuns(order), me).get("runbooks/incident.md")?.run.id);
  assert.equal(ids[0], ids[1], "whatever the order of the issues");
  return ids[0];
}

describe("The run that a runbook is shown with", () => {
  const early = "2026-11-20T08:00:00Z";
  const late = "2026-11-20T20:00:00Z";

  it("is the one that began last", () => {
    assert.equal(chosen([issueWith(1, [runOf("old", { startedAt: early })]), issueWith(2, [runOf("new", { startedAt: late }), runOf("older", { startedAt: early })])]), "new");
  });

  it("is rather one that I began or whose issue I am assigned to", () => {
    const others = issueWith(1, [runOf("others", { startedAt: late })]);
    assert.equal(chosen([others, issueWith(2, [runOf("assigned", { startedAt: early })], { assignees: ["ana"] })], "ana"), "assigned");
    assert.equal(chosen([others, issueWith(2, [runOf("begun", { startedAt: early, by: "ana" })])], "ana"), "begun");
    assert.equal(chosen([others, issueWith(2, [runOf("begun", { startedAt: early, by: "ana" })])]), "others");
    assert.equal(chosen([others, issueWith(2, [runOf("assigned", { startedAt: early })], { assignees: ["Ana"] })], "ana"), "assigned");
    assert.equal(chosen([others, issueWith(2, [runOf("begun", { startedAt: early, by: "ANA" })])], "ana"), "begun");
  });

  it("is none that is finished, none on a closed issue, none of another runbook", () => {
    const finished = runOf("finished", { items: [step("a", { mark: { kind: "done" } })] });
    assert.equal(chosen([issueWith(1, [finished, runOf("other", { runbook: "runbooks/other.md" })]), issueWith(2, [runOf("closed")], { state: "closed" })]), undefined);
  });

  it("comes with its issue", () => {
    assert.equal(currentRuns(openRuns([issueWith(1, []), issueWith(3, [runOf("x")])]), undefined).get("runbooks/incident.md")?.issue.ref.number, 3);
  });
});
