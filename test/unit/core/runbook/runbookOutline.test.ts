import assert from 'node:assert/strict';
import { type OutlineEntry, runbookOutline } from '../../../../src/core/runbook/outline';
import { runbookOf } from '../../../support/readText';

const lines = (entries: readonly OutlineEntry[], depth = 0): readonly string[] => entries.flatMap((entry) => [`${"  ".repeat(depth)}${entry.kind} ${entry.text}`, ...lines(entry.children, depth + 1)]);

describe("The outline of a runbook", () => {
  it("contains steps with their content in document order", () => {
    const runbook = runbookOf(["# A", "```sh", "", "make all", "```", "- [ ] Works?", "  - Yes: go", "    - [ ] Create", "      ```issue", "      kind: issue", "      title: T", "      ```", "  - No: stop", "- [ ] last"]);
    assert.deepEqual(lines(runbookOutline(runbook)), ["command make all", "decision Works?", "  option Yes: go", "    step Create", "      template [ISSUE] T", "  option No: stop", "step last"]);
  });
  it("is empty if only headings are steps", () => assert.deepEqual(runbookOutline(runbookOf(["# A", "## B", "text"])), []));
});
