import assert from 'node:assert/strict';
import { type DraftInput, draftIssue, draftWithChecklist } from '../../../../src/core/issue/draftIssue';
import { appendChecklist, isBroken, readChecklists } from '../../../../src/core/markup/checklistRegion';
import type { IssueDraft } from '../../../../src/core/model/issue';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleChecklist, step } from '../../../support/sampleChecklist';

function draft(input: Partial<DraftInput>): IssueDraft {
  const result = draftIssue(sampleDesk, { kind: "incident", title: "Portal down", details: "", ...input });
  return result.kind === "ok" ? result.value : assert.fail(JSON.stringify(result));
}

describe("drafting an issue", () => {
  it("adds prefix and labels of its kind once", () => {
    assert.deepEqual(draft({ details: "Mail  \r\n", priority: "high", services: ["Portal"], labels: ["Incident", "vip"], assignees: ["ana", "Ana"] }), {
      repository: "acme/live",
      kind: "incident",
      title: "[INCIDENT] Portal down",
      body: "Mail  \r\n",
      labels: ["incident", "priority: high", "service: Portal", "vip"],
      assignees: ["ana"],
    });
    assert.equal(draft({ title: "[incident] x" }).title, "[incident] x");
    assert.deepEqual(draft({ kind: "request" }).labels, ["request"]);
  });

  it("keeps title and labels on one line and does not shorten a long title", () => {
    assert.equal(draft({ title: " a\r\n\tb\u0000c " }).title, "[INCIDENT] a b c");
    assert.deepEqual(draft({ labels: ["a\n---\nb"] }).labels, ["incident", "a --- b"]);
    assert.equal(draft({ title: "👩‍🚒".repeat(2000) }).title.length, "[INCIDENT] ".length + 10_000);
  });

  it("escapes pasted marks, and keeps other comments", () => {
    const { body } = draft({ details: "<!-- /desk:run -->\n<!-- note -->\n<!-- desk:links -->" });
    assert.equal(body, "<\\!-- /desk:run -->\n<!-- note -->\n<\\!-- desk:links -->");
    assert.equal(isBroken(appendChecklist(body, sampleChecklist([step("a")]), "acme/live"), "acme/live"), false);
  });

  it("appends a complete checklist after the person's text", () => {
    const whole = draftWithChecklist(draft({ details: "Nobody can sign in." }), sampleChecklist([step("a"), step("b")]));
    assert.ok(whole.body.startsWith("Nobody can sign in.\n\n<!-- desk:run "), whole.body);
    assert.deepEqual(readChecklists(whole.body, whole.repository), [sampleChecklist([step("a"), step("b")])]);
  });

  it("creates a daily checklist without a kind of the desk, in the first kind's repository", () => {
    assert.deepEqual([draft({ kind: "checklist" }).repository, draft({ kind: "checklist" }).labels], ["acme/live", ["checklist"]]);
  });

  it("rejects an empty title, an unknown kind, and a missing repository", () => {
    const reason = (input: Partial<DraftInput>, desk = sampleDesk): unknown => {
      const result = draftIssue(desk, { kind: "incident", title: "x", details: "", ...input });
      return result.kind === "failed" && result.failure.kind === "invalidDraft" && result.failure.reason;
    };
    assert.equal(reason({ title: " \n " }), "emptyTitle");
    assert.equal(reason({ kind: "nonsense" }), "unknownKind");
    assert.equal(reason({}, { ...sampleDesk, kinds: [{ name: "incident", repositories: [] }] }), "noRepository");
  });
});
