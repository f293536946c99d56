import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { Runbook } from '../../../../src/core/model/runbook';
import { fixesFor } from '../../../../src/core/runbook/runbookFixes';
import { readMarkdown } from '../../../../src/markdown/readMarkdown';
import { propertyRuns } from '../../../support/propertyRuns';
import { deskNames, runbookOf } from '../../../support/readText';

function near(runbook: Runbook): Runbook["problems"] {
  return runbook.problems.filter(({ code }) => code === "nearBox");
}

/** The text after the fix of each near box, the last one first. */
function fixed(text: string): string {
  const lines = text.split("\n");
  for (const problem of near(runbookOf(text)).toReversed()) {
    const [fix, ...others] = fixesFor(problem, { path: "a.md", document: readMarkdown(text), context: deskNames, runbooks: [], today: "2026-11-21", item: "" });
    assert.ok(fix !== undefined && others.length === 0);
    const { startLine, startColumn, endColumn } = fix.change.range;
    const line = lines[startLine] ?? "";
    lines[startLine] = line.slice(0, startColumn) + fix.change.text + line.slice(endColumn);
  }
  return lines.join("\n");
}

describe("a line that resembles a task item, among task items", () => {
  const cases: readonly (readonly [line: string, box: string])[] = [
    ["- [] Page the database team", "- [ ] Page the database team"],
    ["- [ ]Tell support", "- [ ] Tell support"],
    ["-[ ] Close the bridge", "- [ ] Close the bridge"],
    ["- [  ] Two blanks", "- [ ] Two blanks"],
    ["- [\t] A tab", "- [ ] A tab"],
    ["- [\u00a0] A blank that does not break", "- [ ] A blank that does not break"],
    ["* [x]Ticked", "* [x] Ticked"],
    ["- [X ] Ticked", "- [x] Ticked"],
    ["- [ x] Ticked", "- [x] Ticked"],
    ["- [\u2713] Ticked", "- [x] Ticked"],
    ["- \uFF3B\uFF3D \u30B5\u30DD\u30FC\u30C8\u306B\u9023\u7D61", "- [ ] \u30B5\u30DD\u30FC\u30C8\u306B\u9023\u7D61"],
    ["- \uFF3B\u3000\uFF3D\u901A\u77E5", "- [ ] \u901A\u77E5"],
    ["- \uFF3B\uFF58\uFF3D \u901A\u77E5", "- [x] \u901A\u77E5"],
    ["- [-] Given up", "- [ ] Given up"],
    ["- [_] Open", "- [ ] Open"],
    ["+[] Both at once", "+ [ ] Both at once"],
    ["1. [ ]Numbered", "1. [ ] Numbered"],
    ["2.[x] Numbered", "2. [x] Numbered"],
    ["\u2022 [ ] Another bullet", "- [ ] Another bullet"],
    ["- []**Bold** words", "- [ ] **Bold** words"],
    ["- [ ]`code` first", "- [ ] `code` first"],
    ["> - [] Quoted", "> - [ ] Quoted"],
  ];
  for (const [line, box] of cases) {
    for (const [where, text] of [["above", `${line}\n- [ ] Good\n`], ["after a paragraph", `- [ ] Good\n\n## Then\n\nWords:\n\n${line}\n`]] as const) {
      it(`is a warning with a fix: ${JSON.stringify(line)}, ${where}`, () => {
        const [problem, ...others] = near(runbookOf(text));
        assert.deepEqual([problem?.severity, others], ["warning", []]);
        const result = fixed(text);
        assert.equal(result, text.replace(line, box));
        assert.deepEqual([near(runbookOf(result)), runbookOf(result).steps.length], [[], 2]);
      });
    }
  }

  it("is reported at its position, also right below a task item", () => {
    const { problems } = runbookOf("---\ntitle: A\n---\n- [ ] Good\n  -[ ] Close the bridge\n");
    assert.deepEqual(problems.map(({ code, range }) => [code, range]), [["nearBox", { startLine: 4, startColumn: 2, endLine: 4, endColumn: 7 }]]);
  });

  const others = [
    "- [](https://example.org)",
    "- [x](https://example.org) is a link",
    "- [ ](x.md)",
    "- [x][ref] is a link",
    "- [ref] words",
    "- [ ] good",
    "- [X]\tgood",
    "- [ ]",
    "- []",
    "-[]",
    "[] words",
    "[ ] words",
    "See the [ ] there, or - [] here",
    "- [^1] a footnote",
    "[^1]: a footnote",
    "[x]: https://example.org",
    "- [x], [y] and [z] are its coordinates",
    "- [abc] words",
    "- ![](picture.png)",
    "- `- [] x`",
    "---",
    "*[x] emphasised*",
    "| - [] x | y |",
    "- {[] x}",
  ];
  for (const line of others) it(`is not ${JSON.stringify(line)}`, () => assert.deepEqual(near(runbookOf(`- [ ] Good\n\n${line}\n`)), []));

  it("is ignored in code, HTML, comments, front matter and templates", () => {
    const text = ["---", "title: A", "about:", "- [] x", "---", "- [ ] Good", "", "```", "- [] x", "```", "", "    - [] x", "", "<!--", "- [] x", "-->", "", "~~~issue", "kind: request", "title: T", "---", "- [] x", "~~~", ""].join("\n");
    assert.deepEqual(near(runbookOf(text)), []);
  });

  it("is ignored if it is a link with a definition elsewhere", () => {
    assert.deepEqual(near(runbookOf("- [ ] Good\n- [x] done\n- [X]x\n\n[x]: https://example.org\n")), []);
  });

  it("is ignored in a text without task items", () => {
    assert.deepEqual(near(runbookOf("- [] is the empty list\n- [ ]x\n")), []);
  });

  it("is found in finite time in any text", () => {
    const piece = fc.constantFrom("- ", "-", "* ", "1. ", "[", "]", " ", "x", "\t", "\n", "- [ ] a\n", "(", ":", "\uFF3B", "\uFF3D", "> ", "[x]: y\n");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const before = near(runbookOf(text)).length;
        assert.ok(before === 0 || near(runbookOf(fixed(text))).length < before);
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});
