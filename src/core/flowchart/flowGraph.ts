import { drawnNodes, type Flowchart } from '../model/flowchart';
import { subgraphEnds } from './subgraphEnds';

/** Which nodes follow which. Invisible edges lead nowhere. The ends of a subgraph that an edge names are nodes, too, with ids that contain a space. */
export interface FlowGraph {
  next(id: string): readonly string[];
  previous(id: string): readonly string[];
  /** The nodes that paths from these reach, these included. */
  reachedFrom(ids: readonly string[]): ReadonlySet<string>;
  /** The groups of nodes that reach each other, if no edge leaves the group. A node that only ends the procedure is none. */
  cyclesWithoutExit(): readonly (readonly string[])[];
}

/** The graph of the nodes that are drawn. An edge to a subgraph leads to its first nodes, and one from a subgraph starts at its last. */
export function flowGraph(chart: Flowchart): FlowGraph {
  const following = new Map<string, string[]>();
  const preceding = new Map<string, string[]>();
  const add = (id: string): void => {
    following.set(id, []);
    preceding.set(id, []);
  };
  const connect = (from: string, to: string): void => {
    following.get(from)?.push(to);
    preceding.get(to)?.push(from);
  };
  for (const { id } of drawnNodes(chart)) add(id);
  const isNode = (id: string) => following.has(id);
  const ofGroups: { readonly from: string; readonly to: string }[] = [];
  for (const { from, to, style } of chart.edges) {
    if (style === 'invisible') continue;
    if (isNode(from) && isNode(to)) connect(from, to);
    else ofGroups.push({ from: isNode(from) ? from : leaving(from), to: isNode(to) ? to : entering(to) });
  }
  if (ofGroups.length > 0) {
    const named = new Set(ofGroups.flatMap(({ from, to }) => [from, to]));
    const ends = subgraphEnds(chart);
    for (const { id } of chart.subgraphs) {
      if (named.has(entering(id))) {
        add(entering(id));
        for (const node of ends.first(id)) connect(entering(id), node);
      }
      if (named.has(leaving(id))) {
        add(leaving(id));
        for (const node of ends.last(id)) connect(node, leaving(id));
      }
    }
    for (const { from, to } of ofGroups) connect(from, to);
  }
  return {
    next: id => following.get(id) ?? [],
    previous: id => preceding.get(id) ?? [],
    reachedFrom: ids => reached(ids, following),
    cyclesWithoutExit: () => cyclesWithoutExit(following, preceding),
  };
}

const entering = (subgraph: string) => `into ${subgraph}`;
const leaving = (subgraph: string) => `out of ${subgraph}`;

function reached(ids: readonly string[], following: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(ids);
  const pending = [...ids];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const next of following.get(id) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      pending.push(next);
    }
  }
  return found;
}

function cyclesWithoutExit(following: ReadonlyMap<string, readonly string[]>, preceding: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const nodes = [...following.keys()];
  const toEnd = reached(nodes.filter(id => following.get(id)?.length === 0), preceding);
  // In most charts, an end can be reached from every node.
  const trapped = nodes.filter(id => !toEnd.has(id));
  return components(trapped, following).filter(group => {
    const members = new Set(group);
    return group.every(id => following.get(id)?.every(next => members.has(next)));
  });
}

/** Groups of nodes that reach each other; most have one member. Tarjan's algorithm with a stack of its own, since a chart can be a chain of any length. */
function components(nodes: readonly string[], following: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const enter = (id: string): { readonly id: string; next: number } => {
    index.set(id, index.size);
    low.set(id, index.size - 1);
    open.push(id);
    isOpen.add(id);
    return { id, next: 0 };
  };
  for (const root of nodes) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const to = following.get(at.id)?.[at.next++];
      if (to !== undefined) {
        if (!index.has(to)) path.push(enter(to));
        else if (isOpen.has(to)) low.set(at.id, Math.min(low.get(at.id) ?? 0, index.get(to) ?? 0));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low.set(parent.id, Math.min(low.get(parent.id) ?? 0, low.get(at.id) ?? 0));
      if (low.get(at.id) !== index.get(at.id)) continue;
      const component = open.splice(open.lastIndexOf(at.id));
      for (const id of component) isOpen.delete(id);
      found.push(component);
    }
  }
  return found;
}
