import assert from 'node:assert/strict';
import { movedDeskRunbooks } from '../../../../src/core/runbook/deskRunbooks';
import { movedLinks, movesOf, procedureAtUrl, type TextChange, writtenLinks } from '../../../../src/core/runbook/links';
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

describe("The GitHub address of a runbook", () => {
  const home = "https://github.com/acme/desk";
  const at = (name: string) => ({ path: decodeURI(name), url: `${home}/blob/HEAD/${name}` });
  const known = [at("ops.md"), at("runbooks/ops.md"), at("runbooks/gr%C3%B6%C3%9Fe%20x.md"), { path: "other:/runbooks/x.md", url: "https://github.com/acme/other/blob/HEAD/runbooks/x.md" }];
  const cases: readonly (readonly [string, string | undefined])[] = [
    [`${home}/blob/HEAD/runbooks/ops.md`, "runbooks/ops.md"],
    [`${home}/blob/0123abc/runbooks/ops.md#start-of-day`, "runbooks/ops.md#start-of-day"],
    [`${home}/blob/feature/x/runbooks/ops.md?plain=1#gr%C3%B6%C3%9Fe`, "runbooks/ops.md#größe"],
    [`${home}/blob/main/ops.md`, "ops.md"],
    [`${home}/blob/main/runbooks/gr%C3%B6%C3%9Fe%20x.md`, "runbooks/größe x.md"],
    ["https://github.com/acme/other/blob/main/runbooks/x.md#a", "other:/runbooks/x.md#a"],
    [`${home}/blob/main/drops.md`, undefined],
    [`${home}/tree/main/runbooks/ops.md`, undefined],
    ["https://evil.example/acme/desk/blob/main/runbooks/ops.md", undefined],
    [`${home}/blob/ops.md`, undefined],
    [`${home}/blob/main/%E0%A4%A/ops.md`, undefined],
  ];
  for (const [href, path] of cases) it(`${path === undefined ? "is not" : "is"} ${href}`, () => assert.equal(procedureAtUrl(href, known), path));
});

describe("A desk's runbooks after a move", () => {
  const text = 'team: A\nkinds:\n  incident: { repository: local, runbook: b.md }\n  request:\n    runbook: "c.md"\n';
  it("are updated only if they moved", () => {
    assert.equal(changed(text, movedDeskRunbooks("runbooks", text, movesOf([{ from: "runbooks/b.md", to: "runbooks/net/b.md" }]))), text.replace("b.md", "net/b.md"));
    assert.equal(changed(text, movedDeskRunbooks("runbooks", text, movesOf([{ from: "runbooks/c.md", to: "runbooks/c d.md" }]))), text.replace("c.md", "c d.md"));
  });
  it("are unchanged when they leave the desk's folder or move with it", () => {
    const listed = "checklists:\n  - { runbook: b.md#start-of-day, when: start-of-day }\n";
    assert.equal(changed(listed, movedDeskRunbooks("runbooks", listed, movesOf([{ from: "runbooks/b.md", to: "runbooks/net/b.md" }]))), listed.replace("b.md#", "net/b.md#"));
    assert.deepEqual(movedDeskRunbooks("runbooks", text, movesOf([{ from: "runbooks/b.md", to: "b.md" }])), []);
  });
});
