import fc from 'fast-check';
import assert from 'node:assert/strict';
import { incidentState, milestoneTime } from '../../../../src/core/incident/incidentState';
import { changeOfMilestone } from '../../../../src/core/incident/timeline';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { CloseReason, Issue } from '../../../../src/core/model/issue';
import type { IssueChange } from '../../../../src/core/model/issueChange';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { closing } from '../../../../src/core/sync/performOperation';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const at = (minute: number): string => `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`;
const stamp = (minute: number, by = "ana") => ({ at: at(minute), by });

const close = (minute: number, reason?: CloseReason): IssueChange => ({ kind: "close", stamp: stamp(minute), ...(reason === undefined ? {} : { reason }) });
const reopen = (minute: number): IssueChange => ({ kind: "reopen", stamp: stamp(minute) });

function after(issue: Issue, ...changes: readonly IssueChange[]): Issue {
  return changes.reduce<Issue>((now, change) => {
    const applied = applyChange(now, change, at(59));
    assert.ok(applied.kind === "ok");
    return applied.value;
  }, issue);
}

describe("closing and reopening an issue", () => {
  it("counts the change that was made later, whichever is written first", () => {
    for (const order of [[close(5), reopen(7)], [reopen(7), close(5)], [close(5), reopen(7), close(5)]]) assert.equal(after(sampleIssue(), ...order).state, "open");
    for (const order of [[close(5), reopen(7), close(9)], [close(9), reopen(7)], [reopen(7), close(9), close(5), reopen(7)]]) assert.equal(after(sampleIssue(), ...order).state, "closed");
  });

  it("is not repeated after somebody reopened it on the web", () => {
    const web: Issue = { ...after(sampleIssue(), close(5)), state: "open" };
    assert.equal(after(web, close(5)), web);
  });

  it("keeps why it was closed, and works without that where the text of the issue is broken", () => {
    assert.match(after(sampleIssue(), close(5, "duplicate")).body, /desk:field closed value=duplicate at=2026-11-20T16:05:00Z by=ana/);
    const broken = sampleIssue({ body: "<!-- desk:run id=a -->\n" });
    const closed = after(broken, close(5));
    assert.deepEqual([closed.state, closed.body], ["closed", broken.body]);
  });

  it("resolves an issue that is closed with a resolution", () => {
    const state = incidentState(sampleDesk, after(sampleIssue(), closing({ kind: "close", ref: sampleIssue().ref, resolution: "Fixed" }, stamp(5))));
    assert.deepEqual([state.phase, milestoneTime(state, "resolved")?.at, state.resolution], ["closed", at(5), "Fixed"]);
  });

  it("does not keep an issue resolved that somebody reopened on the web", () => {
    const closed = after(sampleIssue(), closing({ kind: "close", ref: sampleIssue().ref, resolution: "Fixed" }, stamp(5)));
    const web: Issue = { ...closed, state: "open" };
    assert.equal(incidentState(sampleDesk, web).phase, "reported");
    const again = changeOfMilestone(renderMilestone("resolved", "Fixed for good"), stamp(9));
    assert.ok(again);
    assert.equal(incidentState(sampleDesk, after(web, again)).phase, "resolved");
  });
});

describe("changes of an incident by two people", () => {
  const minute = fc.integer({ min: 1, max: 40 });
  const by = fc.constantFrom("ana", "ben");
  const comment = (markdown: string, minute: number, by: string): IssueChange => {
    const change = changeOfMilestone(markdown, stamp(minute, by));
    assert.ok(change);
    return change;
  };
  const changes = fc.oneof(
    fc.tuple(fc.constantFrom("started", "detected", "acknowledged", "mitigated", "resolved", "cancelled"), minute, minute, by).map(([name, happened, recorded, who]) => comment(renderMilestone(name, "", { at: at(Math.min(happened, recorded)) }), recorded, who)),
    fc.tuple(fc.constantFrom("lead", "scribe"), fc.constantFrom("ana", "ben", ""), minute, by).map(([role, login, when, who]) => comment(renderMilestone(role === "lead" ? "lead" : "role", "", { role, login }), when, who)),
    fc.tuple(fc.constantFrom("team", "users"), minute, by).map(([audience, when, who]) => comment(renderMilestone("update", "", { audience, next: at(when + 10) }), when, who)),
    fc.tuple(fc.constantFrom<CloseReason>("completed", "notPlanned", "duplicate"), minute, by).map(([reason, when, who]): IssueChange => ({ kind: "close", reason, stamp: stamp(when, who) })),
    fc.tuple(minute, by, fc.constantFrom("Fixed", "Known")).map(([when, who, resolution]) => closing({ kind: "close", ref: sampleIssue().ref, resolution }, stamp(when, who))),
    fc.tuple(minute, by).map(([when, who]): IssueChange => ({ kind: "reopen", stamp: stamp(when, who) })),
    fc.tuple(fc.constantFrom("1", "5"), minute, by).map(([value, when, who]): IssueChange => ({ kind: "setFields", fields: [{ name: "satisfaction", value, ...stamp(when, who) }] })),
  );

  it("end in one state that both see, in any order and however often they are written", () => {
    const orders = fc.array(changes, { maxLength: 8 }).chain((all) => {
      const shuffled = fc.shuffledSubarray([...all, ...all, ...all.slice(0, 2)], { minLength: 2 * all.length + Math.min(all.length, 2) });
      return fc.tuple(shuffled, shuffled);
    });
    fc.assert(
      fc.property(orders, ([mine, theirs]) => {
        const [a, b] = [after(sampleIssue(), ...mine), after(sampleIssue(), ...theirs)];
        assert.equal(a.state, b.state);
        assert.deepEqual(incidentState(sampleDesk, a), incidentState(sampleDesk, b));
      }),
    );
  });

  it("give the lead to the last of two in one minute, on both machines", () => {
    const ana = changeOfMilestone(renderMilestone("lead", "", { role: "lead", login: "ana" }), { at: "2026-11-20T16:05:10.100Z", by: "ana" });
    const ben = changeOfMilestone(renderMilestone("lead", "", { role: "lead", login: "ben" }), { at: "2026-11-20T16:05:40.050Z", by: "ben" });
    assert.ok(ana !== undefined && ben !== undefined);
    for (const order of [[ana, ben], [ben, ana]]) assert.deepEqual(incidentState(sampleDesk, after(sampleIssue(), ...order)).roles.map(({ login }) => login), ["ben"]);
  });
});
