import fc from 'fast-check';
import assert from 'node:assert/strict';
import { parseTemplate } from '../../../../src/core/forms/readForms';
import { maxFrontMatterLength, optionalFrontMatter, splitFrontMatter } from '../../../../src/core/markup/frontMatter';
import { readIssueFile, updateIssueFile } from '../../../../src/core/markup/issueFile';
import { parsePostmortem } from '../../../../src/core/postmortem/document/parsePostmortem';
import { readFields } from '../../../../src/core/runbook/details';
import { readMarkdown } from '../../../../src/markdown/readMarkdown';
import { propertyRuns } from '../../../support/propertyRuns';

const split = (text: string): readonly (string | undefined)[] => {
  const parts = splitFrontMatter(text);
  return parts === undefined ? [] : [parts.opening, parts.source, parts.closing, parts.body];
};

describe("front matter", () => {
  for (const [text, parts] of [
    ["---\na: 1\n---\nBody", ["---\n", "a: 1\n", "---\n", "Body"]],
    ["\uFEFF--- \r\na: 1\r\n--- \r\n\r\nBody", ["\uFEFF--- \r\n", "a: 1\r\n", "--- \r\n", "\r\nBody"]],
    ["---\ra: 1\r---\rBody", ["---\r", "a: 1\r", "---\r", "Body"]],
    ["---\na: 1\n...\nBody\n---\n", ["---\n", "a: 1\n", "...\n", "Body\n---\n"]],
    ["---\n---", ["---\n", "", "---", ""]],
    ["+++\na = 1\n---\n+++\n", ["+++\n", "a = 1\n---\n", "+++\n", ""]],
    ["---\na: ---\n--- x\n ---\n----\n---\n", ["---\n", "a: ---\n--- x\n ---\n----\n", "---\n", ""]],
    ["\n---\na: 1\n---\n", []],
    ["# Head\n---\na: 1\n---\n", []],
    [" ---\na: 1\n---\n", []],
    ["----\na: 1\n---\n", []],
    ["---", []],
    ["---\na: 1\n", []],
    ["---\na: 1\n+++\n", []],
  ] as const) it(`of ${JSON.stringify(text)} is ${JSON.stringify(parts)}`, () => assert.deepEqual(split(text), parts));

  it("is split into parts that add up to the text", () => {
    const piece = fc.oneof(fc.constantFrom("---", "+++", "...", "\n", "\r\n", "\r", "\uFEFF", " ", "a: 1", "- [ ] x", "\u2028", "\u0085"), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }).map((parts) => parts.join("")), (rest) => {
        const text = `---${rest}`;
        const parts = split(text);
        if (parts.length > 0) assert.equal(parts.join(""), text);
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it("that is optional must start with a key and contains no steps", () => {
    const given = ["---\n\n# note\nname: x\n---\n", "---\nA sentence\n---\n", "---\n- [ ] a: step\n---\n", "---\na:\n- [ ] a step\n---\n", "---\n**Service**: name\n---\n", "---\n---\n"];
    assert.deepEqual(given.map((text) => optionalFrontMatter(text) !== undefined), [true, false, false, false, false, true]);
  });
});

describe("an issue template", () => {
  const body = (text: string): string | undefined => {
    const form = parseTemplate(".github/ISSUE_TEMPLATE/outage.md", text);
    const [field] = form.kind === "ok" ? form.value.fields : assert.fail(form.failure.reason);
    return field?.kind === "textarea" ? field.value : undefined;
  };

  for (const text of [
    "## What broke\n\nWords before it.\n\n---\n\n**Service**: name\n\n---\n\nWords after it.\n",
    "Look at the [status page]\n---\n**Service**: name: 'odd\n---\nWords\n",
    "---\n**Service**: name\n---\nWords\n",
    "Words\n---\nname: no head\n---\n",
  ]) it(`without front matter is its text: ${JSON.stringify(text.slice(0, 30))}`, () => assert.equal(body(text), text));

  it("with front matter is the text after it, including horizontal rules", () => {
    for (const end of ["---", "..."]) assert.equal(body(`\uFEFF---\r\nname: Outage\r\n${end}\r\n\r\nWords\r\n---\r\nmore: words\r\n---\r\n`), "Words\r\n---\r\nmore: words\r\n---\r\n");
  });
});

describe("oversized front matter", () => {
  const huge = `title: x\nkind: incident\ncreated: 2026-02-03\n${Array.from({ length: 12_000 }, (_, index) => `k${index}: v\n`).join("")}`;
  const text = `---\n${huge}---\nBody\n`;

  it("is rejected by all readers", () => {
    assert.ok(huge.length > 90_000 && huge.length > maxFrontMatterLength);
    assert.deepEqual(readIssueFile("a.md", 7, text), { kind: "failed", failure: "tooLarge" });
    assert.equal(parsePostmortem(text, "UTC").problem, "tooLarge");
    const template = parseTemplate("a.md", text);
    assert.deepEqual([template.kind, template.kind === "failed" && template.failure.reason], ["failed", "badYaml"]);
    assert.equal(readFields(readMarkdown(text).frontMatter?.text ?? "").flaw?.reason, "tooLarge");
    assert.equal(readFields(huge).flaw?.reason, "tooLarge");
  });

  it("can contain many aliases, each of the nearest anchor before it", () => {
    const head = (yaml: string): string => `---\ntitle: x\ncreated: 2026-02-03\n${yaml}\n---\n`;
    const labels = (yaml: string): unknown => {
      const file = readIssueFile("a.md", 7, head(yaml));
      return file.kind === "ok" ? file.value.issue.labels : file.failure;
    };
    assert.deepEqual(labels("a: &a one\nb: &b [*a]\nlabels: [*a, &a two, *a]\nc: *a"), ["one", "two", "two"]);
    assert.deepEqual(labels("labels: &a [*a]"), "tooLarge");
    assert.deepEqual(labels("labels: [*nobody]"), "badYaml");
    assert.deepEqual(labels(`a: &a one\nlabels: [${"*a, ".repeat(4_800)}]`), Array(4_800).fill("one"));
  });

  it("keeps every byte when the issue changes", () => {
    const small = readIssueFile("a.md", 7, "---\ntitle: x\ncreated: 2026-02-03\n---\nBody\n");
    const { issue } = small.kind === "ok" ? small.value : assert.fail(small.failure);
    assert.equal(updateIssueFile(text, issue, { ...issue, state: "closed" }), text);
  });
});

describe("the fields of a head", () => {
  it("are split at commas outside of quotes if they are lists", () => {
    const value = (source: string): unknown => readFields(source).fields.get("labels")?.value;
    assert.deepEqual(value('labels: [a, "b, c" , d e,"f"]   '), ["a", "b, c", "d e", "f"]);
    assert.deepEqual(value(`labels: [${"a,".repeat(2_000)}a]`), Array(2_001).fill("a"));
  });

  it("end before trailing spaces", () => {
    assert.deepEqual([...readFields(`title: two words \t \nrepository: acme/desk${" ".repeat(9_000)}`).fields].map(([key, { value, range }]) => [key, value, range.endColumn]), [["title", "two words", 16], ["repository", "acme/desk", 21]]);
  });
});
