import assert from 'node:assert/strict';
import { newRunbook, newRunbookPath, promotedRunbook, promotedTitle, type RunbookForm } from '../../../../src/core/runbook/newRunbook';
import { readMarkdown } from '../../../../src/markdown/readMarkdown';
import { outlineOf, runbookOf } from '../../../support/readText';

const today = "2026-11-21";

const hostile = 'A "b": [c](d) # <e> \\ *f*';

describe("A new runbook", () => {
  for (const form of ["response", "checklist", "gates", "plain"] satisfies RunbookForm[]) {
    it(`of the form ${form} has steps, any title, and no problem`, () => {
      const runbook = runbookOf(newRunbook({ form, title: hostile, kind: "request", role: "primary", today }));
      assert.deepEqual(runbook.problems, []);
      assert.ok(runbook.steps.length > 0);
      assert.deepEqual([runbook.title, runbook.sections[0]?.title, runbook.details.kind, runbook.details.reviewed], [hostile, hostile, "request", today]);
    });
  }
  it("that is a checklist names its role and time", () => {
    const { details } = runbookOf(newRunbook({ form: "checklist", title: "A", role: "on-site", today }));
    assert.deepEqual([details.role, details.when], ["on-site", "start-of-day"]);
  });
  it("is named after its title, without conflicts", () => {
    const taken = new Set(["runbooks/restart-the-portal.md", "runbooks/restart-the-portal-2.md"]);
    assert.equal(newRunbookPath("runbooks", "Restart: the *Portal*!", (path) => taken.has(path)), "runbooks/restart-the-portal-3.md");
    assert.equal(newRunbookPath("", "../..", () => false), "runbook.md");
  });
});

describe("A runbook from an existing text", () => {
  const promoted = (text: string, more: Partial<Parameters<typeof promotedRunbook>[1]> = {}): string => promotedRunbook(readMarkdown(text), { title: "T", match: [], today, ...more });
  const bodyOf = (text: string): string => promoted(text).split("# T\n\n")[1] ?? "";
  const cases: readonly (readonly [what: string, text: string, body: string])[] = [
    ["turns bullets into steps, not those below them", "Do:\n\n* one\n  * more\n* two", "Do:\n\n* [ ] one\n  * more\n* [ ] two\n"],
    ["leaves bullets beside numbered steps", "1. one\n2. two\n\n- note", "1. one\n2. two\n\n- note\n"],
    ["opens boxes again, and drops our marks", "- [x] one <!-- desk:step a1 by=ana -->\n- [ ] two <!-- mine -->", "- [ ] one\n- [ ] two <!-- mine -->\n"],
    ["leaves code as it is", "```\n- [x] a\n- b\n```\n\n- c", "```\n- [x] a\n- b\n```\n\n- [ ] c\n"],
    ["leaves quotes as they are", "> - a\n\nb", "> - a\n\nb\n"],
    ["drops the front matter that came along", "---\nkind: x\n---\ntext", "text\n"],
  ];
  for (const [what, text, body] of cases) it(what, () => assert.equal(bodyOf(text), body));

  it("contains the issues that it is for, and its origin", () => {
    const runbook = promoted("- one", { title: hostile, kind: "incident", match: ["Portal", "a, b"], source: "From [acme/desk#7](https://a.org)" });
    const { title, details, problems, steps } = runbookOf(runbook);
    assert.deepEqual([title, details.kind, details.match, problems, steps.length], [hostile, "incident", ["Portal", "a, b"], [], 1]);
    assert.ok(runbook.endsWith("\nFrom [acme/desk#7](https://a.org)\n"));
  });
  it("keeps the heading that is its title, once", () => {
    assert.deepEqual(outlineOf(runbookOf(promoted("# T\n\n- one"))), ["- one"]);
    assert.equal(promoted("# T\n\n- one").match(/^# T$/gm)?.length, 1);
  });
  it("is named after its first heading, otherwise its first line", () => {
    assert.deepEqual(["# A *b*\n\ntext", "<!-- x -->\n\nSome words\nand more", "- [ ] one\n- two", "```\na\n```"].map((text) => promotedTitle(readMarkdown(text))), ["A b", "Some words and more", "one", ""]);
  });
});
