import { compareInstants } from "../../model/instant";
import type { PostmortemEntry } from "../postmortem";
import type { PostmortemEdit } from "../postmortemEdit";
import type { TimedRow } from "./rowEvents";

/** A row in the wrong place. `fix` is the edit that moves it to the right one. */
export interface MisplacedRow {
  readonly row: TimedRow;
  readonly fix: () => PostmortemEdit;
}

/**
 * The smallest number of rows without which the others are in order of time. Of several such choices, the rows with the most `trust`
 * stay. Moving one of the found rows by its edit leaves exactly the others. Rows without a time are in no order.
 */
export function misplacedRows(timeline: readonly PostmortemEntry[], rows: readonly TimedRow[], trust: (row: TimedRow) => number): readonly MisplacedRow[] {
  if (rows.every(({ at }, index) => index === 0 || compareInstants(rows[index - 1]?.at, at) <= 0)) return [];
  const chain = longestChain(rows, trust);
  const inOrder = rows.filter((_, index) => chain.has(index));
  const misplaced = rows.filter((_, index) => !chain.has(index));
  return misplaced.map((row) => ({
    row,
    fix: () => {
      const next = inOrder.find(({ at }) => compareInstants(at, row.at) > 0);
      const others = timeline.filter(({ id }) => id !== row.row.id);
      return { kind: "moveEntry", id: row.row.id, index: next === undefined ? others.length : others.indexOf(next.row) };
    },
  }));
}

interface Chain {
  readonly index: number;
  readonly rows: number;
  /** How much its rows are trusted together. */
  readonly trust: number;
  /** A sum that no other chain is likely to have. */
  readonly unique: number;
  readonly before: Chain | undefined;
}

/** Positions of the best chain of rows in order of time. It depends on the rows only, so that a chain stays the best one when a row joins it. */
function longestChain(rows: readonly TimedRow[], trust: (row: TimedRow) => number): ReadonlySet<number> {
  const times = [...new Set(rows.map(({ at }) => at))].toSorted(compareInstants);
  const ranks = new Map(times.map((at, rank) => [at, rank + 1]));
  // A Fenwick tree: the best chain that ends at or before each rank.
  const best = new Array<Chain | undefined>(times.length + 1);
  for (const [index, row] of rows.entries()) {
    const rank = ranks.get(row.at) ?? 1;
    let before: Chain | undefined;
    for (let at = rank; at > 0; at -= at & -at) before = better(before, best[at]);
    const chain: Chain = { index, rows: (before?.rows ?? 0) + 1, trust: (before?.trust ?? 0) + trust(row), unique: (before?.unique ?? 0) + hash(row.row.id), before };
    for (let at = rank; at <= times.length; at += at & -at) best[at] = better(best[at], chain);
  }
  const positions = new Set<number>();
  for (let chain = best.reduce(better, undefined); chain !== undefined; chain = chain.before) positions.add(chain.index);
  return positions;
}

function better(a: Chain | undefined, b: Chain | undefined): Chain | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return (a.rows - b.rows || a.trust - b.trust || a.unique - b.unique) < 0 ? b : a;
}

function hash(id: string): number {
  let value = 2_166_136_261;
  for (let index = 0; index < id.length; index += 1) value = Math.imul(value ^ id.charCodeAt(index), 16_777_619) >>> 0;
  return value;
}
