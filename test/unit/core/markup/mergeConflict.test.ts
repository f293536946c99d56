import fc from 'fast-check';
import assert from 'node:assert/strict';
import { markStep } from '../../../../src/core/checklist/marking';
import { appendChecklist, readChecklists, replaceChecklist } from '../../../../src/core/markup/checklistRegion';
import { readIssueFile, renderIssueFile } from '../../../../src/core/markup/issueFile';
import { readConflict } from '../../../../src/core/markup/mergeConflict';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleIssue } from '../../../support/sampleIssue';
import { sampleChecklist, step } from '../../../support/sampleChecklist';

const home = "acme/desk";

const conflict = (ours: string, theirs: string, base?: string): string => `<<<<<<< HEAD\n${ours}${base === undefined ? "" : `||||||| 1c9e2f1\n${base}`}=======\n${theirs}>>>>>>> ben\n`;

describe("A Git conflict", () => {
  it("has two sides, and the base if Git wrote it", () => {
    assert.deepEqual(readConflict(`a\n${conflict("b\n", "c\n")}d\n`), { ours: "a\nb\nd\n", theirs: "a\nc\nd\n" });
    assert.deepEqual(readConflict(`a\n${conflict("b\n", "c\n", "o\n")}d`), { ours: "a\nb\nd", theirs: "a\nc\nd", base: "a\no\nd" });
    assert.deepEqual(readConflict(`${conflict("", "c\n")}${conflict("x\n", "")}`.replaceAll("\n", "\r\n")), { ours: "x\r\n", theirs: "c\r\n" });
  });

  it("can be reconstructed, whatever the sides are", () => {
    const line = fc.stringMatching(/^[^<>=|\r\n]{0,8}$/);
    const lines = fc.array(line, { maxLength: 4 }).map((all) => all.map((text) => `${text}\n`).join(""));
    fc.assert(
      fc.property(fc.array(fc.record({ before: lines, ours: lines, theirs: lines, base: lines }), { minLength: 1, maxLength: 4 }), fc.boolean(), (parts, diff3) => {
        const text = parts.map(({ before, ours, theirs, base }) => before + conflict(ours, theirs, diff3 ? base : undefined)).join("");
        const side = (name: "ours" | "theirs" | "base"): string => parts.map((part) => part.before + part[name]).join("");
        fc.pre(!/^ {0,3}(?:`{3}|~{3})/m.test(text));
        assert.deepEqual(readConflict(text), { ours: side("ours"), theirs: side("theirs"), ...(diff3 ? { base: side("base") } : {}) });
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  for (const [what, text] of [
    ["a heading underlined", "The portal\n=======\nis down\n"],
    ["a quotation of a quotation", ">>>>>>> he said\n"],
    ["the beginning alone", "<<<<<<< HEAD\nwords\n"],
    ["a heading between arrows", "<<<<<<<< x\nwords\n=======\nmore\n>>>>>>>> y\n"],
    ["the end before the beginning", ">>>>>>> b\n=======\n<<<<<<< a\n"],
    ["indented", "    <<<<<<< a\n    =======\n    >>>>>>> b\n"],
    ["one that somebody writes about", "It left this:\n\n```\n" + conflict("x\n", "y\n") + "```\n\nWhat now?\n"],
  ] as const) {
    it(`is not detected in ${what}`, () => {
      assert.equal(readConflict(text), undefined);
      const file = renderIssueFile({ issue: sampleIssue({ body: text }), key: "k" });
      assert.equal(readIssueFile("x", 7, file).kind, "ok");
    });
  }

  it("is detected in a checklist between fences", () => {
    const text = "```\n" + conflict("- [ ] a <!-- desk:step a -->\n", "- [x] a <!-- desk:step a -->\n") + "```\n";
    assert.ok(readConflict(text) !== undefined);
  });

  for (const [what, breakIt] of [
    ["its end", (text: string) => text.replace(/>>>>>>> ben\n/, "")],
    ["its beginning", (text: string) => text.replace(/<<<<<<< HEAD\n/, "")],
    ["its middle", (text: string) => text.replace(/=======\n/, "")],
  ] as const) {
    it(`is reported in a checklist if a person removed only ${what}`, () => {
      const body = appendChecklist("Words", sampleChecklist([step("a"), step("b")]), home);
      const file = renderIssueFile({ issue: sampleIssue({ body }), key: "k" });
      const left = breakIt(file.replace(/- \[ \] Do a.*\n/, (line) => conflict(line, line.replace("[ ]", "[x]"))));
      assert.deepEqual(readConflict(left) === undefined && readIssueFile("x", 7, left), { kind: "failed", failure: "mergeConflict" });
    });
  }
});

describe("A duplicate step in a checklist", () => {
  const twice = (): string => {
    const body = appendChecklist("Words", sampleChecklist([step("a"), step("b")]), home);
    const line = "- [ ] Do a <!-- desk:step a -->\n";
    return body.replace(line, line + "- [x] Do a <!-- desk:step a by=ben at=2026-11-20T16:10:00Z -->\nA note\n");
  };

  it("has the later of its marks, and is removed by the next change", () => {
    const [checklist] = readChecklists(twice(), home);
    assert.ok(checklist !== undefined);
    assert.deepEqual(checklist.items, [step("a", { mark: { kind: "done", by: "ben", at: "2026-11-20T16:10:00Z" } }), step("b")]);
    const marked = markStep(checklist, "b", { kind: "done", by: "cho", at: "2026-11-20T16:11:00Z" });
    const body = replaceChecklist(twice(), marked ?? checklist, home);
    assert.deepEqual(readChecklists(body, home), [marked]);
    assert.equal(body.match(/desk:step a/g)?.length, 1);
    assert.ok(body.includes("A note"));
  });
});
