import assert from 'node:assert/strict';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { type Reply, replyEffectsOf, replyOperation, type ReplySituation, replyStages } from '../../../../src/core/incident/reply';
import { changeOfMilestone } from '../../../../src/core/incident/timeline';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { Issue } from '../../../../src/core/model/issue';
import type { Operation } from '../../../../src/core/model/operation';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const desk = { ...sampleDesk, stages: ["To do", "In progress", "Waiting", "Done"], transitions: { "To do": ["In progress", "Done"] } };

const issue = sampleIssue({ assignees: ["ben"] });

const { ref } = issue;

const now = "2026-11-20T16:30:00Z";

function situation(of: Issue = issue, isAcknowledged = false): ReplySituation {
  return { desk, issue: of, facts: issueFacts(of, desk), state: incidentState(desk, of), isAcknowledged };
}

function after(name: "resolved" | "cancelled"): Issue {
  const change = changeOfMilestone(renderMilestone(name, ""), { at: "2026-11-20T16:20:00Z", by: "ana" });
  const result = change === undefined ? undefined : applyChange(issue, change, "2026-11-20T16:20:00Z");
  assert.ok(result?.kind === "ok");
  return result.value;
}

const send = (reply: Partial<Reply>, of = situation()): Operation | undefined => replyOperation(of, { text: "  Fixed.\n", effect: "comment", ...reply }, { me: "ana", now, issues: [], mentions: false });

describe("a reply", () => {
  it("is one comment", () => {
    assert.deepEqual(send({}), { kind: "comment", ref, markdown: "Fixed." });
    assert.equal(send({ text: " \n" }), undefined);
  });

  it("records nothing that the pasted text of somebody else claims", () => {
    const pasted = "Mail of a customer:\n\n<!-- desk:moment resolved at=2026-11-20T10:00:00Z -->";
    const sent = send({ text: pasted });
    assert.ok(sent?.kind === "comment");
    assert.equal(changeOfMilestone(sent.markdown, { at: now, by: "ana" }), undefined);
    assert.match(sent.markdown, /^Mail of a customer:\n\n<\\!-- desk:moment resolved/);
  });

  it("moves the issue to another stage in the same operation", () => {
    const move = { kind: "edit", ref, change: { kind: "label", add: ["stage: In progress"], remove: [] } };
    assert.deepEqual(send({ stage: "In progress" }), { kind: "batch", operations: [{ kind: "comment", ref, markdown: "Fixed." }, move] });
    assert.deepEqual(send({ text: "", stage: "In progress" }), move);
    const waiting = { ...issue, labels: ["incident", "stage: Waiting"] };
    assert.deepEqual(send({ text: "", stage: "To do" }, situation(waiting)), { kind: "edit", ref, change: { kind: "label", add: ["stage: To do"], remove: ["stage: Waiting"] } });
  });

  it("offers only the stages that the desk allows, and refuses others", () => {
    assert.deepEqual(replyStages(situation()), ["In progress"]);
    assert.deepEqual(replyStages(situation({ ...issue, labels: ["incident", "stage: Waiting"] })), ["To do", "In progress"]);
    assert.deepEqual(replyStages(situation({ ...issue, state: "closed" })), []);
    assert.equal(send({ stage: "Waiting" }), undefined);
    assert.equal(send({ stage: "Done" }), undefined);
  });

  it("acknowledges with the comment as its text, and assigns the issue", () => {
    assert.deepEqual(send({ effect: "acknowledge" }), {
      kind: "batch",
      operations: [{ kind: "comment", ref, markdown: renderMilestone("acknowledged", "Fixed.") }, { kind: "edit", ref, change: { kind: "assign", add: ["ana"], remove: [] } }],
    });
    assert.deepEqual(send({ effect: "acknowledge", text: "" }, situation({ ...issue, assignees: ["Ana"] })), { kind: "comment", ref, markdown: renderMilestone("acknowledged", "") });
  });

  it("resolves and closes with the comment as resolution, and needs one", () => {
    assert.deepEqual(send({ effect: "resolve" }), {
      kind: "batch",
      operations: [
        { kind: "comment", ref, markdown: renderMilestone("resolved", "Fixed.") },
        { kind: "edit", ref, change: { kind: "setFields", fields: [{ name: "resolution", value: "Fixed.", at: now, by: "ana" }] } },
      ],
    });
    assert.deepEqual(send({ effect: "close" }), { kind: "close", ref, resolution: "Fixed." });
    assert.deepEqual([send({ effect: "resolve", text: "" }), send({ effect: "close", text: "" })], [undefined, undefined]);
  });

  it("keeps the time of a resolution when the issue is closed later", () => {
    const resolved = situation(after("resolved"), true);
    const closing = { kind: "edit", ref, change: { kind: "close", reason: "completed", stamp: { at: now, by: "ana" } } };
    assert.deepEqual(send({ effect: "close", text: "" }, resolved), closing);
    assert.deepEqual(send({ effect: "close" }, resolved), { kind: "batch", operations: [{ kind: "comment", ref, markdown: "Fixed." }, closing] });
  });

  it("offers and allows only what is left to do", () => {
    assert.deepEqual(replyEffectsOf(situation()), ["comment", "acknowledge", "resolve", "close"]);
    assert.deepEqual(replyEffectsOf(situation(issue, true)), ["comment", "resolve", "close"]);
    assert.deepEqual(replyEffectsOf(situation(after("resolved"), true)), ["comment", "close"]);
    assert.deepEqual(replyEffectsOf(situation(after("cancelled"))), ["comment", "close"]);
    assert.deepEqual(replyEffectsOf(situation({ ...issue, labels: ["request"], title: "A key" })), ["comment", "acknowledge", "close"]);
    const closed = situation({ ...issue, state: "closed" });
    assert.deepEqual(replyEffectsOf(closed), ["comment"]);
    assert.deepEqual([send({ effect: "close" }, closed), send({ effect: "acknowledge" }, closed)], [undefined, undefined]);
    assert.deepEqual(send({}, closed), { kind: "comment", ref, markdown: "Fixed." });
  });
});
