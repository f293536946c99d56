import assert from "node:assert/strict";
import { describeRunbookProblem } from "../../../../src/core/runbook/runbookMessages";
import { fixesFor } from "../../../../src/core/runbook/runbookFixes";
import { readMarkdown } from "../../../../src/markdown/readMarkdown";
import { deskNames, runbookOf } from "../../../support/readText";

/** Each problem as its code, the marked text, and the text of its first fix. */
function problemsIn(...lines: readonly string[]): readonly (readonly (string | undefined)[])[] {
  const text = lines.join("\n");
  return runbookOf(text).problems.map((problem) => {
    const { startLine, startColumn, endColumn } = problem.range;
    assert.notEqual(describeRunbookProblem(problem, (sentence) => sentence), "");
    const [fix] = fixesFor(problem, { path: "runbooks/a.md", document: readMarkdown(text), context: deskNames, runbooks: [], today: "2026-11-21", item: "ready" });
    return [problem.code, lines[startLine]?.slice(startColumn, endColumn), fix?.change.text];
  });
}

describe("a step of a runbook", () => {
  it("has the fields, the approval and the comment that its text asks for", () => {
    const [first, second, third] = runbookOf(["- [ ] Set up {{project}} for {{primary}} (approval by @ana or @primary)", "- [ ] Send {{ticket?: number}} (comment required)", "- [ ] Go on"]).steps;
    assert.deepEqual([first?.fields, first?.approval, first?.commentRequired], [[{ name: "project", required: true }], { by: ["ana", "primary"] }, undefined]);
    assert.deepEqual([second?.fields, second?.approval, second?.commentRequired], [[{ name: "ticket", type: "number", required: false }], undefined, true]);
    assert.deepEqual(Object.keys(third ?? {}).filter((key) => ["fields", "approval", "commentRequired"].includes(key)), []);
  });

  it("is a decision if it asks for an approval after the question", () => {
    assert.deepEqual(runbookOf(["- [ ] False alarm? (approval by @ana)", "  - Yes: go on", "  - No: stop"]).steps.map(({ part }) => part), ["decision", "option", "option"]);
  });
});

describe("mistakes in fields and approvals are reported at their place, with a fix", () => {
  it("for a type that does not exist, and for a single value to select", () => {
    assert.deepEqual(problemsIn("- [ ] Ask {{ticket: numer}} and {{location: Cloud |}}"), [["unknownFieldType", "numer", "number"], ["fewChoices", "{{location: Cloud |}}", undefined]]);
  });

  it("for a name with two types, but not for one that is used again without a type", () => {
    assert.deepEqual(problemsIn("- [ ] {{size: S | L}} {{ticket: number}}", "  and {{size}} again", "- [ ] {{ticket?: date}} {{size: S|L}}"), [["fieldTwoTypes", "{{ticket?: date}}", "{{ticket?: number}}"]]);
  });

  it("for a variable that templates fill in, and for braces that are not closed", () => {
    assert.deepEqual(problemsIn("- [ ] Until {{date: date}} for {{project} and `{{x`", "- [ ] See {{ticket"), [["ownVariable", "{{date: date}}", undefined], ["unclosedField", "{{project}", "{{project}}"], ["unclosedField", "{{ticket", "{{ticket}}"]]);
  });

  it("for an approver who is nobody, an approval by nobody, and one by several", () => {
    assert.deepEqual(problemsIn("- [ ] A (approval by @anna)", "- [ ] B (approval by Ana)", "- [ ] C (approval by @ana and @primary)"), [
      ["unknownApprover", "@anna", "@ana"],
      ["noApprover", "approval by Ana", undefined],
      ["severalApprovals", "approval by @ana and @primary", "approval by @ana or @primary"],
    ]);
  });

  it("not outside of steps, and not below the text of the step", () => {
    assert.deepEqual(problemsIn("Use {{x: y}} (approval by nobody)", "", "- [ ] Go on", "", "  Not {{x: y}}"), []);
  });
});
