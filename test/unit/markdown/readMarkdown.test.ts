import assert from "node:assert/strict";
import fc from "fast-check";
import { propertyRuns } from "../../support/propertyRuns";
import { outlineOf, runbookOf } from "../../support/readText";
import { readMarkdown } from "../../../src/markdown/readMarkdown";

/** Pieces that Markdown is made of, and what breaks naive readers. */
const pieces = fc.constantFrom(
  "- [ ] a", "1. [x] b", "* c", "  ", "    ", "\t", "> ", "```", "~~~sh", "```issue", "---", "...", "# H", "## ", "===", "| a | b |\n|---|---|\n| [ ] | c |", "<details>", "<!--", "-->", "[a]: b.md", "[a](", "](", "`", "**", "[REQUEST]", "@primary",
  "\n", "\n", "\n\n", "\r\n", "\r", "\0", "\uFEFF", "\\", "![", "{{x}}", "?", "Yes: ", "title: x", "😀", "\u202e", "&amp;", "1) ", "+ ", "[^1]: n", "\ud800",
);
const anyMarkdown = fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 40 }).map((parts) => parts.join(""));

describe("The Markdown reader", () => {
  it("never throws, and its positions are within the text and nested correctly", function () {
    fc.assert(
      fc.property(anyMarkdown, (text) => {
        const { blocks, lines, links } = readMarkdown(text);
        const runbook = runbookOf(text);
        for (const block of [...blocks, ...runbook.steps, ...runbook.sections, ...runbook.templates]) {
          assert.ok(block.line >= 0 && block.line < block.endLine && block.endLine <= lines.length, JSON.stringify(block));
        }
        for (const block of blocks) {
          const holder = block.within === undefined ? undefined : blocks[block.within];
          if (holder !== undefined) assert.ok(holder.line <= block.line && block.endLine <= holder.endLine, JSON.stringify([holder, block]));
        }
        for (const link of links) assert.ok(link.column <= link.endColumn && link.line < lines.length);
        for (const { range } of runbook.problems) assert.ok(range.startLine <= range.endLine && range.endLine < lines.length && range.startColumn <= (lines[range.startLine]?.length ?? 0), JSON.stringify(range));
      }),
      { seed: 11, numRuns: propertyRuns(1500) },
    );
  });

  it("finds every task item", function () {
    const marker = fc.constantFrom("-", "*", "+", "1.", "1)");
    const item = fc.record({ marker, box: fc.constantFrom("[ ]", "[x]", "[X]"), deeper: fc.boolean(), gap: fc.constantFrom("", "\n", "\n\n"), between: fc.constantFrom("", "# Heading\n", "```\n- [ ] not this\n```\n", "<br>\n\n", "words\n\n", "> quoted\n\n") });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), fc.constantFrom("\n", "\r\n", "\r"), fc.boolean(), (items, end, mark) => {
        let indent = "";
        const text = items.map((one, index) => {
          const fresh = one.between !== "" || index === 0 || indent.length > 20;
          const before = items[index - 1];
          indent = fresh ? "" : one.deeper && before !== undefined ? indent + " ".repeat(before.marker.length + 1) : indent;
          return `${one.between === "" ? "" : `\n${one.between}`}${indent}${one.marker} ${one.box} task ${index}\n${one.gap}`;
        });
        const source = `${mark ? "\uFEFF" : ""}${text.join("").replaceAll("\n", end)}`;
        const lines = text.join("").split("\n");
        assert.deepEqual(runbookOf(source).steps.map((step) => [step.text, step.line]), items.map((_, index) => [`task ${index}`, lines.findIndex((line) => line.endsWith(` task ${index}`))]));
      }),
      { seed: 5, numRuns: propertyRuns(300) },
    );
  });

  it("separates tabs, quotes, HTML and tables", () => {
    const { blocks } = readMarkdown("<details>\n<summary>x</summary>\n\n-\t[ ] tabbed\n\n\tmore\n\n</details>\n\n| a | b |\n|---|---|\n| - [ ] c | d |\n\n    - [ ] code\n");
    assert.deepEqual(blocks.map((block) => [block.kind, block.line, block.endLine]), [["html", 0, 2], ["item", 3, 6], ["paragraph", 5, 6], ["html", 7, 8], ["table", 9, 12], ["code", 13, 14]]);
    assert.deepEqual(blocks.flatMap((block) => (block.kind === "table" ? block.rows : [])), [{ line: 9, cells: ["a", "b"] }, { line: 11, cells: ["- [ ] c", "d"] }]);
  });

  it("detects whether a fence is closed, also in a list", () => {
    const closed = (text: string): readonly boolean[] => readMarkdown(text).blocks.flatMap((block) => (block.kind === "fence" ? [block.closed] : []));
    assert.deepEqual(closed("```\n```\n- a\n  ```\n  x\n  ```\n- b\n  ~~~\n  y\n- c\n  ```\n\n\n  ```\n```\nz"), [true, true, false, true, false]);
    assert.deepEqual(closed("```"), [false]);
  });

  it("reads hard breaks and long lines as one line", () => {
    assert.deepEqual(outlineOf(runbookOf("- [ ] a\\\n  b  \n  c\\\\\n\td")), ["- a b c\\\\ d"]);
  });

  it("supports the maximum depth of lists, and any pile of markers", function () {
    const deep = Array.from({ length: 60 }, (_, depth) => `${"  ".repeat(depth)}- [ ] ${depth}`).join("\n");
    assert.equal(runbookOf(deep).steps.length, 60);
    for (const pile of ["> ", "- ", "[", "](", "`", "**a", "<!--", "\\", "| ", "{{#a}}"]) runbookOf(pile.repeat(20_000));
  });
});
