import assert from "node:assert/strict";
import fc from "fast-check";
import type { Runbook } from "../../../../src/core/model/runbook";
import { isHandbook, sectionRunbook, sectionsToStart } from "../../../../src/core/runbook/procedure";
import { startChecklist } from "../../../../src/core/checklist/startChecklist";
import { writtenCharts } from "../../../support/flowchartTexts";
import { propertyRuns } from "../../../support/propertyRuns";
import { runbookOf } from "../../../support/readText";

const anyFence = writtenCharts.map(({ text }) => `\`\`\`mermaid\n${text}\`\`\`\n`);
const parts = ["# Title\n", "## Title\n", "### Gate: ready\n", "Title\n---\n", "- [ ] Do it\n", "1. Do that\n   - Yes: this\n   - No: that\n", "- item\n", "> quote\n", "text\n", "\n", "```mermaid\n", "```\n", "  ```mermaid\nflowchart\n", "flowchart LR\n", "a --> b\n", "a[[Title]] --> b{?}\n", "b -- Yes --> c\n", "subgraph s\n", "end\n", "click a \"#title\"\n", "---\nhandbook: true\n---\n", "| a |\n|---|\n", "<!--", "\r", "\uFEFF", "\0", "{{x}} (approval by @ana)\n"];
const anyPart = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...parts) }, { weight: 2, arbitrary: anyFence }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) });
const anyMarkdown = fc.array(anyPart, { maxLength: 20 }).map((all) => all.join(""));

describe("Reading any text with flowcharts", () => {
  it("never throws, and each part that can be started has steps with ids of their own, in their lines", () => {
    fc.assert(fc.property(anyMarkdown, (text) => {
      const runbook = runbookOf(text);
      const lines = text.split(/\r\n|\r|\n/).length;
      isHandbook(runbook);
      const started = [runbook, ...sectionsToStart(runbook).map(({ slug }) => sectionRunbook(runbook, slug) ?? assert.fail(slug))];
      for (const one of started) {
        assert.ok(one === runbook || one.steps.length > 0, `“${one.title}” has no steps`);
        const ids = one.steps.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        assert.ok(one.steps.every(({ line, endLine }) => 0 <= line && line < endLine && endLine <= lines));
        const known = new Set(ids);
        assert.ok(one.steps.every(({ next = [], parent }) => [...next, ...(parent === undefined ? [] : [parent])].every((id) => known.has(id))));
        startChecklist(one, { id: "r", startedAt: "2026-11-30T08:00:00Z", by: "ana", holders: {} });
      }
    }), { numRuns: propertyRuns(2000) });
  });

  it("takes a time proportional to its length, up to 5,000 nodes", () => {
    for (const [name, text] of Object.entries(large)) {
      const [few = 0, many = 0] = [1_000, 5_000].map((nodes) => fastest(text(nodes)));
      assert.ok(many < 5 * few * 3 + 50, `${name}: ${Math.round(few)} ms for 1,000 nodes, ${Math.round(many)} ms for 5,000`);
    }
  });
});

const repeated = (nodes: number, part: (index: number) => string): string => Array.from({ length: nodes }, (_, index) => part(index)).join("\n");

const drawn = (chart: string): string => `# A\n\n\`\`\`mermaid\nflowchart TD\n${chart}\n\`\`\`\n\n`;

const large: Readonly<Record<string, (nodes: number) => string>> = {
  "a chain": (nodes) => drawn(`s([Start]) --> n0\n${repeated(nodes, (index) => `n${index}[Step ${index}] --> n${index + 1}`)}`),
  "decisions that lead back": (nodes) => drawn(`s([Start]) --> d0\n${repeated(nodes / 2, (index) => `d${index}{Done?} -- No --> d${index >> 1}\nd${index} -- Yes --> d${index + 1}`)}`),
  "exits of one decision": (nodes) => drawn(`s([Start]) --> d{Which?}\n${repeated(nodes, (index) => `d -- ${index} --> n${index}`)}`),
  "sub-procedures": (nodes) => drawn(`s([Start]) --> n0\n${repeated(nodes, (index) => `n${index}[[Part ${index}]] --> n${index + 1}`)}`),
  "stages with edges between them": (nodes) => drawn(`s([Start]) --> n0\n${repeated(nodes / 5, (index) => `subgraph g${index}\nn${index} --> m${index}\nend\ng${index} --> n${index + 1}`)}`),
  "a list beside a chart": (nodes) => `${drawn(`s([Start]) --> n0\n${repeated(nodes, (index) => `n${index}[Check part ${index}] --> n${index + 1}`)}`)}${repeated(nodes, (index) => `- [ ] Look at machine ${index}`)}`,
  "sub-procedures and their sections": (nodes) => `${drawn(`s([Start]) --> n0\n${repeated(nodes, (index) => `n${index}[[Go to part number ${index}]] --> n${index + 1}`)}`)}${repeated(nodes, (index) => `## Part number ${index}\n`)}`,
};

/** The shortest of several times that the processor needs to read a text, in milliseconds. Other programs do not count. */
function fastest(text: string): number {
  let runbook: Runbook | undefined;
  const times = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    runbook = runbookOf(text);
    return process.cpuUsage(start).user / 1000;
  });
  assert.ok((runbook?.steps.length ?? 0) >= 1_000 / 5, `${runbook?.steps.length} steps: ${runbook?.problems[0]?.code}`);
  return Math.min(...times);
}
