import assert from 'node:assert/strict';
import { asksForFeedback, readSatisfaction, satisfactionOperations, satisfactionScores, uninformedAudiences } from '../../../../src/core/incident/ending';
import { type IncidentState, incidentState } from '../../../../src/core/incident/incidentState';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import { setFields } from '../../../../src/core/markup/fieldRegion';
import type { Issue } from '../../../../src/core/model/issue';
import type { IssueField } from '../../../../src/core/model/issueField';
import { batchOf } from '../../../../src/core/model/operation';
import { withPending } from '../../../../src/core/sync/pendingSnapshot';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const at = (minute: number): string => `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`;

const audience = { updateEvery: {}, aroundTheClock: false };

const desk = { ...sampleDesk, people: [{ login: "ana", roles: [], away: [] }], audiences: [{ ...audience, name: "users" }, { ...audience, name: "leadership" }] } as unknown as typeof sampleDesk;

const field = (name: string, value: string, minute: number): IssueField => ({ name, value, at: at(minute), by: "ana" });

const issueWith = (fields: readonly IssueField[], other: Partial<Issue> = {}): Issue => sampleIssue({ body: setFields("", fields), ...other });

const stateOf = (issue: Issue): IncidentState => incidentState(desk, issue);

const uninformed = (issue: Issue) => uninformedAudiences(desk, issueFacts(issue, desk), stateOf(issue)).map(({ audience: name, code }) => `${name} ${code}`);

describe("the end of an incident", () => {
  it("is unknown to audiences without an update since then, in whatever case their name is written", () => {
    const ended = field("resolved", at(30), 30);
    assert.deepEqual(uninformed(issueWith([ended])), ["users never", "leadership never"]);
    assert.deepEqual(uninformed(issueWith([ended, field("update.Users", "", 29), field("update.leadership", "", 30)])), ["users notAboutEnd"]);
    assert.deepEqual(uninformed(issueWith([field("cancelled", at(20), 30), field("update.users", "", 20)])), ["leadership never"]);
    assert.deepEqual(uninformed(issueWith([field("update.users", "", 20)])), ["users notAboutEnd", "leadership never"], "it has not ended");
  });

  it("needs no update for tests, backfilled incidents and other kinds", () => {
    const labels = ["test", "backfilled"].map((label) => ["incident", label]);
    for (const each of [...labels, ["request"]]) assert.deepEqual(uninformed(issueWith([], { labels: each, ...(each[0] === "request" ? { ref: { repository: "acme/desk", number: 1 } } : {}) })), []);
  });

  it("is rated with a score or none, which is in the issue afterwards", () => {
    assert.equal(readSatisfaction({}), undefined);
    for (const score of [...satisfactionScores, undefined]) {
      const issue = sampleIssue();
      const operation = batchOf(satisfactionOperations(issue, score, "", { at: at(40), by: "ana" }));
      const [after] = withPending({ at: at(40), issues: [issue], broken: [] }, [{ key: "k", at: at(40), by: "ana", operation }]).issues;
      assert.deepEqual(readSatisfaction(stateOf(after ?? issue)), score === undefined ? {} : { score });
    }
    assert.deepEqual(readSatisfaction({ satisfaction: "6" }), {});
  });

  it("asks the reporter of a request, and of an incident that nobody of the team reported, once", () => {
    const asks = (issue: Issue): boolean => asksForFeedback(desk, issue, issueFacts(issue, desk), stateOf(issue));
    const request = { ref: { repository: "acme/desk", number: 1 }, labels: ["request"] };
    assert.deepEqual([sampleIssue({ author: "eve" }), sampleIssue({ author: "Ana" }), sampleIssue({ ...request, author: "ana" })].map(asks), [true, false, true]);
    assert.equal(asks(sampleIssue({ ...request, labels: ["request", "test"] })), false);
    assert.equal(asks(issueWith([field("satisfaction", "none", 40)], { author: "eve" })), false);
    assert.equal(asks(sampleIssue({ ref: { repository: "acme/engine", number: 1 }, labels: [], author: "eve" })), false);
  });
});
