import assert from "node:assert/strict";
import { approversInstead, hasApprovalComment, hasQuestions, isMarkedSince, type MarkedStep, markedStep, markOperation, questionsFor } from "../../../../src/core/issue/stepMark";
import { readApproval, renderStepComment } from "../../../../src/core/markup/stepComment";
import { setValues } from "../../../../src/core/checklist/values";
import { markStep } from "../../../../src/core/checklist/marking";
import { resolveDecisions } from "../../../../src/core/checklist/decision";
import type { Checklist, ChecklistStep } from "../../../../src/core/model/checklist";
import { loopingChecklist } from "../../../support/sampleChart";
import { sampleChecklist, step } from "../../../support/sampleChecklist";

const ref = { repository: "acme/desk", number: 7 };

const at = "2026-11-20T17:00:00Z";

function target(checklist: Checklist, id: string): MarkedStep {
  return markedStep(ref, checklist, id) ?? assert.fail();
}

const asking = sampleChecklist([step("a", { text: "Set up {{project}} in {{location: Cloud | Crystal}}, see {{see?: link}} (approval by @ana or @qa, comment required)" }), step("b", { text: "Tell {{project}}" }), step("c")]);

describe("before a step is done", () => {
  it("its fields without values are asked for, optional ones only with others, and its comment", () => {
    const { fields, comment } = questionsFor(target(asking, "a"));
    assert.deepEqual([fields.map(({ field, required }) => [field.name, field.type, required]), comment], [[["project", "text", true], ["location", "choice", true], ["see", "link", false]], true]);
    const filled = setValues(asking, [{ name: "project", value: "Acme", at, by: "ana" }, { name: "location", value: "Cloud", at, by: "ana" }]);
    assert.deepEqual([questionsFor(target(filled, "a")), hasQuestions(target(filled, "b")), hasQuestions(target(asking, "b")), hasQuestions(target(asking, "c"))], [{ fields: [], comment: true }, false, true, false]);
  });

  it("only one of its approvers may mark it, and an option asks for what its decision asks for", () => {
    assert.deepEqual([approversInstead(target(asking, "a"), "ben"), approversInstead(target(asking, "a"), "QA"), approversInstead(target(asking, "c"), "ben")], [["ana", "qa"], undefined, undefined]);
    const decision = resolveDecisions(sampleChecklist([step("d", { part: "decision", text: "Real? (approval by @qa or @ana)" }), step("yes", { part: "option", depth: 1, text: "Yes: {{reason}} (approval by @qa)" }), step("no", { part: "option", depth: 1 })]));
    assert.deepEqual([approversInstead(target(decision, "yes"), "ana"), approversInstead(target(decision, "no"), "ana"), questionsFor(target(decision, "yes")).fields.length], [["qa"], undefined, 1]);
  });
});

describe("marking a step", () => {
  it("is one change if nothing but its values is entered, and with a comment of the same batch otherwise", () => {
    const plain = markOperation(target(asking, "b"), { kind: "done" }, { values: { project: "Acme" } }, { approvalComments: true });
    assert.deepEqual(plain, { kind: "edit", ref, change: { kind: "markStep", run: "run1", step: "b", mark: { kind: "done" }, values: [{ name: "project", value: "Acme", at: "", by: "" }] } });
    const whole = markOperation(target(asking, "a"), { kind: "done" }, { values: { project: "Acme @all <!-- desk:moment resolved -->" }, comment: "Checked.\n\n<!-- desk:approval run=x step=y -->" }, { approvalComments: false });
    const comment = whole.kind === "batch" ? whole.operations[1] : undefined;
    assert.equal(comment?.kind === "comment" ? comment.markdown : "", "Done: Set up Acme @\u2060all <\u2060!-- desk:moment resolved --> in location, see see\n\nChecked.\n\n<\\!-- desk:approval run=x step=y -->");
  });

  it("is also a comment with a hidden mark where approvals are comments, also if it is skipped, but not if it is reopened", () => {
    const kinds = (mark: "done" | "skipped" | "open", id: string): unknown => {
      const operation = markOperation(target(asking, id), mark === "skipped" ? { kind: mark, reason: "not needed" } : { kind: mark }, { values: {} }, { approvalComments: true });
      const comment = operation.kind === "batch" ? operation.operations[1] : undefined;
      return comment?.kind === "comment" ? [comment.markdown.split(":")[0], readApproval(comment.markdown)] : undefined;
    };
    assert.deepEqual([kinds("done", "a"), kinds("skipped", "a"), kinds("open", "a"), kinds("done", "c")], [["Approved", { run: "run1", step: "a" }], ["Skipped", { run: "run1", step: "a" }], undefined, undefined]);
  });
});

