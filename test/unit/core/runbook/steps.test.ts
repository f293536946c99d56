import assert from 'node:assert/strict';
import { markStep } from '../../../../src/core/checklist/marking';
import { compareChecklists, updateFromRunbook } from '../../../../src/core/checklist/updateFromRunbook';
import type { Checklist } from '../../../../src/core/model/checklist';
import { runbookOf } from '../../../support/readText';
import { sampleChecklist } from '../../../support/sampleChecklist';

function steps(...lines: readonly string[]): readonly string[] {
  return runbookOf(lines.join("\n")).steps.map(({ text, depth }) => `${"  ".repeat(depth)}${text}`);
}

const retire = ["# Retire a service", "## 1. Tell its users", "Write to the list.", "## 2. Take the site down", "1. Look for a domain of its own", "2. Remove the DNS records", "## 3. Archive the repository", "Tick it in the settings."];

describe("the steps of sections", () => {
  it("under numbered headings are the items, or the heading itself", () => {
    assert.deepEqual(steps(...retire), ["Follow: 1. Tell its users", "Look for a domain of its own", "Remove the DNS records", "Follow: 3. Archive the repository"]);
  });

  it("include task items, sub-steps and decisions there, with their parents", () => {
    assert.deepEqual(steps("## Step 1: Prepare", "Words", "## Step 2: Do it", "- [ ] Restricted?", "  - Yes: ask", "  - No: go on", "## Step 3: Tell"), [
      "Follow: Step 1: Prepare", "Restricted?", "  Yes: ask", "  No: go on", "Follow: Step 3: Tell",
    ]);
  });

  const numbered: readonly (readonly [string, string, string])[] = [
    ["1) One", "2) Two", "3) Three"],
    ["1 One", "2 Two", "3 Three"],
    ["0. One", "1. Two", "2. Three"],
    ["2.1 One", "2.2 Two", "2.3 Three"],
    ["Phase 1 – One", "Phase 2 – Two", "Phase 3 – Three"],
    ["Schritt 1: One", "Schritt 2: Two", "Schritt 3: Three"],
    ["手順1 準備", "手順2 実行", "手順3 連絡"],
  ];
  for (const [one, two, three] of numbered) {
    it(`are each of “${one}”, “${two}”, “${three}”`, () => assert.deepEqual(steps("# T", `## ${one}`, "Words", `## ${two}`, "- [ ] x", `## ${three}`, "Words"), [`Follow: ${one}`, "x", `Follow: ${three}`]));
  }

  const prose: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ["prose sections beside boxes", ["# T", "## Background", "Words", "## Steps", "- [ ] x", "## Contacts", "Words"]],
    ["versions of a changelog", ["# T", "## Steps", "- [ ] x", "## 1.2.0 Better", "Words", "## 1.1.0 Good", "Words"]],
    ["years", ["# T", "## Steps", "- [ ] x", "## 2025 in words", "Words", "## 2026 in words", "Words"]],
    ["a number alone", ["# T", "## Steps", "- [ ] x", "## 1. Only one", "Words"]],
    ["numbers with a gap", ["# T", "## Steps", "- [ ] x", "## 1. One", "Words", "## 3. Three", "Words"]],
    ["alternatives", ["# T", "## Steps", "- [ ] x", "## Option 1: A", "Words", "## Option 2: B", "Words"]],
    ["numbers under different headings", ["# T", "## Steps", "- [ ] x", "## A", "### 1. One", "Words", "## B", "### 2. Two", "Words"]],
  ];
  for (const [what, lines] of prose) it(`are not ${what}`, () => assert.deepEqual(steps(...lines), ["x"]));

  it("are those of the innermost procedure: a section that contains steps is not a step", () => {
    assert.deepEqual(steps("# T", "## 1. A", "### 1.1 B", "Words", "### 1.2 C", "- [ ] x", "## 2. D", "### Notes", "Words", "## 3. E", "### 1. F", "Words", "### 2. G", "Words"), [
      "Follow: 1.1 B", "x", "Follow: 2. D", "Follow: 1. F", "Follow: 2. G",
    ]);
  });

  it("are the sections without sub-sections if there are no other steps", () => {
    assert.deepEqual(steps("# T", "## Background", "Words", "## 1. One", "Words", "### More", "Words"), ["Follow: Background", "Follow: More"]);
  });

  it("belong to their sections with the right lines, and to checklists that were started before", () => {
    const now = runbookOf(retire.join("\n"));
    assert.deepEqual(now.steps.map(({ line, endLine, source, section }) => [line, endLine, source, section === now.sections[Math.min(line <= 1 ? 1 : line <= 5 ? 2 : 3)]?.id]), [
      [1, 3, "section", true], [4, 5, "numbered", true], [5, 6, "numbered", true], [6, 8, "section", true],
    ]);
    const asChecklist = (ids: readonly number[]): Checklist => sampleChecklist(ids.flatMap((index) => {
      const step = now.steps[index];
      return step === undefined ? [] : [{ kind: "step" as const, id: step.id, part: "step" as const, text: step.text, depth: 0, mark: { kind: "open" as const }, links: [] }];
    }));
    const begun = markStep(asChecklist([1, 2]), now.steps[1]?.id ?? "", { kind: "done", by: "ana", at: "2026-11-20T16:00:00Z" }) ?? assert.fail();
    const { added, removed, kept, reworded } = compareChecklists(begun, asChecklist([0, 1, 2, 3]));
    assert.deepEqual([added.map(({ text }) => text), removed, kept, reworded], [["Follow: 1. Tell its users", "Follow: 3. Archive the repository"], [], [], []]);
    assert.deepEqual(updateFromRunbook(begun, asChecklist([0, 1, 2, 3])).items.map((item) => (item.kind === "step" ? item.mark.kind : "")), ["open", "done", "open", "open"]);
  });
});
