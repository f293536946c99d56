import assert from "node:assert/strict";
import { startChecklist } from "../../../../src/core/checklist/startChecklist";
import { chartStepId, type Runbook } from "../../../../src/core/model/runbook";
import { isHandbook, sectionRunbook } from "../../../../src/core/runbook/procedure";
import { runbookOf } from "../../../support/readText";

const chart = (...lines: readonly string[]): readonly string[] => ["```mermaid", "flowchart LR", ...lines, "```"];

function outline({ steps }: Runbook): readonly string[] {
  return steps.map(({ text, depth, source }) => `${"  ".repeat(depth)}${text} (${source})`);
}

function headings(runbook: Runbook): readonly string[] {
  const { items } = startChecklist(runbook, { id: "r", startedAt: "2026-11-30T08:00:00Z", by: "ana", holders: {} });
  return items.map((item) => (item.kind === "section" ? `# ${item.title}` : item.text));
}

describe("A flowchart in a runbook", () => {
  it("is a checklist of its nodes, at its lines", () => {
    const runbook = runbookOf(["# T", "text", ...chart("s([Start]) --> a[Ask @primary]", "a --> b[Create REQUEST]")]);
    assert.deepEqual(outline(runbook), ["Ask @primary (chart)", "Create REQUEST (chart)"]);
    assert.deepEqual(runbook.steps.map(({ line, roles }) => [line, roles]), [[4, ["primary"]], [5, []]]);
    assert.deepEqual(runbook.sections.map(({ startable }) => startable), [true]);
    assert.deepEqual(runbook.charts.map(({ line, endLine, runs }) => [line, endLine, runs]), [[2, 7, true]]);
  });

  it("asks for issues and deadlines as steps of a list do", () => {
    const { steps } = runbookOf(["---", "within: 15m", "---", ...chart('a([S]) --> b["Create [REQUEST]"]')]);
    assert.deepEqual(steps.map(({ mentions, within }) => [mentions, within]), [[[{ kind: "request", action: "create" }], "15m"]]);
  });

  it("stands between the lists around it", () => {
    assert.deepEqual(outline(runbookOf(["- [ ] before", "", ...chart("a{Up?} -->|Yes| b", "a -->|No| c"), "", "# Next", "- [ ] after"])), ["before (task)", "Up? (chart)", "  Yes (chart)", "  No (chart)", "b (chart)", "c (chart)", "after (task)"]);
  });

  it("that says the same as the list of its section is a drawing of it", () => {
    const list = ["- [ ] Read the alert", "- [ ] Restart the service", "- [ ] Tell the users"];
    const drawing = chart("s([Alert]) --> a[Read the alert] --> b[Restart service] --> c[Tell the users]");
    assert.deepEqual(outline(runbookOf(["# A", ...list, "", ...drawing])), ["Read the alert (task)", "Restart the service (task)", "Tell the users (task)"]);
    assert.equal(runbookOf(["# A", ...list, "# B", ...drawing]).steps.length, 6);
    assert.equal(runbookOf(["# A", ...drawing, "## Start", ...list.slice(0, 2), "## Finish", ...list.slice(2)]).steps.length, 3);
    assert.deepEqual(runbookOf(["# A", ...list, "", ...drawing]).charts.map(({ runs }) => runs), [false]);
  });

  it("of boxes only runs when there is nothing else to do, or when its section is started by itself", () => {
    const boxes = chart("a[Client] --> b[Server]");
    const mixed = runbookOf(["# Parts", ...boxes, "# Do", "- [ ] this"]);
    assert.deepEqual(outline(mixed), ["this (task)"]);
    assert.deepEqual(sectionRunbook(mixed, "parts")?.steps.map(({ text }) => text), ["Client", "Server"]);
    assert.deepEqual(outline(runbookOf(["# Parts", ...boxes, "# More"])), ["Client (chart)", "Server (chart)"]);
  });

  it("of boxes that branch is a drawing of something else", () => {
    const drawings = [["a[Web] --> c[Gateway]", "b[Mobile] --> c"], ["a[Gateway] --> b[Users] & c[Orders]"], ["a[Gateway] --> b[Users] & c[Orders] --> d[Database]"], ["a[Leader] --> b[Replica]", "b --> a"], ["a[Only]"], ["a --> b", "c --> d"]];
    for (const lines of drawings) {
      const runbook = runbookOf(["# Parts", ...chart(...lines)]);
      assert.deepEqual([runbook.steps.map(({ source }) => source), runbook.sections.map(({ startable }) => startable), runbook.problems], [["section"], [false], []], lines.join());
    }
  });

  it("of boxes in a row runs, also through stages and with optional boxes", () => {
    for (const lines of [["subgraph one", "a[Stop] --> b[Copy]", "end", "subgraph two", "c[Start]", "end", "one --> two"], ["a[Stop] --> b[Copy] --> c[Start]"]]) assert.equal(runbookOf(["# A", ...chart(...lines)]).steps.length, 3);
    assert.deepEqual(runbookOf(["# A", ...chart("a[Stop] --> b[Copy] --> c[Start]", "a -.-> d[Notify]", "d -.-> c")]).steps.map(({ text, optional }) => [text, optional]), [["Stop", undefined], ["Copy", undefined], ["Notify", true], ["Start", undefined]]);
  });

  it("of boxes is a procedure if it asks for an issue or names a role", () => {
    const branching = (text: string): Runbook => runbookOf(["# A", ...chart(`a["${text}"] --> b[Work] & c[Tell]`), "", "# B", "- [ ] x"]);
    assert.deepEqual(["Create [REQUEST]", "Ask @primary", "A [REQUEST]", "Ask @nobody"].map((text) => branching(text).steps.length), [4, 4, 1, 1]);
  });

  it("with a problem has no steps, and says where the problem is", () => {
    const runbook = runbookOf(["# A", ...chart("a[Start", "b --> c")]);
    assert.deepEqual(runbook.steps.map(({ source }) => source), ["section"]);
    assert.deepEqual(runbook.problems.map(({ severity, range }) => [severity, range.startLine]), [["warning", 3]]);
  });

  it("that can be drawn but not run has no steps either", () => {
    const runbook = runbookOf(["# A", ...chart("s([S]) --> q{Ready?}", "q -->|Yes| b[B]", "q --> c[C]")]);
    assert.deepEqual([runbook.steps.length, runbook.charts.map(({ runs }) => runs)], [1, [false]]);
    assert.deepEqual(runbook.problems.map(({ code, range }) => [code, range.startLine]), [["exitWithoutLabel", 5]]);
  });

  it("has the labels that were written, and says which ones Mermaid draws without their last letter", () => {
    const runbook = runbookOf(["# A", ...chart("s([S]) --> q{No or yes?}", "q{No or yes?}--No-->a", "q -- Yes --> b")]);
    assert.deepEqual(runbook.steps.filter(({ part }) => part === "option").map(({ text }) => text), ["No", "Yes"]);
    assert.deepEqual(runbook.problems, [{ severity: "information", code: "cutLabel", range: { startLine: 4, startColumn: 15, endLine: 4, endColumn: 17 }, details: { name: "No", drawn: "N" } }]);
  });

  it("in a quote, in a list, or of another kind of diagram is only drawn", () => {
    for (const lines of [["> ```mermaid", "> flowchart LR", "> a([S]) --> b", "> ```"], ["- item", "  ```mermaid", "  flowchart LR", "  a([S]) --> b", "  ```"], ["```mermaid", "classDiagram", "A --> B", "```"]]) {
      assert.deepEqual(runbookOf(["# A", ...lines]).steps.map(({ source }) => source), ["section"]);
    }
  });

  it("keeps the ids of its nodes when texts, lines and other sections change", () => {
    const ids = (runbook: Runbook): readonly string[] => runbook.steps.filter(({ source }) => source === "chart").map(({ id }) => id);
    const one = ids(runbookOf(["# A", ...chart("s([S]) --> a[First] --> b[Second]")]));
    assert.deepEqual(ids(runbookOf(["# New", "- [ ] x", "# A", "more", ...chart("s([S]) --> a[Other words]", "a --> n[New]", "n --> b[Second]")])).filter((id) => one.includes(id)), one);
    assert.equal(new Set(ids(runbookOf(["# A", ...chart("s([S]) --> a"), "", ...chart("s([S]) --> a"), "# B", ...chart("s([S]) --> a")]))).size, 3);
  });

  it("is found again from the id of a step, which follows from that of its node", () => {
    const { steps, charts } = runbookOf(["# A", ...chart("s([S]) --> a.b[First]")]);
    assert.deepEqual(steps.map(({ id }) => id), charts.map((one) => chartStepId(one, "a.b")));
    assert.deepEqual(charts.filter(({ prefix }) => steps[0]?.id.startsWith(`${prefix}.`)), charts);
  });

  it("runs the section or the link that a sub-procedure names", () => {
    const { steps } = runbookOf(["# Simple request", ...chart("s([S]) --> a[[Go to the complex \\n request workflow]]", "a --> b[[Work]]", "b --> c[[Elsewhere]]", 'click c "other.md#part"', "c --> d[Complex request]"), "# Complex request", "- [ ] x"]);
    assert.deepEqual(steps.map(({ runbooks }) => runbooks), [["runbooks/a.md#complex-request"], [], ["runbooks/other.md#part"], [], []]);
    assert.deepEqual(steps.flatMap(({ text, needsIssues }) => (needsIssues === true ? [text] : [])), ["Work"]);
  });

  it("runs another runbook of the desk that a sub-procedure names", () => {
    const { steps } = runbookOf(["# A", ...chart("s([S]) --> a[[Restart the database]]", "a --> b[[Escalation]]", "b --> c[[Escalation of all]]")], { runbooks: ["runbooks/a.md", "runbooks/db/restart-database.md", "runbooks/escalation.md"] });
    assert.deepEqual(steps.map(({ runbooks }) => runbooks), [["runbooks/db/restart-database.md"], ["runbooks/escalation.md"], []]);
  });

  it("twice makes a file a handbook", () => {
    assert.ok(isHandbook(runbookOf(["# A", "## One", ...chart("s([S]) --> a"), "## Two", ...chart("s([S]) --> b")])));
  });
});

describe("The checklist of a flowchart", () => {
  it("has its stages as sections, unless they repeat the heading", () => {
    const staged = chart("s([S]) --> a[A]", "subgraph one [First stage]", "b[B]", "end", "a --> b --> c[C]");
    assert.deepEqual(headings(runbookOf(["# Top", ...staged])), ["# Top", "A", "# First stage", "B", "# After “First stage”", "C"]);
    assert.deepEqual(headings(runbookOf(["# First stage", ...staged])), ["# First stage", "A", "B", "C"]);
  });

  it("has another section where a stage continues after other steps", () => {
    const items = startChecklist(runbookOf(["# Top", ...chart("subgraph one", "a", "c", "end", "s([S]) --> a --> b --> c")]), { id: "r", startedAt: "2026-11-30T08:00:00Z", by: "ana", holders: {} }).items;
    const sections = items.filter(({ kind }) => kind === "section").map(({ id }) => id);
    assert.equal(sections.length, 3);
    assert.equal(new Set(sections).size, 3);
  });
});
