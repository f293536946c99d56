import assert from "node:assert/strict";
import { findBrokenFragments, isFragmentOf } from "../../../../src/core/runbook/fragments";
import { fixesFor } from "../../../../src/core/runbook/runbookFixes";
import { readMarkdown, readRunbook } from "../../../../src/markdown/readMarkdown";
import { cpuTime } from "../../../support/cpuTime";
import { deskNames } from "../../../support/readText";

const target = ["# 🚀 Deploy :tada: now", "## 1. First things", "## Größe und Zeit", "## Same", "## Same", '<a id="by-hand"></a>', "<h2 name='quoted one'>x</h2>", "", "## Odd {#my-own .wide}", "## 日本語", "[^1]: note"].join("\n");

const sections = readRunbook("runbooks/other.md", target, deskNames).sections;

async function problems(text: string): Promise<readonly (readonly unknown[])[]> {
  const runbook = readRunbook("runbooks/a.md", text, deskNames);
  const document = readMarkdown(text);
  const found = await findBrokenFragments(runbook, { text, document: () => document }, async (path) => (path === "runbooks/other.md" ? { sections, text: target } : undefined));
  return found.map((problem) => {
    const { startLine, startColumn, endColumn } = problem.range;
    const fixes = fixesFor(problem, { path: "runbooks/a.md", document, context: deskNames, runbooks: [], today: "2026-11-30", item: "" }).map((fix) => fix.text);
    return [(document.lines[startLine] ?? "").slice(startColumn, endColumn), problem.details["path"], fixes];
  });
}

describe("A link in a step to a heading", () => {
  it("is a problem if the heading is gone, and can be changed to the nearest", async () => {
    const text = "# A\n- [ ] Do [x](other.md#first-thing), then [y](./other.md#größe-zeit)\n- [ ] [z](#starting-the-day) and [w](#nothing-near)\n## Starting a day\ntext\n";
    assert.deepEqual(await problems(text), [
      ["other.md#first-thing", "runbooks/other.md", []],
      ["./other.md#größe-zeit", "runbooks/other.md", ["./other.md#größe-und-zeit"]],
      ["#starting-the-day", "runbooks/a.md", ["#starting-a-day"]],
      ["#nothing-near", "runbooks/a.md", []],
    ]);
  });

  it("is none if it leads somewhere, if the file is gone, or outside of steps", async () => {
    assert.deepEqual(await problems("# A\n- [ ] [a](other.md#same-1), [b](#a), [c](gone.md#x), [d](https://a.org/x.md#y), [e](other.md)\n\nSee [f](other.md#nowhere-at-all).\n"), []);
    assert.deepEqual(await problems("- [ ] `[a](other.md#nowhere-at-all)`\n"), []);
  });
});

describe("A fragment", () => {
  for (const known of ["same", "Same-1", "same_1", "größe-und-zeit", "grosse-und-zeit".replace("ss", "ß"), "Größe und Zeit", "first-things", "1-first-things", "1.-first-things", "-deploy-tada-now", "rocket-deploy-tada-now", "by-hand", "my-own", "user-content-by-hand", "quoted one", "L12", "L3-L9", "fn1", "fnref-1", "top", "_3", "日本語", ":~:text=a"]) {
    it(`leads somewhere: #${known}`, () => assert.ok(isFragmentOf(known, { sections, text: target })));
  }

  for (const gone of ["sam", "first", "things", "größe", "by-han", "wide", "deployment", "somewhere", "日本"]) {
    it(`leads nowhere: #${gone}`, () => assert.ok(!isFragmentOf(gone, { sections, text: target })));
  }

  it("is looked for in linear time", () => {
    const long = ["{", "{#", "id=", "name  =  ", "#"].map((part) => part.repeat(40_000)).join("\n");
    const before = cpuTime();
    assert.ok(!isFragmentOf("nowhere", { sections, text: long }));
    assert.ok(cpuTime() - before < 1000);
  });
});
