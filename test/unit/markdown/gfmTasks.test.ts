import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { Parser } from "commonmark";
import { tests as examples } from "commonmark-spec";
import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { readMarkdown } from "../../../src/markdown/readMarkdown";
import { propertyRuns } from "../../support/propertyRuns";
import { runbookOf } from "../../support/readText";

// Another reader of GitHub's Markdown is the judge: what it takes for a task item is one, on CommonMark's own examples, on
// pieces in the spirit of GitHub's, and on random compositions of both. It ends paragraphs too late (a list below indented code
// that begins with 10, a list below a tag that goes on with an item), so where it differs, CommonMark's own reader has to be with us.
const ownPieces = [
  "- [ ] a\n- [x] b\n  - [X] c\n", "* [ ] d\n\n\n* [x] e\n", "+ [ ] f\n1. [ ] g\n2) [x] h\n", "10. [ ] i\n    - [ ] j\n\n      k\n", "> - [ ] l\n> > 1. [x] m\nn\n", "- [ ]\n- [ ] \n- [x]o\n- \\[ ] p\n- [ ][ ] q\n",
  "| - [ ] s | t |\n|---|:-:|\n| - [x] u | v |\n- [ ] w\n", "~~- [ ] x~~\n- [ ] ~~y~~\n", "- [ ] [z](a.md) ![b](c)\n- `[ ]` d\n", "```sh title=\"x\" {a=b}\n- [ ] e\n```\n", "~~~\n- [ ] f\n", "- [ ] g\n  ```\n  - [ ] h\n  ```\n\n\tindented\n", "    - [ ] code\n",
  "<details>\n<summary>i</summary>\n\n- [ ] j\n\n</details>\n", "<div>\n- [ ] k\n</div>\n", "<!--\n- [ ] l\n-->\n- [ ] m\n", "<Tabs>\n  - [ ] n\n</Tabs>\n\n  - [x] o\n", "# p {#id}\nq\n===\n- [ ] r\n---\n- [x] s\n", "t[^1]\n\n[^1]: u\n\n    - [ ] v\n\n[^w x]: - [ ] y\n", "[x]: /z\n\n- [x] a\n- [x]\n",
  "{{#if b}}\n- [ ] {{c}}\n{% endif %}\n", ":fire: https://d.org <e@f.org>\n- [x]\tg :tada:\n", "- [ ] h  \n  i\\\n  j\n", "-   [ ] k\n-\n  [ ] l\n-\n\n  [ ] m\n", "1. n\n   - [ ] o\n\n   1. [ ] p\n- q\n  2. [ ] r\n", "-\t[ ] s\n\t- [ ] t\n \t - [x] u\n", "***\n___\n- - [ ] v\n- - - w\n",
];
const seeds = [...examples.map(({ markdown }) => markdown.replaceAll("\u2192", "\t")), ...ownPieces];
const marked = (text: string): string => text.replace(/^([ >]*(?:[-*+]|\d+[.)])[ \t]+)(?=\S)/gm, "$1[ ] ");

const piece = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...ownPieces) }, fc.constantFrom(...seeds), fc.constantFrom(...seeds).map(marked));
const reshaped = fc.tuple(piece, fc.constantFrom("", "> ", "  ", "    ", "- [ ] ", "1. ")).map(([text, before]) => {
  const rest = before.replace(/[^>]/g, " ");
  return text.split("\n").map((line, index) => (line === "" ? line : `${index === 0 ? before : rest}${line}`)).join("\n");
});
const composition = fc.array(fc.tuple(reshaped, fc.constantFrom("", "\n", "\n\n")), { minLength: 1, maxLength: 5 }).map((parts) => parts.flat().join(""));

type Task = readonly [line: number, checked: boolean];

function judged(text: string): readonly Task[] {
  const found: Task[] = [];
  const visit = (node: { readonly checked?: boolean | null; readonly position?: { readonly start: { readonly line: number } } | undefined; readonly children?: readonly object[] }): void => {
    if (node.checked !== undefined && node.checked !== null) found.push([(node.position?.start.line ?? 0) - 1, node.checked]);
    node.children?.forEach(visit);
  };
  visit(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return found;
}

/** The same by CommonMark's own reader, which knows items, and no boxes. */
function judgedAgain(text: string): readonly Task[] {
  const lines = text.split("\n");
  const found: Task[] = [];
  const walker = new Parser().parse(text).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const { node } = event;
    const first = event.entering && node.type === "item" ? node.firstChild : null;
    if (first?.type !== "paragraph") continue;
    const [[line, column], [lastLine]] = first.sourcepos;
    const [box, mark] = /^\[([ xX])\](?=\s|$)/.exec(lines[line - 1]?.slice(column - 1) ?? "") ?? [];
    const hasWords = lastLine > line || (lines[line - 1] ?? "").slice(column - 1 + (box?.length ?? 0)).trim() !== "";
    if (mark !== undefined && hasWords) found.push([node.sourcepos[0][0] - 1, mark !== " "]);
  }
  return found;
}

function assertAgreed(text: string): void {
  const ours = read(text);
  const theirs = judged(text);
  if (!isDeepStrictEqual(ours, theirs)) assert.deepEqual(ours, isDeepStrictEqual(ours, judgedAgain(text)) ? ours : theirs, JSON.stringify(text));
}

function read(text: string): readonly Task[] {
  return readMarkdown(text).blocks.flatMap((block): readonly Task[] => (block.kind === "item" && block.checked !== undefined ? [[block.line, block.checked]] : []));
}

/** The judge knows no front matter; and for markdown-it, as in the editor's preview, a quote goes on below however far its mark is indented. */
function isBody(text: string): boolean {
  return readMarkdown(text).frontMatter === undefined && !/(?:^|[>\s])(?: {4,}|\t) *>/m.test(text);
}

describe("Task items", function () {

  it("are found as on GitHub in every example, also when all its items are tasks", () => {
    assert.ok(examples.length > 600);
    for (const seed of seeds) for (const text of [seed, marked(seed), `> ${seed.trimEnd().replaceAll("\n", "\n> ")}`]) if (isBody(text)) assertAgreed(text);
  });

  it("are found as on GitHub in combinations of the examples", () => {
    fc.assert(
      fc.property(composition.filter(isBody), assertAgreed),
      { seed: 2, numRuns: propertyRuns(1000) },
    );
  });

  it("are steps, each once, at the line of their checkbox, with any line breaks", () => {
    fc.assert(
      fc.property(composition.filter(isBody), fc.constantFrom("\n", "\r\n", "\r"), fc.boolean(), (text, end, hasMark) => {
        const lines = text.split("\n");
        const { steps } = runbookOf(`${hasMark ? "\uFEFF" : ""}${text.replaceAll("\n", end)}`);
        const tasks = steps.filter((step) => step.source === "task");
        assert.deepEqual(tasks.map(({ line }) => line), read(text).map(([line]) => line));
        for (const { line, source, part } of steps) {
          if (source === "section" || part === "option") continue;
          assert.match(lines[line] ?? "", /(?:[-*+]|\d[.)])(?:\s|$)/, JSON.stringify([text, line]));
        }
      }),
      { seed: 29, numRuns: propertyRuns(500) },
    );
  });
});
