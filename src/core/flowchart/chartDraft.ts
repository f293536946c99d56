import type { EdgeStyle, FlowEdge, FlowNode, NodeShape, Subgraph } from '../model/flowchart';
import { type Label, plainText } from './labelText';

interface DraftNode {
  label: Label;
  /** Whether the label was written, and is not only the id. */
  labelled: boolean;
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
  const counts = { opened: 0, closed: 0 };

  return {
    isEdge: id => edgeIds.has(id),
    addNode(id, line) {
      if (!nodes.has(id) && !edgeIds.has(id)) nodes.set(id, { label: { text: id, kind: 'text' }, labelled: false, shape: 'step', line });
    },
    setText(id, label, line) {
      const node = nodes.get(id);
      if (node === undefined) return;
      node.label = label;
      node.labelled = true;
      node.line = line;
    },
    hasText: id => nodes.get(id)?.labelled === true,
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
      from.forEach((start, startIndex) => {
        to.forEach((end, endIndex) => {
          if (startIndex === from.length - 1 && endIndex === 0 && edgeId !== undefined) edgeIds.add(edgeId);
          edges.push({ from: start, to: end, ...look });
        });
      });
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
    result: () => ({
      nodes: [...nodes].map(([id, { label, labelled, shape, line, link }]) => {
        const subgraph = owners.get(id);
        return { id, text: labelled ? plainText(label) : id, shape, line, ...(subgraph === undefined ? {} : { subgraph }), ...(link === undefined ? {} : { link }) };
      }),
      edges: edges.map(({ from, to, label, written, style, line }) => {
        const text = label === undefined ? '' : plainText(label);
        const whole = written === undefined || label === undefined ? '' : plainText({ text: written, kind: label.kind });
        return { from, to, ...(text === '' ? {} : { label: text }), ...(whole === '' || whole === text ? {} : { written: whole }), style, line };
      }),
      subgraphs: [...closed].sort(([, a], [, b]) => a.order - b.order).map(([id, { title, line }]) => {
        const parent = parentOf(id, owners);
        return { id, title: plainText(title), ...(parent === undefined ? {} : { parent }), line };
      }),
    }),
  };
}

/** The subgraph around a subgraph. Subgraphs that name each other have none. */
function parentOf(id: string, owners: ReadonlyMap<string, string>): string | undefined {
  const passed = new Set([id]);
  for (let at = owners.get(id); at !== undefined; at = owners.get(at)) {
    if (at === id) return undefined;
    if (passed.has(at)) break;
    passed.add(at);
  }
  return owners.get(id);
}
