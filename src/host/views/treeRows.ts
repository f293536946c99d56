import { childrenOf, type DeskNode } from "./node";
import type { TreeRow } from "./treeRow";
import { type Told, toldRows } from "./toldRows";

/** The rows of one tree. */
export interface TreeRows {
  /** Has the tree show these nodes from now on, and says what it has to be told for that. */
  show(nodes: readonly DeskNode[]): Told;
  /** The rows below one, or the first ones. */
  below(row?: TreeRow): readonly TreeRow[];
  above(row: TreeRow): TreeRow | undefined;
  /** The rows of these ids, as far as the tree has them. */
  of(ids: readonly string[]): readonly TreeRow[];
  /** All rows, each before those below it. */
  all(): readonly TreeRow[];
}

interface Entry {
  readonly row: TreeRow;
  node: DeskNode;
  above: TreeRow | undefined;
}

/** No rows yet. */
export function treeRows(): TreeRows {
  let first: readonly DeskNode[] = [];
  let entries: ReadonlyMap<string, Entry> = new Map();

  const of = (ids: readonly string[]): readonly TreeRow[] => ids.flatMap((id) => entries.get(id)?.row ?? []);

  return {
    of,
    show(nodes) {
      const told = toldRows(first, nodes);
      const next = new Map<string, Entry>();
      const keep = (node: DeskNode, above: TreeRow | undefined): void => {
        const entry = entries.get(node.id) ?? newEntry(node);
        entry.node = node;
        entry.above = above;
        next.set(node.id, entry);
        for (const each of childrenOf(node)) keep(each, entry.row);
      };
      for (const node of nodes) keep(node, undefined);
      first = nodes;
      entries = next;
      return told;
    },
    below: (row) => of((row === undefined ? first : childrenOf(row.node())).map(({ id }) => id)),
    above: (row) => entries.get(row.id)?.above,
    all: () => [...entries.values()].map(({ row }) => row),
  };
}

function newEntry(node: DeskNode): Entry {
  const entry: Entry = { row: { kind: "row", id: node.id, node: () => entry.node }, node, above: undefined };
  return entry;
}
