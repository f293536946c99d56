import assert from 'node:assert/strict';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { changeOfMilestone } from '../../../../src/core/incident/timeline';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { Issue } from '../../../../src/core/model/issue';
import type { IssueChange } from '../../../../src/core/model/issueChange';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const at = (minute: number): string => `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`;

function changed(issue: Issue, ...changes: readonly (IssueChange | undefined)[]): Issue {
  return changes.reduce<Issue>((now, change) => {
    if (change === undefined) return now;
    const applied = applyChange(now, change, at(59));
    assert.equal(applied.kind, "ok");
    return applied.kind === "ok" ? applied.value : now;
  }, issue);
}

const milestone = (minute: number, ...[name, details]: [Parameters<typeof renderMilestone>[0], Parameters<typeof renderMilestone>[2]?]): IssueChange | undefined =>
  changeOfMilestone(renderMilestone(name, "", details), { at: at(minute), by: "ana" });

describe("the state of an incident", () => {
  it("follows its milestones, each at the time when it happened", () => {
    const issue = sampleIssue();
    assert.equal(incidentState(sampleDesk, issue).phase, "reported");
    const mitigated = changed(issue, milestone(5, "acknowledged"), milestone(30, "mitigated", { at: at(20) }), milestone(31, "started", { at: at(1) }));
    const state = incidentState(sampleDesk, mitigated);
    assert.equal(state.phase, "mitigated");
    assert.deepEqual(state.milestones.map((one) => [one.milestone, one.at, one.recorded]), [["started", at(1), at(31)], ["acknowledged", at(5), at(5)], ["mitigated", at(20), at(30)]]);
  });

  it("starts again when it is reopened, and keeps its start", () => {
    const over = changed(sampleIssue(), milestone(2, "started", { at: at(1) }), milestone(5, "acknowledged"), milestone(30, "resolved"));
    assert.equal(incidentState(sampleDesk, over).phase, "resolved");
    const again = changed(over, { kind: "setFields", fields: [{ name: "reopened", value: at(40), at: at(40), by: "ben" }] });
    const state = incidentState(sampleDesk, again);
    assert.deepEqual([state.phase, state.reopened, state.milestones.map((one) => one.milestone)], ["reported", at(40), ["started"]]);
  });

  it("names the last holder of each role, and the last update of each audience", () => {
    const issue = changed(
      sampleIssue(),
      milestone(3, "lead", { role: "lead", login: "ana" }),
      milestone(4, "role", { role: "communications", login: "cho" }),
      milestone(9, "lead", { role: "lead", login: "ben" }),
      milestone(10, "update", { audience: "users", next: at(50) }),
      milestone(11, "role", { role: "communications", login: "" }),
    );
    const { roles, updates } = incidentState(sampleDesk, issue);
    assert.deepEqual(roles, [{ role: "lead", login: "ben", since: at(9) }]);
    assert.deepEqual(updates, [{ audience: "users", at: at(10), by: "ana", next: at(50) }]);
  });

  it("ignores times that are no instants, wherever they are kept", () => {
    for (const value of ["", "yesterday", "2026-02-30T16:00:00Z", "2026-11-20T16:00:00.1234567891Z", "+275760-09-13T00:00:00Z"]) {
      const fields = ["mitigated", "resolved", "update.users"].map((name) => `<!-- desk:field ${name} value=${encodeURIComponent(value)} at=${at(5)} by=eve -->`);
      const body = [...fields, `<!-- desk:clock acknowledged=${value} by=eve -->`, `<!-- desk:field started value=${at(1)} at=${value} by=eve -->`].join("\n");
      const { phase, milestones, updates } = incidentState(sampleDesk, sampleIssue({ body }));
      assert.deepEqual([phase, milestones, updates], ["reported", [], [{ audience: "users", at: at(5), by: "eve" }]], value);
    }
  });

  it("reads severity, environments and kinds of exercise from labels", () => {
    const issue = sampleIssue({ labels: ["incident", "sev1", "environment: Production", "TEST"] });
    const { severity, environments, isTest, isBackfilled } = incidentState(sampleDesk, issue);
    assert.deepEqual([severity, environments, isTest, isBackfilled], ["SEV1", ["Production"], true, false]);
  });
});
