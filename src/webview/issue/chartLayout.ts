import { Graph, layout } from "@dagrejs/dagre";
import type { DrawnChart } from "../../core/model/drawnChart";

/** A chart with the sizes of its texts, in pixels. */
export interface SizedChart {
  readonly direction: DrawnChart["direction"];
  readonly nodes: readonly (Size & { readonly id: string; readonly shape: DrawnChart["nodes"][number]["shape"]; readonly subgraph?: string })[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label?: Size }[];
  readonly subgraphs: readonly { readonly id: string; readonly parent?: string; readonly title: Size }[];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle. `x` and `y` are its top left corner. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything of a chart is. Nodes, edges and subgraphs have the order of the chart. */
export interface ChartLayout extends Size {
  /** Whether the chart leads to the right or left. */
  readonly isAcross: boolean;
  readonly nodes: readonly Box[];
  /** `label`: the center of its text. */
  readonly edges: readonly { readonly points: readonly Point[]; readonly label?: Point }[];
  readonly subgraphs: readonly Box[];
}

const margin = 8;

/** Arranges a chart in layers. */
export function layoutChart(chart: SizedChart): ChartLayout {
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: chart.direction, nodesep: 20, edgesep: 10, ranksep: 36 });
  // An id may be one that the library uses itself.
  const nodeNames = new Map(chart.nodes.map(({ id }, index) => [id, `n${index}`]));
  const groupNames = new Map(chart.subgraphs.map(({ id }, index) => [id, `g${index}`]));
  for (const name of groupNames.values()) graph.setNode(name, {});
  for (const { id, parent } of chart.subgraphs) setParent(graph, groupNames.get(id), groupNames.get(parent ?? ""));
  for (const { id, subgraph, width, height } of chart.nodes) {
    graph.setNode(nodeNames.get(id) ?? "", { width, height });
    setParent(graph, nodeNames.get(id), groupNames.get(subgraph ?? ""));
  }
  const nameOf = (id: string): string => nodeNames.get(id) ?? "";
  for (const [index, { from, to, label }] of chart.edges.entries()) graph.setEdge(nameOf(from), nameOf(to), { width: label?.width ?? 0, height: label?.height ?? 0, labelpos: "c" }, String(index));
  layout(graph);
  const isAcross = chart.direction === "LR" || chart.direction === "RL";

  const nodes = chart.nodes.map(({ id }) => boxOf(graph, nameOf(id)));
  const boxes = new Map(chart.nodes.map(({ id, shape }, index) => [id, { box: nodes[index] ?? { x: 0, y: 0, width: 0, height: 0 }, shape }]));
  const edges = chart.edges.map(({ from, to, label }, index) => {
    const { points, x, y } = graph.edge(nameOf(from), nameOf(to), String(index));
    return { points: attach(points, boxes.get(from), boxes.get(to), chart.direction), ...(label === undefined || x === undefined || y === undefined ? {} : { label: { x, y } }) };
  });
  return inPlace({ width: 0, height: 0, isAcross, nodes, edges, subgraphs: frames(chart, graph, groupNames) }, chart);
}

function setParent(graph: Graph, child: string | undefined, parent: string | undefined): void {
  if (child !== undefined && parent !== undefined) graph.setParent(child, parent);
}

