import { drawnNodes, type FlowEdge, type Flowchart } from '../model/flowchart';

/** The nodes that stand for a subgraph where an edge names it. None for a subgraph that no edge names. */
export interface SubgraphEnds {
  /** Where an edge to the subgraph leads: its nodes that no edge from inside enters, otherwise its first node. */
  first(subgraph: string): readonly string[];
  /** Where an edge from the subgraph starts: its nodes that no edge inside leaves, otherwise its last node. */
  last(subgraph: string): readonly string[];
}

/** The ends of the subgraphs that edges name. Nodes of inner subgraphs belong to the outer ones too. Loops of a node and invisible edges do not count. */
export function subgraphEnds(chart: Flowchart): SubgraphEnds {
  if (chart.subgraphs.length === 0) return noEnds;
  const first = new Map<string, readonly string[]>();
  const last = new Map<string, readonly string[]>();
  const parents = new Map(chart.subgraphs.map(({ id, parent }) => [id, parent]));
  const edges = chart.edges.filter(({ from, to, style }) => style !== 'invisible' && from !== to);
  const named = new Set(edges.flatMap(({ from, to }) => [from, to]).filter(id => parents.has(id)));
  if (named.size > 0) {
    const nodes = drawnNodes(chart);
    const around = namedAround(named, parents);
    for (const { id, subgraph } of nodes) parents.set(id, subgraph);
    const members = grouped(nodes, ({ id }) => around(parents.get(id)));
    const inside = grouped(edges, ({ from, to }) => {
      const outer = new Set(around(parents.get(from)));
      return around(parents.get(to)).filter(id => outer.has(id));
    });
    // Inner subgraphs come first, since an edge to one of them enters its first nodes.
    for (const id of chart.subgraphs.map(subgraph => subgraph.id).filter(one => named.has(one)).toReversed()) {
      const all = (members.get(id) ?? []).map(node => node.id);
      const own = inside.get(id) ?? [];
      const entered = new Set(own.flatMap(({ to }) => first.get(to) ?? [to]));
      const left = new Set(own.flatMap(({ from }) => last.get(from) ?? [from]));
      const starts = all.filter(node => !entered.has(node));
      const ends = all.filter(node => !left.has(node));
      first.set(id, starts.length > 0 ? starts : all.slice(0, 1));
      last.set(id, ends.length > 0 ? ends : all.slice(-1));
    }
  }
  return { first: id => first.get(id) ?? [], last: id => last.get(id) ?? [] };
}

/** A visible edge as it leaves a node. `from` and `to` are what the chart names: nodes or subgraphs. */
export interface FlowExit extends Pick<FlowEdge, 'from' | 'to' | 'line'> {
  /** The nodes that it leads to. Several if it leads to a subgraph with several first nodes. */
  readonly targets: readonly string[];
  /** The label as it is written. Empty if there is none. */
  readonly answer: string;
  readonly style: Exclude<FlowEdge['style'], 'invisible'>;
}

/** The exits of each node in the order of the edges. An edge from a subgraph is an exit of each of its last nodes. */
export function flowExits(chart: Flowchart): ReadonlyMap<string, readonly FlowExit[]> {
  const groups = new Set(chart.subgraphs.map(({ id }) => id));
  const ends = subgraphEnds(chart);
  const exits = new Map<string, FlowExit[]>();
  for (const { from, to, line, style, label, written } of chart.edges) {
    if (style === 'invisible') continue;
    const exit = { from, to, line, style, targets: groups.has(to) ? ends.first(to) : [to], answer: written ?? label ?? '' };
    for (const source of groups.has(from) ? ends.last(from) : [from]) {
      const own = exits.get(source);
      if (own === undefined) exits.set(source, [exit]);
      else own.push(exit);
    }
  }
  return exits;
}

const noEnds: SubgraphEnds = { first: () => [], last: () => [] };

/** Finds the named subgraphs around a subgraph, itself included, from the innermost outwards. */
function namedAround(named: ReadonlySet<string>, parents: ReadonlyMap<string, string | undefined>): (subgraph: string | undefined) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return subgraph => {
    const passed: string[] = [];
    let at = subgraph;
    while (at !== undefined && !known.has(at)) {
      known.set(at, []);
      passed.push(at);
      at = parents.get(at);
    }
    let found = at === undefined ? [] : known.get(at) ?? [];
    for (const id of passed.toReversed()) {
      if (named.has(id)) found = [id, ...found];
      known.set(id, found);
    }
    return found;
  };
}

function grouped<Item>(items: readonly Item[], groupsOf: (item: Item) => readonly string[]): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const id of groupsOf(item)) {
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [item]);
      else group.push(item);
    }
  }
  return groups;
}
