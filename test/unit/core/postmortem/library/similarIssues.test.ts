import assert from 'node:assert/strict';
import { issueFacts } from '../../../../../src/core/issue/issueFacts';
import { partsOf } from '../../../../../src/core/model/operation';
import type { Issue } from '../../../../../src/core/model/issue';
import { actionLinkOperation } from '../../../../../src/core/postmortem/library/actionDraft';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { similarIssues } from '../../../../../src/core/postmortem/library/similarIssues';
import { sampleDesk } from '../../../../support/sampleDesk';
import { sampleIssue } from '../../../../support/sampleIssue';
import { action, emptyPostmortem } from '../samples';

const issue = (number: number, title: string, more: Partial<Issue> = {}): Issue => sampleIssue({ ref: { repository: "acme/engine", number }, title, labels: [], ...more });

const postmortem: Postmortem = { ...emptyPostmortem, services: ["Portal"], actions: [action("a1", "Other", { issue: { repository: "acme/engine", number: 9 } })] };

const found = (words: string, ...issues: readonly Issue[]) => similarIssues(postmortem, action("a2", words), issues, (one) => issueFacts(one, sampleDesk)).map(({ issue: { ref }, ...why }) => ({ number: ref.number, ...why }));

describe("open issues that may be about the same as an action item", () => {
  it("share words with it, and say which", () => {
    assert.deepEqual(found("Alert when logins stop", issue(1, "Monitoring: no alert if the login rate drops")), [{ number: 1, words: ["alert", "logins"], services: [] }]);
  });

  it("come in the order of what they share", () => {
    const all = found("Alert when logins stop", issue(1, "Alert for logins"), issue(2, "Alert when logins stop"), issue(3, "Alert for logins", { labels: ["service: portal"] }));
    assert.deepEqual(all.map(({ number, services }) => [number, services]), [[2, []], [3, ["Portal"]], [1, []]]);
  });

  it("share more than one word of several", () => {
    assert.deepEqual(found("Alert when logins stop", issue(1, "Alert for a full disk on every server")), []);
    assert.deepEqual(found("Add the monitoring", issue(1, "Monitoring of the mail queue")).map(({ number }) => number), [1]);
    assert.deepEqual(found("…", issue(1, "…")), []);
  });

  it("are neither closed, nor the incident, nor an issue of another action item, nor a checklist", () => {
    const title = "Alert when logins stop";
    const all = [issue(1, title, { state: "closed" }), sampleIssue({ ref: emptyPostmortem.issue, title }), issue(9, title), issue(4, title, { labels: ["checklist"] })];
    assert.deepEqual(found(title, ...all), []);
  });
});

describe("linking an action item to an existing issue", () => {
  const kinds = (existing: Issue, isAbove = false, of: Postmortem = postmortem): readonly string[] =>
    partsOf({ key: "k", at: "2026-11-21T10:00:00Z", by: "ana", operation: actionLinkOperation(of, action("a2", "Alert"), "a.md", { issue: existing, facts: issueFacts(existing, sampleDesk), isAbove }) })
      .map(({ operation }) => (operation.kind === "link" ? operation.under.relation : operation.kind === "edit" ? operation.change.kind : operation.kind));

  it("makes it a child of the incident, unless it belongs to another issue or the incident to it", () => {
    const parent = { repository: "acme/engine", number: 2 };
    assert.deepEqual(kinds(issue(1, "Alert")), ["comment", "child", "label"]);
    assert.deepEqual(kinds(issue(1, "Alert", { native: { parent, children: 0, blockedBy: 0, blockers: 0, blocks: 0 } })), ["comment", "related", "label"]);
    assert.deepEqual(kinds(issue(1, "Alert"), true), ["comment", "related", "label"]);
  });

  it("links and labels nothing twice, and needs no incident", () => {
    const linked = issue(1, "Alert", { labels: ["Post-mortem action"], native: { parent: emptyPostmortem.issue, children: 0, blockedBy: 0, blockers: 0, blocks: 0 } });
    assert.deepEqual(kinds(linked), ["comment"]);
    const { issue: _issue, ...alone } = postmortem;
    assert.deepEqual(kinds(issue(1, "Alert"), false, alone), ["comment", "label"]);
  });

  it("mentions nobody again", () => {
    const operation = actionLinkOperation(postmortem, action("a2", "Ask @everyone <!-- desk:clock x -->"), "a.md", { issue: issue(1, "Alert"), facts: issueFacts(issue(1, "Alert"), sampleDesk), isAbove: false });
    assert.doesNotMatch(JSON.stringify(operation), /@everyone|<!--/);
  });
});
