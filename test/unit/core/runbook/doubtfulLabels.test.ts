import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../src/core/desk/defaultDesk';
import { findRunbookProblems } from '../../../../src/core/runbook/checkRunbook';
import { fixesFor } from '../../../../src/core/runbook/runbookFixes';
import { readMarkdown } from '../../../../src/markdown/readMarkdown';
import { deskNames, runbookOf } from '../../../support/readText';

const desk = { ...defaultDesk("local"), priorities: [{ name: "high", label: "priority: high", criteria: [] }], services: ["Portal"] };

const onIssues = ["onboarding", "version 1.2.3"];

function advice(text: string, labels: readonly string[] | undefined = onIssues) {
  return findRunbookProblems(runbookOf(text), text, { desk, now: "2026-11-21T08:00:00Z", read: readMarkdown, ...(labels === undefined ? {} : { labels }) });
}

function problemsIn(text: string, labels?: readonly string[]): readonly (readonly unknown[])[] {
  return advice(text, labels).map(({ severity, range, details }) => [severity, text.split("\n")[range.startLine]?.slice(range.startColumn, range.endColumn), range.startLine, details["nearest"]]);
}

const template = (labels: string): string => `- [ ] go\n\n  \`\`\`issue\n  kind: request\n  title: onbaording\n  labels: ${labels}\n  ---\n  onbaording\n  \`\`\`\n`;

describe("Labels of a runbook", () => {
  it("are reported at their positions when an issue has a similar one", () => {
    assert.deepEqual(problemsIn("---\ntitle: onbaording\nlabels: [incident, onbaording]\n---\n- [ ] go"), [["information", "onbaording", 2, "onboarding"]]);
    assert.deepEqual(problemsIn("---\nlabels:\n  - Onboarding\n  - \"priority: hihg\"\n---\n- [ ] go"), [["information", "priority: hihg", 3, "priority: high"]]);
    assert.deepEqual(problemsIn(template("onbaording")), [["information", "onbaording", 5, "onboarding"]]);
  });

  it("are accepted when they resemble no other, have numbers or contain variables", () => {
    assert.deepEqual(problemsIn("---\nlabels: [customer, service: Portal, version 1.2.4]\n---\n- [ ] go"), []);
    assert.deepEqual(problemsIn(template("\"{{onbaording}}\"")), []);
    assert.deepEqual(problemsIn("---\nmatch: [onbaording]\n---\n- [ ] go"), []);
  });

  it("are accepted while the existing labels are unknown", () => {
    const text = "---\nlabels: onbaording\n---\n- [ ] go";
    assert.deepEqual(findRunbookProblems(runbookOf(text), text, { desk, now: "2026-11-21T08:00:00Z", read: readMarkdown }), []);
    assert.deepEqual(problemsIn(text, []), []);
  });

  it("are replaced by the similar label, with quotes if needed", () => {
    const fixed = (text: string): readonly string[] => {
      const [problem, ...others] = advice(text);
      assert.ok(problem && others.length === 0);
      return fixesFor(problem, { path: "a.md", document: readMarkdown(text), context: deskNames, runbooks: [], today: "2026-11-21", item: "x" }).map((fix) => fix.text);
    };
    assert.deepEqual(fixed("---\nlabels: onbaording\n---\n"), ["onboarding"]);
    assert.deepEqual(fixed("---\nlabels: [\"priority: hihg\"]\n---\n"), ["priority: high"]);
    assert.deepEqual(fixed("---\nlabels: [priority high]\n---\n"), ["\"priority: high\""]);
  });
});
