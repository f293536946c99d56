import assert from "node:assert/strict";
import fc from "fast-check";
import type { DrawnChart } from "../../../src/core/model/drawnChart";
import { type Box, layoutChart } from "../../../src/webview/issue/chartLayout";
import { shorten, sizeChart, wrapText } from "../../../src/webview/issue/chartText";
import { propertyRuns } from "../../support/propertyRuns";

const measure = (text: string): number => text.length * 6;

const charts: fc.Arbitrary<DrawnChart> = fc.record({
  direction: fc.constantFrom("TB", "BT", "LR", "RL"),
  nodes: fc.array(fc.record({ text: fc.string({ maxLength: 60 }), shape: fc.constantFrom("step", "decision", "subprocess", "terminal"), group: fc.nat(4) }), { minLength: 1, maxLength: 14 }),
  edges: fc.array(fc.tuple(fc.nat(13), fc.nat(13), fc.option(fc.string({ maxLength: 20 }))), { maxLength: 20 }),
}).map(({ direction, nodes, edges }) => ({
  id: "c", title: "", direction,
  nodes: nodes.map(({ text, shape, group }, index) => ({ id: `n${index}`, text, shape, state: "open", ...(group > 2 ? {} : { subgraph: `g${group}` }) })),
  edges: edges.map(([from, to, label]) => ({ from: `n${from % nodes.length}`, to: `n${to % nodes.length}`, style: "solid", walked: false, ...(label === null ? {} : { label }) })),
  subgraphs: [0, 1, 2].filter((group) => nodes.some((node) => node.group === group || (group === 1 && node.group === 2))).map((group) => ({ id: `g${group}`, title: `Group ${group}`, ...(group === 2 ? { parent: "g1" } : {}) })),
}));

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width - 0.5 && b.x < a.x + a.width - 0.5 && a.y < b.y + b.height - 0.5 && b.y < a.y + a.height - 0.5;

const contains = (a: Box, b: Box): boolean => a.x <= b.x + 0.5 && a.y <= b.y + 0.5 && a.x + a.width >= b.x + b.width - 0.5 && a.y + a.height >= b.y + b.height - 0.5;

describe("the arrangement of a chart", () => {
  it("contains everything, without overlapping nodes, and each subgraph around its nodes", () => {
    fc.assert(fc.property(charts, (chart) => {
      const { sized } = sizeChart(chart, measure, "optional");
      const layout = layoutChart(sized);
      const all = { x: 0, y: 0, width: layout.width, height: layout.height };
      for (const box of [...layout.nodes, ...layout.subgraphs]) assert.ok(contains(all, box), "outside");
      for (const { points } of layout.edges) for (const { x, y } of points) assert.ok(contains(all, { x, y, width: 0, height: 0 }));
      layout.nodes.forEach((box, index) => {
        for (const other of layout.nodes.slice(index + 1)) assert.ok(!overlap(box, other), "overlap");
        const frame = chart.subgraphs.findIndex(({ id }) => id === chart.nodes[index]?.subgraph);
        const around = layout.subgraphs[frame];
        if (around !== undefined) assert.ok(contains(around, box), "not in its frame");
      });
    }), { numRuns: propertyRuns(60) });
  });

  it("leads down or to the right", () => {
    const chart = (direction: "TB" | "LR"): DrawnChart => ({ id: "", title: "", direction, subgraphs: [], nodes: ["a", "b"].map((id) => ({ id, text: id, shape: "step", state: "open" })), edges: [{ from: "a", to: "b", style: "solid", walked: false }] });
    const [down, right] = [layoutChart(sizeChart(chart("TB"), measure, "").sized), layoutChart(sizeChart(chart("LR"), measure, "").sized)];
    assert.ok((down.nodes[0]?.y ?? 0) < (down.nodes[1]?.y ?? 0));
    assert.ok((right.nodes[0]?.x ?? 0) < (right.nodes[1]?.x ?? 0));
    assert.deepEqual([down.isAcross, right.isAcross], [false, true]);
  });
});

describe("the text of a node", () => {
  it("is broken between words, and a long word anywhere", () => {
    assert.deepEqual(wrapText("one two three", 48, 5, measure), ["one two", "three"]);
    assert.deepEqual(wrapText("abcdefghijkl", 30, 5, measure), ["abcde", "fghij", "kl"]);
    assert.deepEqual(wrapText("  ", 30, 5, measure), []);
  });

  it("ends with an ellipsis where it does not fit", () => {
    assert.deepEqual(wrapText("one two three four", 30, 2, measure), ["one", "two…"]);
    assert.equal(shorten("abcdefgh", 30, measure), "abcd…");
    const lines = wrapText("x".repeat(100_000), 60, 5, measure);
    assert.ok(lines.length === 5 && lines.every((line) => measure(line) <= 60));
  });
});
