import { sameData } from "../../core/sameData";
import { childrenOf, type DeskNode } from "./node";

/** What a tree has to be told: to fill itself anew, or which rows to draw anew, each with what stands below it. */
export type Told = { readonly kind: "all" } | { readonly kind: "rows"; readonly ids: readonly string[] };

/**
 * What a tree that shows `before` has to be told so that it shows `after`: the rows that look different or below which rows
 * came, went or moved, none of them below another one; everything where that happened to the first rows.
 */
export function toldRows(before: readonly DeskNode[], after: readonly DeskNode[]): Told {
  const ids = changedRows(before, after);
  return ids === undefined || ids.length > most ? { kind: "all" } : { kind: "rows", ids };
}

/** VS Code compares each row that it is told of with every other one. */
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
