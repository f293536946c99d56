import type { EdgeStyle, FlowEdge, FlowNode, NodeShape, Subgraph } from '../model/flowchart';
import { type Label, plainText } from './labelText';

interface DraftNode {
  /** Its text, unless that is only the id. */
  label: Label | undefined;
  shape: NodeShape;
  line: number;
  link?: string;
}

interface DraftEdge {
  readonly from: string;
  readonly to: string;
  readonly label: Label | undefined;
  readonly written: string | undefined;
  readonly style: EdgeStyle;
  readonly line: number;
  /** The id that was given to it. */
  readonly id: string | undefined;
}

interface OpenSubgraph {
  readonly id: string | undefined;
  readonly title: Label;
  readonly line: number;
  readonly order: number;
  readonly members: Set<string>;
}

export type EdgeLook = Pick<DraftEdge, 'label' | 'written' | 'style' | 'line'>;

/** A chart while it is read. Later statements change what earlier ones said, in the order that Mermaid has. */
export interface ChartDraft {
  /** Whether an edge has this id. Mermaid makes no node of it. */
  isEdge(id: string): boolean;
  addNode(id: string, line: number): void;
  setText(id: string, label: Label, line: number): void;
  /** Whether a text was set. */
  hasText(id: string): boolean;
  setShape(id: string, shape: NodeShape): void;
  setLink(id: string, link: string): void;
  /** Makes a node part of the open subgraph. */
  addMember(id: string): void;
  connect(from: readonly string[], to: readonly string[], look: EdgeLook, edgeId: string | undefined): void;
  edgeCount(): number;
  hasSubgraph(id: string): boolean;
  openSubgraph(id: string | undefined, title: Label, line: number): void;
  /** Closes the innermost open subgraph. */
  closeSubgraph(): void;
  result(): { readonly nodes: readonly FlowNode[]; readonly edges: readonly FlowEdge[]; readonly subgraphs: readonly Subgraph[] };
}

export function createDraft(): ChartDraft {
  const nodes = new Map<string, DraftNode>();
  const edges: DraftEdge[] = [];
  const edgeIds = new Set<string>();
  const open: OpenSubgraph[] = [];
  const closed = new Map<string, { readonly title: Label; readonly line: number; readonly order: number }>();
  const owners = new Map<string, string>();
  const pairs = new Map<string, number>();
  const counts = { opened: 0, closed: 0, named: 0 };

  /** Whether a name is an edge's. Those that have no id of their own are named when somebody asks. */
  function isEdge(id: string): boolean {
    for (; id.startsWith('L_') && counts.named < edges.length; counts.named++) {
      const { from, to, id: given } = edges[counts.named] ?? {};
      const pair = `${from} ${to}`;
      const count = pairs.get(pair) ?? 0;
      pairs.set(pair, count + 1);
      if (given === undefined) edgeIds.add(`L_${from}_${to}_${count === 0 ? 0 : count + 1}`);
    }
    return edgeIds.has(id);
  }

  return {
    isEdge,
    addNode(id, line) {
      if (!nodes.has(id) && !isEdge(id)) nodes.set(id, { label: undefined, shape: 'step', line });
    },
    setText(id, label, line) {
      const node = nodes.get(id);
      if (node === undefined) return;
      node.label = label;
      node.line = line;
    },
    hasText: id => nodes.get(id)?.label !== undefined,
    setShape(id, shape) {
      const node = nodes.get(id);
      if (node !== undefined) node.shape = shape;
    },
    setLink(id, link) {
      const node = nodes.get(id);
      if (node !== undefined) node.link = link;
    },
    addMember: id => void open.at(-1)?.members.add(id),
    connect(from, to, look, edgeId) {
      const named = edgeId === undefined || isEdge(edgeId) ? undefined : edgeId;
      const lastStart = from.at(-1);
      for (const start of from) {
        for (const end of to) {
          const id = named !== undefined && start === lastStart && end === to[0] && !edgeIds.has(named) ? named : undefined;
          if (id !== undefined) edgeIds.add(id);
          edges.push({ from: start, to: end, label: look.label, written: look.written, style: look.style, line: look.line, id });
        }
      }
    },
    edgeCount: () => edges.length,
    hasSubgraph: id => closed.has(id),
    openSubgraph(id, title, line) {
      open.push({ id, title, line, order: counts.opened++, members: new Set() });
    },
    closeSubgraph() {
      const subgraph = open.pop();
      if (subgraph === undefined) return;
      const id = subgraph.id ?? `subGraph${counts.closed}`;
      counts.closed++;
      // The subgraph that closes first keeps a node that several name.
      for (const member of subgraph.members) if (member !== id && !owners.has(member)) owners.set(member, id);
      if (!closed.has(id)) closed.set(id, subgraph);
      open.at(-1)?.members.add(id);
    },
    result() {
      const cyclic = inCycles(closed.keys(), owners);
      return {
        nodes: [...nodes].map(([id, node]) => finishedNode(id, node, owners.get(id))),
        edges: edges.map(finishedEdge),
        subgraphs: [...closed].sort(([, a], [, b]) => a.order - b.order).map(([id, { title, line }]) => {
          const parent = cyclic.has(id) ? undefined : owners.get(id);
          return { id, title: plainText(title), ...(parent === undefined ? {} : { parent }), line };
        }),
      };
    },
  };
}

function finishedNode(id: string, { label, shape, line, link }: DraftNode, subgraph: string | undefined): FlowNode {
  const node = { id, text: label === undefined ? id : plainText(label), shape, line };
  if (subgraph === undefined && link === undefined) return node;
  return { ...node, ...(subgraph === undefined ? {} : { subgraph }), ...(link === undefined ? {} : { link }) };
}

function finishedEdge({ from, to, label, written, style, line }: DraftEdge): FlowEdge {
  if (label === undefined) return { from, to, style, line };
  const text = plainText(label);
  if (text !== '' && written === undefined) return { from, to, label: text, style, line };
  const whole = written === undefined ? text : plainText({ text: written, kind: label.kind });
  return { from, to, ...(text === '' ? {} : { label: text }), ...(whole === text ? {} : { written: whole }), style, line };
}

/** The subgraphs that are in a cycle: they name each other, so none of them is inside the other. */
function inCycles(ids: Iterable<string>, owners: ReadonlyMap<string, string>): ReadonlySet<string> {
  const cyclic = new Set<string>();
  const passed = new Set<string>();
  for (const id of ids) {
    const path: string[] = [];
    let at: string | undefined = id;
    for (; at !== undefined && !passed.has(at); at = owners.get(at)) {
      passed.add(at);
      path.push(at);
    }
    const start = at === undefined ? -1 : path.indexOf(at);
    if (start >= 0) for (const member of path.slice(start)) cyclic.add(member);
  }
  return cyclic;
}
