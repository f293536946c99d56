import type { DrawnChart, DrawnNode } from "../../core/model/drawnChart";
import type { Size, SizedChart } from "./chartLayout";

/** The width of a text in pixels. */
export type Measure = (text: string) => number;

/** The texts of a chart in lines. Nodes, edges and subgraphs have the order of the chart. */
export interface ChartTexts {
  readonly nodes: readonly (readonly string[])[];
  readonly edges: readonly (readonly string[])[];
  readonly subgraphs: readonly string[];
}

export const lineHeight = 17;

const widest = { step: 150, subprocess: 150, terminal: 130, decision: 110 } as const;

const maxLines = 5;

/** Breaks a text into lines of at most that width. A long word is broken, and what does not fit is replaced by an ellipsis. */
export function wrapText(text: string, width: number, max: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  let line = "";
  const words = text.split(/\s+/).filter((word) => word !== "");
  for (const word of words.flatMap((each) => pieces(each, width, measure))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === max - 1) return [...lines, shorten(longer, width, measure, true)];
    lines.push(line);
    line = word;
  }
  return line === "" ? lines : [...lines, line];
}

/** The parts of a word that is too long for a line. */
function pieces(word: string, width: number, measure: Measure): readonly string[] {
  if (measure(word) <= width) return [word];
  const found: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && measure(piece + character) > width) {
      found.push(piece);
      piece = "";
    }
    piece += character;
    // No line shows more of it.
    if (found.length > maxLines) break;
  }
  return piece === "" ? found : [...found, piece];
}

/** A text in one line. */
export function shorten(text: string, width: number, measure: Measure, isCut = false): string {
  if (!isCut && measure(text) <= width) return text;
  const characters = [...text.slice(0, 200)];
  while (characters.length > 0 && measure(`${characters.join("")}…`) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** The lines of all texts, and the sizes that they need. `optional` is below an optional step. */
export function sizeChart(chart: DrawnChart, measure: Measure, optional: string): { readonly texts: ChartTexts; readonly sized: SizedChart } {
  const nodes = chart.nodes.map((node) => [...wrapText(node.text, widest[node.shape], maxLines, measure), ...(node.optional === true ? [`(${optional})`] : [])]);
  const edges = chart.edges.map(({ label }) => (wrapText(label ?? "", 88, 2, measure)));
  const subgraphs = chart.subgraphs.map(({ title }) => shorten(title, 180, measure));
  const sizeOf = (lines: readonly string[]): Size => ({ width: Math.max(0, ...lines.map(measure)) + 10, height: lines.length * lineHeight + 2 });
  return {
    texts: { nodes, edges, subgraphs },
    sized: {
      direction: chart.direction,
      nodes: chart.nodes.map(({ id, shape, subgraph }, index) => ({ id, shape, ...(subgraph === undefined ? {} : { subgraph }), ...nodeSize(shape, nodes[index] ?? [], measure) })),
      edges: chart.edges.map(({ from, to }, index) => ({ from, to, ...((edges[index] ?? []).length === 0 ? {} : { label: sizeOf(edges[index] ?? []) }) })),
      subgraphs: chart.subgraphs.map(({ id, parent }, index) => ({ id, ...(parent === undefined ? {} : { parent }), title: sizeOf([subgraphs[index] ?? ""]) })),
    },
  };
}

/** The room for a text in a shape. The sign of its state is on the upper edge. */
function nodeSize(shape: DrawnNode["shape"], lines: readonly string[], measure: Measure): Size {
  // A sign and a pass have room above it.
  const width = Math.max(60, ...lines.map(measure));
  const height = Math.max(1, lines.length) * lineHeight;
  switch (shape) {
    case "decision":
      // A rectangle fits into a diamond if its parts of the width and the height are 1 together.
      return { width: (width + 10) / 0.6, height: (height + 4) / 0.4 };
    case "subprocess":
      return { width: width + 36, height: height + 18 };
    case "terminal":
      return { width: width + 32, height: height + 14 };
    case "step":
      return { width: width + 22, height: height + 18 };
  }
}