function boxOf(graph: Graph, name: string): Box {
  const { x, y, width, height } = graph.node(name);
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** The frames of the subgraphs, with room for their titles above the highest node or frame inside. */
function frames({ nodes, subgraphs }: SizedChart, graph: Graph, names: ReadonlyMap<string, string>): readonly Box[] {
  const found = new Map<string, Box>();
  const tops = new Map<string, number>();
  const note = (parent: string | undefined, { y }: Box): void => {
    if (parent !== undefined) tops.set(parent, Math.min(tops.get(parent) ?? Infinity, y));
  };
  for (const [index, { subgraph }] of nodes.entries()) note(subgraph, boxOf(graph, `n${index}`));
  for (const { id, parent, title } of subgraphs.toReversed()) {
    const box = boxOf(graph, names.get(id) ?? "");
    const y = Math.min(box.y, (tops.get(id) ?? box.y) - title.height - 8);
    const width = Math.max(box.width, title.width + 16);
    const frame = { x: box.x - (width - box.width) / 2, y, width, height: box.height + box.y - y };
    found.set(id, frame);
    note(parent, frame);
  }
  return subgraphs.flatMap(({ id }) => found.get(id) ?? []);
}

interface End {
  readonly box: Box;
  readonly shape: SizedChart["nodes"][number]["shape"];
}

/** Ends an edge at the sides of its nodes that face along the chart, near where it comes from. At a diamond, an edge ends at a corner, and one that leads back beside it. */
function attach(points: readonly Point[], from: End | undefined, to: End | undefined, direction: SizedChart["direction"]): readonly Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 3 || from === to) return points;
  const isAcross = direction === "LR" || direction === "RL";
  const ahead = isAcross ? last.x - first.x : last.y - first.y;
  const isBack = direction === "TB" || direction === "LR" ? ahead < 0 : ahead > 0;
  const side = { isAcross, isBack };
  return [onSide(from, first, points[1] ?? first, side), ...points.slice(1, -1), onSide(to, last, points.at(-2) ?? last, side)];
}

function onSide(end: End | undefined, point: Point, next: Point, { isAcross, isBack }: { readonly isAcross: boolean; readonly isBack: boolean }): Point {
  if (end === undefined) return point;
  const { x, y, width, height } = end.box;
  if (end.shape === "decision" && isBack) return { x: x + width * (next.x > x + width / 2 ? 0.75 : 0.25), y: y + height * (next.y > y + height / 2 ? 0.75 : 0.25) };
  // The part of the side that is used. A diamond only has a corner there.
  const part = end.shape === "decision" ? 0 : 0.3;
  const along = (start: number, size: number, towards: number): number => (towards > start + size / 2 ? start + size : start);
  const across = (start: number, size: number, towards: number): number => Math.min(Math.max(towards, start + size * (0.5 - part)), start + size * (0.5 + part));
  return isAcross ? { x: along(x, width, next.x), y: across(y, height, next.y) } : { x: across(x, width, next.x), y: along(y, height, next.y) };
}

/** Moves everything so that it starts at the margin, and adds the whole size. */
function inPlace(layout: ChartLayout, { edges: sizes }: SizedChart): ChartLayout {
  const labels = layout.edges.flatMap(({ label }, index): readonly Point[] => {
    const size = sizes[index]?.label;
    return label === undefined || size === undefined ? [] : [{ x: label.x - size.width / 2, y: label.y - size.height / 2 }, { x: label.x + size.width / 2, y: label.y + size.height / 2 }];
  });
  const corners = [...layout.nodes, ...layout.subgraphs].flatMap(({ x, y, width, height }): readonly Point[] => [{ x, y }, { x: x + width, y: y + height }]);
  const all = [...corners, ...labels, ...layout.edges.flatMap(({ points }) => points)];
  const bound = (pick: (a: number, b: number) => number, value: (point: Point) => number): number => all.reduce((now, point) => pick(now, value(point)), value(all[0] ?? { x: 0, y: 0 }));
  const [left, top] = [bound(Math.min, ({ x }) => x) - margin, bound(Math.min, ({ y }) => y) - margin];
  const move = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x - left, y: place.y - top });
  return {
    width: bound(Math.max, ({ x }) => x) - left + margin,
    height: bound(Math.max, ({ y }) => y) - top + margin,
    isAcross: layout.isAcross,
    nodes: layout.nodes.map(move),
    subgraphs: layout.subgraphs.map(move),
    edges: layout.edges.map(({ points, label }) => ({ points: points.map(move), ...(label === undefined ? {} : { label: move(label) }) })),
  };
}
