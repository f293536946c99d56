import type { Checklist } from "../model/checklist";

/** The flowchart of a checklist. Nodes are in the order of the checklist, and are referred to by their index. */
export interface Chart {
  readonly nodes: readonly ChartNode[];
  /** The node that each item of the checklist belongs to, or -1. Sub-steps and options belong to the node above them. */
  readonly nodeAt: readonly number[];
  /** Whether each node can be repeated because a loop contains it. */
  readonly repeats: readonly boolean[];
  readonly forward: ForwardEdges;
}

/** The edges from each node to later ones: those of a node `n` are `to[from[n]]` up to `to[from[n + 1]]`. */
interface ForwardEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

export interface ChartNode {
  /** Index of its item in the checklist. */
  readonly place: number;
  readonly id: string;
  readonly isDecision: boolean;
  /** One for each option of a decision, otherwise one. */
  readonly exits: readonly ChartExit[];
}

/** What leads out of a node. */
export interface ChartExit {
  /** The option of a decision, and the index of its item. */
  readonly option?: { readonly place: number; readonly ids: readonly string[] };
  /** The nodes that follow. Unknown ids are omitted. */
  readonly to: readonly number[];
  /** Whether all nodes that follow are this node or before it, so that they are repeated. */
  readonly isBack: boolean;
}

/** The flowchart of a checklist, or `undefined` if its steps are only a list. */
export function readChart({ items }: Checklist): Chart | undefined {
  const nodeAt: number[] = [];
  const found: Found[] = [];
  const known = new Map<string, number>();
  let node: Found | undefined;
  for (const [place, item] of items.entries()) {
    if (item.kind === "section") node = undefined;
    else if (item.depth === 0) {
      node = item.next === undefined || item.part === "option" ? undefined : { place, id: item.id, isDecision: item.part === "decision", next: item.next, options: [], depth: Infinity };
      if (node !== undefined) {
        if (!known.has(node.id)) known.set(node.id, found.length);
        found.push(node);
      }
    } else if (node !== undefined) {
      if (item.part === "option" && item.depth <= node.depth) node.options.push({ place, ids: [item.id, ...(item.formerly ?? [])], next: item.next ?? [] });
      node.depth = Math.min(node.depth, item.depth);
    }
    nodeAt.push(node === undefined ? -1 : found.length - 1);
  }
  if (found.length === 0) return undefined;
  const nodes = found.map(({ place, id, isDecision, next, options }, index): ChartNode => {
    const exit = (ids: readonly string[]): ChartExit => {
      const to = [...new Set(ids.flatMap((each) => known.get(each) ?? []))];
      return { to, isBack: to.length > 0 && to.every((target) => target <= index) };
    };
    return { place, id, isDecision, exits: isDecision ? options.map((option) => ({ ...exit(option.next), option: { place: option.place, ids: option.ids } })) : [exit(next)] };
  });
  return { nodes, nodeAt, repeats: repeatsOf(nodes), forward: forwardEdges(nodes) };
}

interface Found extends Omit<ChartNode, "exits"> {
  readonly next: readonly string[];
  readonly options: { readonly place: number; readonly ids: readonly string[]; readonly next: readonly string[] }[];
  /** The smallest depth below it. Options of its own are not deeper. */
  depth: number;
}

/** The exit that a mark takes: that of the chosen option, or the only one. */
export function exitTaken({ isDecision, exits }: ChartNode, chosen: string | undefined): ChartExit | undefined {
  return isDecision ? exits.find(({ option }) => chosen !== undefined && option?.ids.includes(chosen) === true) : exits[0];
}

/** The nodes that an exit back repeats: those on the paths from where it leads to the node itself, and both ends. */
export function loopBody({ forward: { from, to } }: Chart, node: number, exit: ChartExit): Int32Array {
  const start = exit.to.reduce((first, target) => Math.min(first, target), node);
  const reached = new Uint8Array(node - start + 1);
  const leads = new Uint8Array(node - start + 1);
  for (const target of exit.to) reached[target - start] = 1;
  for (let index = start; index < node; index += 1) {
    if (reached[index - start] !== 1) continue;
    for (let edge = from[index] ?? 0; edge < (from[index + 1] ?? 0); edge += 1) if ((to[edge] ?? 0) <= node) reached[(to[edge] ?? 0) - start] = 1;
  }
  leads[node - start] = 1;
  for (let index = node - 1; index >= start; index -= 1) {
    for (let edge = from[index] ?? 0; edge < (from[index + 1] ?? 0); edge += 1) if ((to[edge] ?? 0) <= node && leads[(to[edge] ?? 0) - start] === 1) leads[index - start] = 1;
  }
  for (let index = 0; index < reached.length; index += 1) if (leads[index] !== 1) reached[index] = 0;
  for (const end of [node, ...exit.to]) reached[end - start] = 1;
  const body = new Int32Array(reached.reduce((sum, each) => sum + each, 0));
  let size = 0;
  for (let index = 0; index < reached.length; index += 1) if (reached[index] === 1) body[size++] = start + index;
  return body;
}

function forwardEdges(nodes: readonly ChartNode[]): ForwardEdges {
  const from = new Int32Array(nodes.length + 1);
  const to: number[] = [];
  for (const [index, { exits }] of nodes.entries()) {
    for (const exit of exits) for (const next of exit.to) if (next > index) to.push(next);
    from[index + 1] = to.length;
  }
  return { from, to: Int32Array.from(to) };
}

/** A node is repeated if a path from it leads to a node with an exit back to it or before it, or if it is an end of such an exit. */
function repeatsOf(nodes: readonly ChartNode[]): readonly boolean[] {
  const lowest = nodes.map(() => Infinity);
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    for (const { to, isBack } of nodes[index]?.exits ?? []) {
      // Of earlier nodes, nothing is known yet.
      for (const next of to) lowest[index] = Math.min(lowest[index] ?? Infinity, isBack ? next : (lowest[next] ?? Infinity));
    }
  }
  const repeats = lowest.map((low, index) => low <= index);
  for (const [index, { exits }] of nodes.entries()) {
    for (const { to, isBack } of exits) if (isBack) for (const each of [index, ...to]) repeats[each] = true;
  }
  return repeats;
}
