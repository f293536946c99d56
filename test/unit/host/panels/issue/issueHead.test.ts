import assert from 'node:assert/strict';
import type { Delivery } from '../../../../../src/core/incident/delivery';
import { updateComment } from '../../../../../src/core/incident/updateText';
import type { Desk } from '../../../../../src/core/model/desk';
import type { Issue } from '../../../../../src/core/model/issue';
import type { IssueChange } from '../../../../../src/core/model/issueChange';
import type { PendingOperation } from '../../../../../src/core/model/operation';
import type { IssueInput } from '../../../../../src/host/panels/issue/issueState';
import type { IssueHead } from '../../../../../src/protocol/issue';
import { deskOf } from '../../../core/desk/deskText';
import { sampleIssue } from '../../../../support/sampleIssue';
import { changed, desk, home, ref, started, stateOf } from './issuePageStates';

describe("the head of the page of an issue", () => {
  const mark = (name: string, value: string, at: string): IssueChange => ({ kind: "setFields", fields: [{ name, value, at, by: "ana" }] });
  const audiences = ["Users", "Leadership"].map((name) => ({ name, email: [], updateEvery: {}, aroundTheClock: true, isInternal: false }));
  const commands = new Set(["issue.setStage", "issue.setPriority", "issue.assign", "issue.assignRole", "issue.close", "issue.acknowledge"].map((name) => `responseDesk.${name}`));

  function headOf(issue: Issue, more: Partial<IssueInput> = {}): IssueHead {
    const { content } = stateOf([issue], more);
    assert.ok(content.kind === "issue");
    return content.issue;
  }

  const changes = ({ facts }: IssueHead): unknown => facts.flatMap(({ name, value, change }) => (change?.kind === "run" ? [[name, value, change.command, change.role]] : []));

  it("offers to change a fact if there is a command for it and the folder is trusted", () => {
    assert.deepEqual(changes(headOf(sampleIssue(), { commands })), [
      ["stage", "To do", "issue.setStage", undefined],
      ["priority", "none", "issue.setPriority", undefined],
      ["assignees", "nobody", "issue.assign", undefined],
      ["Lead", "none", "issue.assignRole", "lead"],
    ]);
    assert.deepEqual(changes(headOf(sampleIssue(), { commands: new Set() })), []);
    assert.deepEqual(changes(headOf(sampleIssue(), { commands, writable: false })), []);
    const led = changed(sampleIssue(), mark("role.lead", "ben", "2026-11-20T16:02:00Z"));
    assert.deepEqual(headOf(led, { commands }).facts.filter(({ name }) => name === "Lead").map(({ value }) => value), ["@ben"]);
  });

  it("has the one action that fits the moment, and none of it twice", () => {
    const head = headOf(sampleIssue(), { commands });
    assert.deepEqual(head.primary?.action, { kind: "run", command: "issue.acknowledge" });
    assert.ok(!head.more.some(({ action }) => action.kind === "run" && action.command === "issue.acknowledge"));
    assert.equal(headOf(sampleIssue(), { commands, writable: false }).primary?.disabled, true);
    assert.equal(headOf(sampleIssue(), { commands: new Set() }).primary, undefined);
  });

  it("shows the phase, and marks tests and backfilled incidents", () => {
    const badges = (issue: Issue): unknown => headOf(issue).badges.map(({ text: words }) => words);
    assert.deepEqual(badges(sampleIssue()), ["open"]);
    assert.deepEqual(badges(changed(sampleIssue({ labels: ["incident", "test", "backfilled"] }), mark("mitigated", "2026-11-20T16:20:00Z", "2026-11-20T16:21:00Z"))), ["open", "phaseMitigated", "test", "backfilled"]);
    assert.deepEqual(badges(sampleIssue({ state: "closed" })), ["closed"]);
  });

  it("counts what is due in business time, and gives the time instead of a length if business time stops before that", () => {
    const open: Desk = { ...deskOf("timezone: UTC\nhours: { Mon-Fri: ['08:00-17:00'] }\nkinds: { incident: { respondWithin: 2h } }"), audiences };
    // 3:30 pm on a Friday: an hour and a half is left today, and half an hour on Monday.
    const issue = sampleIssue({ createdAt: "2026-11-20T15:30:00Z" });
    const due = (now: string) => headOf(issue, { desk: open, now }).due;
    assert.deepEqual(due("2026-11-20T16:30:00Z"), [{ at: "2026-11-23T08:30:00Z", text: "due Mon 08:30", left: "in 1h of business hours", state: "later" }]);
    assert.deepEqual(due("2026-11-21T12:00:00Z"), [{ at: "2026-11-23T08:30:00Z", text: "due Mon 08:30", left: "in 30m of business hours", state: "later" }]);
    assert.deepEqual(due("2026-11-23T08:00:00Z"), [{ at: "2026-11-23T08:30:00Z", text: "due in 30m", state: "later" }]);
    assert.deepEqual(due("2026-11-23T08:50:00Z"), [{ at: "2026-11-23T08:30:00Z", text: "overdue 20m", state: "past" }]);
  });

  it("lists each audience with its last update and the time that was promised", () => {
    const wide = { ...desk, audiences };
    const sent = changed(sampleIssue(), mark("update.Users", "2026-11-20T17:00:00Z", "2026-11-20T16:20:00Z"));
    const updates = headOf(sent, { desk: wide }).updates;
    assert.deepEqual(updates.map(({ audience, at, by }) => [audience, at, by]), [["Users", "2026-11-20T16:20:00Z", "ana"], ["Leadership", undefined, undefined]]);
    assert.deepEqual(headOf(sampleIssue({ labels: [], title: "[REQUEST] A key" }), { desk: wide }).updates, []);
  });

  it("shows an audience whose update is pending or not delivered as waiting, with the update still due", () => {
    const wide = { ...desk, audiences };
    const comment = updateComment("Down.", { audience: "users", means: ["copy"] });
    const pending: PendingOperation = { key: "k", at: "2026-11-20T16:04:00Z", by: "ana", operation: { kind: "batch", operations: [{ kind: "comment", ref, markdown: comment }] } };
    const delivery: Delivery = { key: "d", at: "2026-11-20T16:04:00Z", by: "ana", ref, audience: "Leadership", webhook: "x", text: "", comment, state: "failed", attempt: "2026-11-20T16:04:00Z" };
    const shown = (more: Partial<IssueInput>): unknown => headOf(sampleIssue(), { desk: wide, ...more }).updates.map(({ audience, at, waiting }) => [audience, at, waiting]);
    assert.deepEqual(shown({ pending: [pending] }), [["Users", undefined, true], ["Leadership", undefined, undefined]]);
    assert.deepEqual(shown({ deliveries: [delivery] }), [["Users", undefined, undefined], ["Leadership", undefined, true]]);
    assert.deepEqual(shown({ deliveries: [{ ...delivery, ref: { ...ref, number: 8 } }] }), [["Users", undefined, undefined], ["Leadership", undefined, undefined]]);
  });

  it("opens the file or the web page of the issue", () => {
    assert.equal(headOf(sampleIssue()).source.label, "openSource");
    assert.equal(headOf(sampleIssue({ location: { kind: "web", url: "https://github.com/acme/desk/issues/7" } })).source.label, "openOnWeb");
  });

  it("offers no comment in an untrusted folder, and names what is still open", () => {
    assert.equal(headOf(sampleIssue(), { writable: false }).reply, undefined);
    const parent = changed(started(), { kind: "addLink", link: { kind: "child", other: { repository: home, number: 9 } } });
    const { content } = stateOf([parent, sampleIssue({ ref: { repository: home, number: 9 } })]);
    assert.equal(content.kind === "issue" ? content.issue.reply?.remaining : undefined, "replyOpenSteps <9> replyOpenIssues <1>");
  });

  it("contains the description without what the page shows elsewhere", () => {
    const { description } = headOf(changed(started(sampleIssue({ body: "Nobody can **sign in**." })), { kind: "addLink", link: { kind: "related", other: { repository: home, number: 9 } } }));
    assert.deepEqual(description, [{ kind: "paragraph", spans: [{ kind: "text", text: "Nobody can " }, { kind: "strong", spans: [{ kind: "text", text: "sign in" }] }, { kind: "text", text: "." }] }]);
  });
});
