import assert from 'node:assert/strict';
import { markStep } from '../../../../src/core/checklist/marking';
import { startChecklist } from '../../../../src/core/checklist/startChecklist';
import { appendChecklist, readChecklists } from '../../../../src/core/markup/checklistRegion';
import { dueSteps } from '../../../../src/core/runbook/stepTimer';
import { readRunbook } from '../../../../src/markdown/readMarkdown';
import { sampleIssue } from '../../../support/sampleIssue';

const text = "# A\n\n- [ ] Acknowledge <!-- desk: within 15m -->\n- [ ] Tell everybody <!--desk:within 1h-->\n- [ ] Eat <!-- desk: within soon -->\n- [ ] Sleep\n";

const runbook = readRunbook("a.md", text, { kinds: [], roles: [], priorities: [] });

const checklist = startChecklist(runbook, { id: "run1", startedAt: "2026-12-31T23:50:00Z", by: "ana", holders: {} });

describe("a step's deadline", () => {
  it("is in a hidden comment, and an invalid one is reported", () => {
    assert.deepEqual(runbook.steps.map((step) => [step.text, step.within]), [["Acknowledge", "15m"], ["Tell everybody", "1h"], ["Eat", undefined], ["Sleep", undefined]]);
    assert.deepEqual(runbook.problems.map(({ code, severity, range, details }) => [code, severity, range.startLine, details]), [["badDuration", "error", 4, { name: "soon", field: "within" }]]);
  });

  it("is that of the front matter if the step has none of its own", () => {
    const common = readRunbook("a.md", `---\nwithin: 2h\n---\n${text}`, { kinds: [], roles: [], priorities: [] });
    assert.deepEqual(common.steps.map((step) => step.within), ["15m", "1h", "2h", "2h"]);
    const broken = readRunbook("a.md", `---\nwithin: 2 hours\n---\n${text}`, { kinds: [], roles: [], priorities: [] });
    assert.deepEqual(broken.steps.map((step) => step.within), ["15m", "1h", undefined, undefined]);
    assert.deepEqual(broken.problems.map(({ code, range, details }) => [code, range.startLine, details["field"]]), [["badDuration", 1, "within"], ["badDuration", 7, "within"]]);
  });

  it("counts from the start of the checklist, also over the end of a year, and is read back from the issue", () => {
    const [read] = readChecklists(appendChecklist("", checklist, "acme/desk"), "acme/desk");
    assert.deepEqual(read, checklist);
    const issue = { ...sampleIssue(), body: appendChecklist("", checklist, "acme/desk"), assignees: ["ben"] };
    const due = (login: string): readonly unknown[] => dueSteps([issue], login).map((each) => [each.step.text, each.due]);
    assert.deepEqual(due("ana"), [["Acknowledge", "2027-01-01T00:05:00Z"], ["Tell everybody", "2027-01-01T00:50:00Z"]]);
    for (const login of ["ben", "Ben", "ANA"]) assert.deepEqual(due(login), due("ana"));
    assert.deepEqual(due("cho"), []);
    assert.deepEqual(dueSteps([{ ...issue, state: "closed" }], "ana"), []);
    assert.deepEqual(dueSteps([{ ...issue, labels: ["incident", "test"] }], "ana"), []);
    assert.deepEqual(dueSteps([{ ...issue, body: issue.body.replace("2026-12-31T23", "yesterday") }], "ana"), []);
  });

  it("ends when the step is done", () => {
    const [first] = checklist.items.filter((item) => item.kind === "step");
    const done = markStep(checklist, first?.id ?? "", { kind: "done", by: "ana", at: "2026-12-31T23:55:00Z" }) ?? assert.fail();
    assert.deepEqual(dueSteps([{ ...sampleIssue(), body: appendChecklist("", done, "acme/desk") }], "ana").map(({ step }) => step.text), ["Tell everybody"]);
  });
});
