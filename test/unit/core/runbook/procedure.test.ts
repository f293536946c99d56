import assert from "node:assert/strict";
import { deskChecklists, headingPath, isHandbook, nearestSection, proceduresOf, sectionAt, sectionRunbook, sectionsToStart, withDeskChecklist, withDistinctTitles } from "../../../../src/core/runbook/procedure";
import type { Runbook } from "../../../../src/core/model/runbook";
import { readRunbook } from "../../../../src/markdown/readMarkdown";

const context = { kinds: ["request"], roles: ["primary"], priorities: [] };

function runbookOf(...lines: readonly string[]): Runbook {
  return readRunbook("runbooks/ops.md", lines.join("\n"), context);
}

const handbook = runbookOf(
  "---", "assign: primary", "when: start-of-day", "---",
  "# Operations", "How we work.",
  "## Hours", "From 8 to 18.",
  "## Support", "",
  "### On starting the day", "- [ ] Read the channel", "- [ ] Create a [REQUEST]", "  - [ ] Link it",
  "```issue", "kind: request", "title: T", "---", "Body", "```",
  "### On starting the day", "1. Read the board",
  "## Release / Deployment 🚀", "- Announce it", "- Do it with `make`", "  - or by hand", "",
  "## Contacts", "Ask.",
);

function slugs({ sections }: Runbook): readonly string[] {
  return sections.map(({ slug }) => slug);
}

describe("A section of a runbook", () => {
  it("has the slug that GitHub gives its heading", () => {
    assert.deepEqual(slugs(handbook), ["operations", "hours", "support", "on-starting-the-day", "on-starting-the-day-1", "release--deployment-", "contacts"]);
    assert.deepEqual(slugs(runbookOf("Set ext", "===", "# `code` and [a link](x.md)", "# A_b *c* & d?", "# Größe 1.2", "# ", "# Same", "# same-1", "# Same")), ["set-ext", "code-and-a-link", "a_b-c--d", "größe-12", "", "same", "same-1", "same-2"]);
  });

  it("is startable if it contains steps", () => {
    assert.deepEqual(handbook.sections.filter(({ startable }) => startable).map(({ slug }) => slug), ["operations", "support", "on-starting-the-day", "on-starting-the-day-1"]);
    assert.deepEqual(runbookOf("# A", "text", "## B", "text").sections.map(({ startable }) => startable), [false, false]);
    assert.deepEqual(runbookOf("# A", "## 1. Do this", "text", "## 2. Do that", "text", "# B", "- [ ] c").sections.map(({ startable }) => startable), [true, false, false, true]);
  });

  it("is a runbook with the steps, templates and ids that it has in the file", () => {
    const section = sectionRunbook(handbook, "on-starting-the-day");
    assert.deepEqual(section?.steps, handbook.steps.slice(0, 3));
    assert.deepEqual(section?.templates, handbook.templates);
    assert.deepEqual([section?.path, section?.file, section?.title], ["runbooks/ops.md#on-starting-the-day", "runbooks/ops.md", "On starting the day"]);
    assert.equal(sectionRunbook(runbookOf("# The team to:", "- [ ] a"), "the-team-to")?.title, "The team to");
    assert.deepEqual(sectionRunbook(handbook, "on-starting-the-day-1")?.steps.map(({ text }) => text), ["Read the board"]);
  });

  it("includes the sections below it", () => {
    assert.deepEqual(sectionRunbook(handbook, "support")?.steps.length, 4);
    assert.deepEqual(slugs(sectionRunbook(handbook, "support") ?? handbook), ["support", "on-starting-the-day", "on-starting-the-day-1"]);
  });

  it("keeps the front matter of the file, except for the time at which the file is due", () => {
    assert.deepEqual(sectionRunbook(handbook, "support")?.details, { assign: "primary", labels: [], match: [] });
  });

  it("without steps has the items of its lists as steps, or itself", () => {
    assert.deepEqual(sectionRunbook(handbook, "release--deployment-")?.steps.map(({ text, depth, source }) => [text, depth, source]), [["Announce it", 0, "bullet"], ["Do it with `make`", 0, "bullet"], ["or by hand", 1, "bullet"]]);
    assert.deepEqual(sectionRunbook(handbook, "contacts")?.steps.map(({ text, source }) => [text, source]), [["Follow: Contacts", "section"]]);
  });

  it("does not exist under an unknown slug, and is found in any case", () => {
    assert.equal(sectionRunbook(handbook, "contact"), undefined);
    assert.equal(sectionRunbook(handbook, "Support")?.path, "runbooks/ops.md#support");
  });

  it("can be named by a link in a step, also in the same file", () => {
    const { steps } = runbookOf("# A", "- [ ] Do [this](other.md#part-1) and [that](#b), then [all](ops.md)", "# B", "- [ ] x");
    assert.deepEqual(steps[0]?.runbooks, ["runbooks/other.md#part-1", "runbooks/ops.md#b"]);
  });
});