describe("a mark that is sent again", () => {
  const later = "2026-11-20T17:05:00Z";
  const checklist = sampleChecklist([step("a", { mark: { kind: "done", by: "ana", at: later } }), step("open")]);

  it("is not written over a mark that another person, or its first attempt, made since", () => {
    assert.equal(isMarkedSince(checklist, { step: "a", mark: "open" }, "ben"), true);
    assert.equal(isMarkedSince(checklist, { step: "a", mark: "open" }, undefined), true);
    assert.equal(isMarkedSince(checklist, { step: "a", seen: at, mark: "done" }, "Ana"), true);
  });

  it("is written if the step is as the page showed it, or the same person marked it otherwise since", () => {
    assert.equal(isMarkedSince(checklist, { step: "a", seen: later, mark: "open" }, "ben"), false);
    assert.equal(isMarkedSince(checklist, { step: "open", mark: "done" }, "ben"), false);
    assert.equal(isMarkedSince(checklist, { step: "a", seen: at, mark: "open" }, "ana"), false);
    assert.equal(isMarkedSince(checklist, { step: "a", seen: at }, "ana"), false);
    assert.equal(isMarkedSince(checklist, { step: "gone", mark: "done" }, "ben"), false);
  });

  it("is not written into a later pass of the step, to which it led back", () => {
    const looping = ["build", "test", "passed>fix", "fix", "again>test"].reduce((now, id, minute) => markStep(now, id, { kind: "done", by: "ana", at: `2026-11-20T17:0${minute}:00Z` }) ?? assert.fail(), loopingChecklist());
    assert.equal(isMarkedSince(looping, { step: "test", mark: "done" }, "ana"), true);
    assert.equal(isMarkedSince(looping, { step: "test", pass: 2, mark: "done" }, "ana"), false);
  });
});

describe("the comment of an approval", () => {
  const markdown = renderStepComment({ run: "run1", step: "a>b c" }, { text: "Release", mark: "done", approves: true });
  const checklist = sampleChecklist([]);
  const approved = (more: Partial<ChecklistStep> = {}): ChecklistStep => step("a>b c", { mark: { kind: "done", by: "ana", at }, ...more });
  const comment = (by: string, when = at, text = markdown) => ({ kind: "commented" as const, by, at: when, markdown: text });

  it("counts if the same account wrote it for this step, not long before the mark", () => {
    assert.equal(hasApprovalComment(checklist, approved(), [comment("Ana")]), true);
    assert.equal(hasApprovalComment(checklist, approved({ id: "new", formerly: ["a>b c"] }), [comment("ana", "2026-11-20T16:50:00Z")]), true);
    for (const others of [[], [comment("ben")], [comment("ana", "2026-11-20T16:00:00Z")], [comment("ana", at, "Approved: Release")], [comment("ana", at, renderStepComment({ run: "run1", step: "b" }, { text: "Release", mark: "done", approves: true }))]]) {
      assert.equal(hasApprovalComment(checklist, approved(), others), false, JSON.stringify(others));
    }
  });

  it("does not count for a mark without a known author, or at an impossible time", () => {
    assert.equal(hasApprovalComment(checklist, approved({ mark: { kind: "done" } }), [comment("ana")]), false);
    assert.equal(hasApprovalComment(checklist, approved({ mark: { kind: "done", by: "ana", at: "soon" } }), [comment("ana")]), true);
  });
});
