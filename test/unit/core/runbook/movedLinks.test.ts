import assert from 'node:assert/strict';
import { movedDeskRunbooks, movedLinks, movesOf, type TextChange, writtenLinks } from '../../../../src/core/runbook/links';
import { readMarkdown } from '../../../../src/markdown/readMarkdown';

const from = "runbooks/a.md";

function changed(text: string, changes: readonly TextChange[]): string {
  const lines = text.split("\n");
  for (const { range, text: put } of changes.toReversed()) {
    const line = lines[range.startLine] ?? "";
    lines[range.startLine] = line.slice(0, range.startColumn) + put + line.slice(range.endColumn);
  }
  return lines.join("\n");
}

const after = (text: string, ...renamed: readonly { from: string; to: string }[]): string => changed(text, movedLinks(from, readMarkdown(text), movesOf(renamed)));

describe("Links after a runbook moved", () => {
  const b = { from: "runbooks/b.md", to: "runbooks/net/b (new).md" };
  const cases: readonly (readonly [what: string, text: string, result: string])[] = [
    ["a link, with its fragment", "see [b](b.md#top) and [c](c.md)", "see [b](net/b%20%28new%29.md#top) and [c](c.md)"],
    ["one from the root", "[b](/runbooks/b.md)", "[b](/runbooks/net/b%20%28new%29.md)"],
    ["one with a title and one that begins with a dot", '[b](./b.md "B")', '[b](./net/b%20%28new%29.md "B")'],
    ["one in angle brackets", "[b](<b.md>)", "[b](<net/b %28new%29.md>)"],
    ["a definition and not its use", "see [b] and [b.md][b]\n\n[b]: b.md", "see [b] and [b.md][b]\n\n[b]: net/b%20%28new%29.md"],
    ["a label that looks like its destination", "see [b.md]\n\n[b.md]: b.md", "see [b.md]\n\n[b.md]: net/b%20%28new%29.md"],
    ["several in a line, one in code left alone", "[b](b.md) `[b](b.md)` [b](b.md)", "[b](net/b%20%28new%29.md) `[b](b.md)` [b](net/b%20%28new%29.md)"],
    ["nothing in a fence", "```\n[b]: b.md\n```", "```\n[b]: b.md\n```"],
  ];
  for (const [what, text, result] of cases) it(`change ${what}`, () => assert.equal(after(text, b), result));

  it("of the moved text itself lead to the same targets, images too", () => {
    const text = "[b](b.md) ![p](img/p.png) [top](#top) [web](https://a.org/b.md) [up](/runbooks/b.md)";
    assert.equal(after(text, { from, to: "runbooks/net/a.md" }), "[b](../b.md) ![p](../img/p.png) [top](#top) [web](https://a.org/b.md) [up](/runbooks/b.md)");
  });
  it("within a moved folder are unchanged", () => assert.equal(after("[b](b.md) [o](../o.md)", { from: "runbooks", to: "docs/books" }), "[b](b.md) [o](../../o.md)"));
  it("to a folder whose name only starts with the same text are unchanged", () => assert.equal(after("[b](b2/x.md)", { from: "runbooks/b", to: "runbooks/c" }), "[b](b2/x.md)"));
  it("are at their reported positions", () => {
    const text = "é [b](b.md)";
    assert.deepEqual(writtenLinks(from, readMarkdown(text)).map(({ line, column, endColumn, target }) => [text.slice(column, endColumn), line, target]), [["b.md", 0, "runbooks/b.md"]]);
  });
});

describe("A desk's runbooks after a move", () => {
  const text = 'team: A\nkinds:\n  incident: { repository: local, runbook: b.md }\n  request:\n    runbook: "c.md"\n';
  it("are updated only if they moved", () => {
    assert.equal(changed(text, movedDeskRunbooks("runbooks", text, movesOf([{ from: "runbooks/b.md", to: "runbooks/net/b.md" }]))), text.replace("b.md", "net/b.md"));
    assert.equal(changed(text, movedDeskRunbooks("runbooks", text, movesOf([{ from: "runbooks/c.md", to: "runbooks/c d.md" }]))), text.replace("c.md", "c d.md"));
  });
  it("are unchanged when they leave the desk's folder or move with it", () => {
    assert.deepEqual(movedDeskRunbooks("runbooks", text, movesOf([{ from: "runbooks/b.md", to: "b.md" }])), []);
  });
});
