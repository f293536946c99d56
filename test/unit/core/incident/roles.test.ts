import assert from 'node:assert/strict';
import { uninformedAudiences } from '../../../../src/core/incident/ending';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { roleOperations, roleProblems } from '../../../../src/core/incident/roles';
import { changeOfMilestone } from '../../../../src/core/incident/timeline';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { Milestone } from '../../../../src/core/model/timelineEvent';
import type { Issue } from '../../../../src/core/model/issue';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { sampleIssue } from '../../../support/sampleIssue';
import { deskOf } from '../desk/deskText';

const desk = deskOf(`timezone: America/Los_Angeles
people: [{ login: ana }, { login: ben, away: ["2026-11-20/2026-11-22"] }, { login: cleo }]
rotation: { starts: 2026-01-05, every: 1w, roles: [primary], people: [ana, cleo] }
audiences: { users: {}, leadership: {} }
`);

const now = "2026-11-20T20:00:00Z";

function after(issue: Issue, minute: number, milestone: Milestone, details: Parameters<typeof renderMilestone>[2] = {}): Issue {
  const at = `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`;
  const change = changeOfMilestone(renderMilestone(milestone, "", details), { at, by: "ana" });
  const applied = change === undefined ? undefined : applyChange(issue, change, at);
  assert.ok(applied?.kind === "ok");
  return applied.value;
}

describe("the roles of an incident", () => {
  const problems = (login: string, role = "lead", holders = { primary: "ana" }) =>
    roleProblems(desk, incidentState(desk, after(sampleIssue(), 1, "lead", { role, login })), now, holders).map(({ code }) => code);

  it("point out a lead who is away, or off shift while others are on call", () => {
    assert.deepEqual(problems("BEN"), ["away"]);
    assert.deepEqual(problems("cleo"), ["offShift"]);
    assert.deepEqual(problems("ana"), []);
  });

  it("accept somebody off shift in other roles, somebody outside the rotation, and anybody while nobody is on call", () => {
    assert.deepEqual(problems("cleo", "scribe"), []);
    assert.deepEqual(problems("zoe"), []);
    assert.deepEqual(roleProblems(desk, incidentState(desk, after(sampleIssue(), 1, "lead", { role: "lead", login: "cleo" })), now, {}), []);
  });

  it("are not checked once the incident is over", () => {
    assert.deepEqual(roleProblems(desk, incidentState(desk, after(after(sampleIssue(), 1, "lead", { role: "lead", login: "ben" }), 9, "resolved")), now, {}), []);
  });

  it("change hands with an entry that names both, and the new lead is assigned", () => {
    const issue = after(sampleIssue({ assignees: ["ana"] }), 1, "lead", { role: "lead", login: "ana" });
    const state = incidentState(desk, issue);
    assert.deepEqual(roleOperations(issue, state, "lead", "cleo"), [
      { kind: "comment", ref: issue.ref, markdown: "@cleo is lead, taking over from @ana.\n\n<!-- desk:moment lead role=lead login=cleo -->" },
      { kind: "edit", ref: issue.ref, change: { kind: "assign", add: ["cleo"], remove: [] } },
    ]);
    assert.equal(roleOperations(issue, state, "scribe", "ben").length, 1);
    const [cleared] = roleOperations(issue, state, "lead", "");
    assert.ok(cleared?.kind === "comment");
    const change = changeOfMilestone(cleared.markdown, { at: "2026-11-20T16:30:00Z", by: "ana" });
    const nobody = change === undefined ? undefined : applyChange(issue, change, now);
    assert.deepEqual(nobody?.kind === "ok" ? incidentState(desk, nobody.value).roles : undefined, []);
  });
});

describe("the audiences of an incident that ends", () => {
  const missing = (issue: Issue) => uninformedAudiences(desk, issueFacts(issue, desk), incidentState(desk, issue)).map(({ audience, code }) => `${audience} ${code}`);

  it("are the ones that were never updated, or not since the end", () => {
    const updated = after(sampleIssue(), 5, "update", { audience: "Users" });
    assert.deepEqual(missing(updated), ["users notAboutEnd", "leadership never"]);
    const over = after(updated, 10, "resolved");
    assert.deepEqual(missing(over), ["users notAboutEnd", "leadership never"]);
    assert.deepEqual(missing(after(after(over, 11, "update", { audience: "users" }), 12, "update", { audience: "leadership" })), []);
  });

  it("are not asked about on other issues, and on tests", () => {
    assert.deepEqual(missing(sampleIssue({ labels: ["request"] })), []);
    assert.deepEqual(missing(sampleIssue({ labels: ["incident", "test"] })), []);
  });
});
