import { isRecord, sameData } from "../../core/model/plainData";
import { childrenOf, type DeskNode } from "./node";

/** A row as VS Code knows it. The object stays the same while the row exists, whatever it shows. */
export interface TreeRow {
  readonly kind: "row";
  readonly id: string;
  /** What the row shows now, or showed last. */
  readonly node: () => DeskNode;
}

/** The argument of a command: the node if a tree passed a row, otherwise the argument itself. */
export function withoutRow(argument: unknown): unknown {
  return isRow(argument) ? argument.node() : argument;
}

function isRow(value: unknown): value is TreeRow {
  return isRecord(value) && value["kind"] === "row" && typeof value["node"] === "function";
}

export interface TreeRows {
  /** Replaces the nodes and returns what the tree has to update. */
  show(nodes: readonly DeskNode[]): RowUpdate;
  /** The rows below a row, or the top-level rows. */
  below(row?: TreeRow): readonly TreeRow[];
  above(row: TreeRow): TreeRow | undefined;
  /** The rows with these ids that exist. */
  of(ids: readonly string[]): readonly TreeRow[];
  /** All rows, each before its children. */
  all(): readonly TreeRow[];
}

interface Entry {
  readonly row: TreeRow;
  node: DeskNode;
  above: TreeRow | undefined;
}

export function treeRows(): TreeRows {
  let first: readonly DeskNode[] = [];
  let entries: ReadonlyMap<string, Entry> = new Map();

  const of = (ids: readonly string[]): readonly TreeRow[] => ids.flatMap((id) => entries.get(id)?.row ?? []);

  return {
    of,
    show(nodes) {
      const update = rowsToUpdate(first, nodes);
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
      return update;
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

/** What a tree has to update: everything, or these rows with their children. */
type RowUpdate = { readonly kind: "all" } | { readonly kind: "rows"; readonly ids: readonly string[] };

/**
 * What a tree that shows `before` has to update to show `after`: the rows that changed or whose children were added, removed or
 * moved, none of them below another. Everything if that applies to the top level.
 */
export function rowsToUpdate(before: readonly DeskNode[], after: readonly DeskNode[]): RowUpdate {
  const ids = changedRows(before, after);
  return ids === undefined || ids.length > most ? { kind: "all" } : { kind: "rows", ids };
}

/** VS Code compares each updated row with every other one, which is slow for many. */
const most = 200;

function changedRows(before: readonly DeskNode[], after: readonly DeskNode[]): readonly string[] | undefined {
  if (before.length !== after.length) return undefined;
  const changed: string[] = [];
  for (const [index, from] of before.entries()) {
    const to = after[index];
    if (to?.id !== from.id) return undefined;
    const below = looksSame(from, to) ? changedRows(childrenOf(from), childrenOf(to)) : undefined;
    changed.push(...(below ?? [to.id]));
  }
  return changed;
}

function looksSame(from: DeskNode, to: DeskNode): boolean {
  return sameData({ ...from, children: undefined }, { ...to, children: undefined });
}
