import assert from "node:assert/strict";
import { renderChecklistExport } from "../../../../src/core/checklist/exportChecklist";
import { choose, markStep } from "../../../../src/core/checklist/marking";
import { startChecklist } from "../../../../src/core/checklist/startChecklist";
import { readFlowchart } from "../../../../src/core/flowchart/readFlowchart";
import type { Checklist } from "../../../../src/core/model/checklist";
import type { DrawnChart } from "../../../../src/core/model/drawnChart";
import type { Runbook } from "../../../../src/core/model/runbook";
import { drawCharts } from "../../../../src/core/runbook/drawCharts";
import { readRunbook } from "../../../../src/markdown/readMarkdown";

const context = { kinds: [], roles: [], priorities: [] };

const read = (text: string): Runbook => readRunbook("a.md", text, context);

const chart = (...lines: readonly string[]): string => `\`\`\`mermaid\nflowchart LR\n${lines.join("\n")}\n\`\`\`\n`;

const text = `# Release\n\n${chart("begin([Begin]) --> test[Test it]", "subgraph Build", "test --> good{Good?}", "end", "good -->|No| fix[[Fix it]] --> test", "good ==>|Yes| ship[Ship it] --> finish([Done])", "ship -.-> note[Take notes]")}`;

const start = (runbook: Runbook): Checklist => startChecklist(runbook, { id: "r", startedAt: "2026-11-20T16:00:00Z", by: "ana", holders: {} });

const at = (second: number): { readonly by: string; readonly at: string } => ({ by: "ana", at: `2026-11-20T17:00:0${second}Z` });

const idOf = (checklist: Checklist, node: string): string => checklist.items.find(({ id }) => id.endsWith(`.${node}`))?.id ?? assert.fail(node);

const done = (checklist: Checklist, node: string, second: number): Checklist => markStep(checklist, idOf(checklist, node), { kind: "done", ...at(second) }) ?? assert.fail(node);

const chosen = (checklist: Checklist, option: string, second: number): Checklist => choose(checklist, idOf(checklist, option), { kind: "done", ...at(second) }) ?? assert.fail(option);

const nodes = ({ nodes: all }: DrawnChart): readonly string[] => all.map(({ id, state, pass, optional }) => [id, state, ...(pass === undefined ? [] : [pass]), ...(optional === true ? ["optional"] : [])].join(" "));

const walkedEdges = ({ edges }: DrawnChart): readonly string[] => edges.filter(({ walked }) => walked).map(({ from, to }) => `${from} ${to}`);

const only = (charts: readonly DrawnChart[]): DrawnChart => (charts.length === 1 ? charts[0] : undefined) ?? assert.fail(`${charts.length} charts`);

describe("the drawn charts of a checklist", () => {
  const runbook = read(text);
  const run = start(runbook);

  it("show each node's state, and the starts and ends that were reached", () => {
    assert.deepEqual(nodes(only(drawCharts(run, runbook))), ["begin done", "test current", "good open", "fix open", "ship open", "finish plain", "note open optional"]);
    const shipped = done(chosen(done(run, "test", 1), "good>ship", 2), "ship", 3);
    const drawn = only(drawCharts(shipped, runbook));
    assert.deepEqual(nodes(drawn), ["begin done", "test done", "good done", "fix left", "ship done", "finish done", "note open optional"]);
    assert.deepEqual(walkedEdges(drawn), ["begin test", "test good", "good ship", "ship finish"]);
  });

  it("show the pass of repeated nodes, and only the way of the current pass", () => {
    const again = done(chosen(done(run, "test", 1), "good>fix", 2), "fix", 3);
    const drawn = only(drawCharts(again, runbook));
    assert.deepEqual(nodes(drawn), ["begin done", "test current 2", "good open 2", "fix open 2", "ship open", "finish plain", "note open optional"]);
    assert.deepEqual(walkedEdges(drawn), ["begin test"]);
  });

  it("keep the styles, labels and subgraphs of the runbook", () => {
    const { direction, edges, subgraphs, nodes: [, test] } = only(drawCharts(run, runbook));
    assert.equal(direction, "LR");
    assert.deepEqual(edges.map(({ style, label = "" }) => `${style} ${label}`.trim()).sort(), ["dotted", "solid", "solid", "solid", "solid No", "solid", "thick Yes"].sort());
    assert.deepEqual(subgraphs.map(({ title }) => title), ["Build"]);
    assert.equal(test?.subgraph, subgraphs[0]?.id);
  });

  it("come from the steps alone when the runbook is gone or its chart has other edges", () => {
    const other = read(text.replace("ship[Ship it] -->", "check[Look again] --> ship[Ship it] -->"));
    for (const now of [undefined, other]) {
      const drawn = only(drawCharts(done(run, "test", 1), now));
      assert.deepEqual(drawn.nodes.map(({ text: words, state, shape }) => `${words} ${state} ${shape}`), ["Test it done step", "Good? current decision", "Fix it open step", "Ship it open step", "Take notes open step"]);
      assert.deepEqual(drawn.edges.map(({ label = "", style, walked }) => `${label} ${style} ${String(walked)}`.trim()).sort(), ["solid true", "No solid false", "Yes solid false", "solid false", "dotted false"].sort());
    }
    const reworded = read(text.replace("Ship it", "Ship the release"));
    assert.equal(only(drawCharts(run, reworded)).subgraphs.length, 1);
  });

  it("are part of the exported checklist, where no text of a node ends their fence", () => {
    const hostile = read(text.replace("Ship it", "Ship ``` it"));
    const checklist = done(start(hostile), "test", 1);
    const exported = renderChecklistExport(checklist, { repository: "acme/desk", number: 7 }, "Portal", drawCharts(checklist, hostile));
    const [, fence = ""] = /\n```mermaid\n([^]*?)\n```\n/.exec(exported) ?? [];
    assert.match(fence, /^flowchart LR\n/);
    assert.match(fence, /\nclass n1,n2 passed\nlinkStyle 0,\d stroke:/);
    assert.deepEqual(readFlowchart(fence)?.nodes.map((node) => node.text).includes("Ship ``` it"), true);
    assert.ok(exported.indexOf("```mermaid") < exported.indexOf("- [x] Test it"));
  });

  it("include a drawing of a list, whose nodes are matched by their texts, but no other drawings", () => {
    const list = read(`# List\n\n- [ ] Look at the log\n- [ ] Restart it\n\n${chart("a([Begin]) --> b[Look at the log] --> c[Restart it]")}\n${chart("x[Server] --> y[Database]")}`);
    const checklist = start(list);
    const [first, second] = checklist.items.flatMap((item) => (item.kind === "step" ? [item.id] : []));
    const marked = markStep(checklist, first ?? "", { kind: "done", ...at(1) }) ?? assert.fail();
    const drawn = only(drawCharts(marked, list));
    assert.deepEqual(nodes(drawn), ["a plain", "b done", "c current"]);
    assert.deepEqual(drawn.nodes.map(({ step }) => step), [undefined, first, second]);
    assert.deepEqual(drawCharts(marked, undefined), []);
  });
});