describe("The sections to start", () => {
  const started = (...lines: readonly string[]): readonly string[] => sectionsToStart(runbookOf(...lines)).map(({ slug }) => slug);

  it("are those with steps, except gates and the first heading of everything", () => {
    assert.deepEqual(sectionsToStart(handbook).map(({ slug }) => slug), ["support", "on-starting-the-day", "on-starting-the-day-1"]);
    assert.deepEqual(started("# A", "- [ ] a"), []);
    assert.deepEqual(started("# A", "## Gate: x", "- [ ] a", "## C", "- [ ] c"), ["c"]);
    assert.deepEqual(started("## A", "text", "## B", "- [ ] a", "## C", "- [ ] c"), ["b", "c"]);
  });

  it("include the innermost one at a line", () => {
    const { sections } = handbook;
    assert.deepEqual([0, 5, 9, 11, 14].map((line) => sectionAt({ sections }, line)?.slug), [undefined, "operations", "support", "on-starting-the-day", "on-starting-the-day"]);
  });
});

describe("Titles of role checklists", () => {
  it("differ by role, then by file, then by number", () => {
    const one = (file: string, title: string, role?: string): Runbook => ({ ...handbook, file, path: file, title, details: { labels: [], match: [], ...(role === undefined ? {} : { role }) } });
    assert.deepEqual(withDistinctTitles([one("a/x.md", "Day", "primary"), one("a/x.md", "Day", "backup"), one("a/x.md", "Night"), one("b/y.md", "Night"), one("c/z.md", "Week"), one("c/z.md", "Week")]).map(({ title }) => title), ["Day (primary)", "Day (backup)", "Night (x.md)", "Night (y.md)", "Week", "Week (2)"]);
    const single = [one("a.md", "Day", "primary"), one("b.md", "Night", "primary")];
    assert.deepEqual(withDistinctTitles(single), single);
  });
});

describe("A handbook", () => {
  it("holds several procedures between explanations", () => {
    assert.ok(isHandbook(handbook));
    assert.deepEqual(proceduresOf(handbook).map(({ slug }) => slug), ["on-starting-the-day", "on-starting-the-day-1"]);
    assert.deepEqual(headingPath(handbook, proceduresOf(handbook)[0] ?? { id: "", slug: "", title: "", depth: 0, line: 0, endLine: 0, gate: false, startable: false }), ["Support"]);
  });

  it("is not a runbook whose sections are the parts of one procedure", () => {
    assert.ok(!isHandbook(runbookOf("# Restart", "Why.", "## Before", "- [ ] a", "## Do", "- [ ] b", "## After", "- [ ] c")));
    assert.ok(!isHandbook(runbookOf("# Restart", "## Why", "t", "## Who", "t", "## When", "t", "## Do", "- [ ] b", "## Gate", "- [ ] c")));
  });

  it("is not a procedure whose parts are numbered, however much it explains", () => {
    const parts = (...titles: readonly string[]): Runbook => runbookOf("# Upgrade", "## Why", "t", "## Who", "t", "## When", "t", "## Risks", "t", "## Links", "t", ...titles.flatMap((title) => [`## ${title}`, "- [ ] a"]));
    assert.ok(!isHandbook(parts("Step 1: Nodes", "Optional Step 2: More nodes", "Step 3: State")));
    assert.ok(!isHandbook(parts("1. Nodes", "2. State")));
    assert.ok(isHandbook(parts("Nodes", "State", "2. Something")));
  });

  it("is what its front matter says", () => {
    assert.ok(!isHandbook({ ...handbook, details: runbookOf("---", "handbook: false", "---").details }));
    assert.ok(isHandbook(runbookOf("---", "handbook: true", "---", "# A", "- [ ] a")));
  });
});

describe("A slug that is gone", () => {
  it("is close to the heading that shares most of its words", () => {
    assert.equal(nearestSection(handbook.sections, "on-starting-a-day")?.slug, "on-starting-the-day");
    assert.equal(nearestSection(handbook.sections, "something-else"), undefined);
    assert.equal(nearestSection([], "x"), undefined);
  });
});

describe("Checklists that desk.yml lists", () => {
  const desk = { checklists: [{ runbook: "ops.md#support", role: "backup", when: "end-of-day" as const }, { runbook: "ops.md", when: "during-day" as const }] };

  it("are relative to the folder of the desk", () => {
    assert.deepEqual(deskChecklists(desk, "runbooks").map(({ runbook }) => runbook), ["runbooks/ops.md#support", "runbooks/ops.md"]);
    assert.deepEqual(deskChecklists(desk, ""), desk.checklists);
  });

  it("override role and time of the front matter", () => {
    const section = sectionRunbook(handbook, "support");
    assert.ok(section !== undefined);
    assert.deepEqual(withDeskChecklist(section, desk, "runbooks").details, { assign: "primary", labels: [], match: [], role: "backup", when: "end-of-day" });
    assert.deepEqual(withDeskChecklist(handbook, desk, "runbooks").details.when, "during-day");
    assert.equal(withDeskChecklist(handbook, desk, ""), handbook);
  });
});
