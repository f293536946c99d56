import assert from 'node:assert/strict';
import { startChecklist } from '../../../../src/core/checklist/startChecklist';
import { sectionRunbook } from '../../../../src/core/runbook/procedure';
import { runbookOf } from '../../../support/readText';

const start = { id: "r1", startedAt: "2026-11-20T16:02:11Z", by: "ana", holders: { primary: "ben", "on-site": "eva" } };

function shown(lines: readonly string[]): readonly string[] {
  return startChecklist(runbookOf(lines), start).items.map((item) => (item.kind === "section" ? `${item.gate ? "gate" : "##"} ${item.title}` : `${"  ".repeat(item.depth)}${item.part} ${item.text}`));
}

describe("A new checklist", () => {
  it("has every step, open, below the headings that contain steps", () => {
    const checklist = startChecklist(runbookOf(["- [ ] first", "# A", "words", "## B", "- [x] two", "  - [ ] three", "## C", "## D", "1. four"]), start);
    assert.deepEqual(shown(["- [ ] first", "# A", "words", "## B", "- [x] two", "  - [ ] three", "## C", "## D", "1. four"]), ["step first", "## B", "step two", "  step three", "## D", "step four"]);
    for (const item of checklist.items) if (item.kind === "step") assert.deepEqual([item.mark, item.links], [{ kind: "open" }, []]);
    assert.deepEqual([checklist.id, checklist.runbook, checklist.title, checklist.by, checklist.startedAt], ["r1", "runbooks/a.md", "A", "ana", "2026-11-20T16:02:11Z"]);
  });

  it("names the holders of roles, and keeps other names and code", () => {
    assert.deepEqual(shown(["- [ ] Ask @Primary, @on-site, @backup, @channel, `@primary` and x@primary.org."]), ["step Ask @ben, @eva, @backup, @channel, `@primary` and x@primary.org."]);
  });

  it("names the holders of roles as variables, but not where a step gives the name a type, and all people who can approve", () => {
    const texts = (...lines: readonly string[]) => startChecklist(runbookOf(lines), { ...start, people: { qa: ["ana", "kim"] } }).items.map((item) => (item.kind === "step" ? item.text : ""));
    assert.deepEqual(texts("- [ ] Tell {{primary}} and @qa (approval by @qa or @primary)"), ["Tell @ben and @qa (approval by @ana or @kim or @ben)"]);
    assert.deepEqual(texts("- [ ] Tell {{primary}}", "- [ ] Ask {{primary: person}}"), ["Tell {{primary}}", "Ask {{primary: person}}"]);
  });

  it("makes sections of a gate gates, and omits a heading that is itself the step", () => {
    assert.deepEqual(shown(["# Gate: QA", "## Code", "- [ ] x", "# After", "- [ ] y"]), ["gate Code", "step x", "## After", "step y"]);
    assert.deepEqual(shown(["# A", "## B", "text"]), ["step Follow: B"]);
  });

  it("of a section has no heading for its own title, except for a gate", () => {
    const section = (slug: string): readonly string[] => {
      const runbook = sectionRunbook(runbookOf(["# A", "- [ ] a", "## B", "- [ ] b", "# Gate: C", "- [ ] c"]), slug);
      return runbook === undefined ? [] : startChecklist(runbook, start).items.map((item) => (item.kind === "section" ? `${item.gate ? "gate" : "##"} ${item.title}` : item.text));
    };
    assert.deepEqual(section("a"), ["a", "## B", "b"]);
    assert.deepEqual(section("gate-c"), ["gate Gate: C", "c"]);
  });

  it("has no step below the heading of another section, when whole sections are steps", () => {
    assert.deepEqual(shown(["# A", "## 1. B", "text", "## 2. Do", "1. x", "## 3. C", "text"]), ["## 1. B", "step Follow: 1. B", "## 2. Do", "step x", "## 3. C", "step Follow: 3. C"]);
    assert.deepEqual(shown(["# A", "## 1. B", "text", "## Gate: ready", "- [ ] x", "## 2. C", "text"]), ["## 1. B", "step Follow: 1. B", "gate Gate: ready", "step x", "## 2. C", "step Follow: 2. C"]);
    assert.deepEqual(shown(["# A", "## B", "text", "## Gate: ready", "text", "## C", "text"]), ["step Follow: B", "gate Gate: ready", "step Follow: Gate: ready", "## C", "step Follow: C"]);
  });

  it("has the edges of a flowchart, and which of its steps are optional", () => {
    const runbook = runbookOf(["- [ ] one", "- [ ] two"]);
    const [one, two] = runbook.steps.map(({ id }) => id);
    const steps = runbook.steps.map((step, index) => (index === 0 ? { ...step, next: [two ?? ""] } : { ...step, next: [], optional: true as const }));
    assert.deepEqual(startChecklist({ ...runbook, steps }, start).items.map((item) => (item.kind === "step" ? [item.id, item.next, item.optional] : [])), [[one, [two], undefined], [two, [], true]]);
  });
});
