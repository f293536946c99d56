import { compareInstants } from "../model/instantOrder";
import type { PostmortemEntry } from "./postmortem";
import type { PostmortemEdit } from "./postmortemEdit";
import type { TimedRow } from "./rowEvents";

/** A row that stands at the wrong place, and the edit that moves it to the right one. */
export interface MisplacedRow {
  readonly row: TimedRow;
  readonly fix: PostmortemEdit;
}

/**
 * The smallest number of rows without which the others are in order of time. Of several such choices, the rows with the most `trust`
 * stay. Moving one of the found rows by its edit leaves exactly the others. Rows without a time are in no order.
 */
export function misplacedRows(timeline: readonly PostmortemEntry[], rows: readonly TimedRow[], trust: (row: TimedRow) => number): readonly MisplacedRow[] {
  if (rows.every(({ at }, index) => index === 0 || compareInstants(rows[index - 1]?.at, at) <= 0)) return [];
  const chain = longestChain(rows, trust);
  const inOrder = rows.filter((_, index) => chain.has(index));
  return rows.flatMap((row, index) => {
    if (chain.has(index)) return [];
    const next = inOrder.find(({ at }) => compareInstants(at, row.at) > 0);
    const others = timeline.filter(({ id }) => id !== row.row.id);
    return [{ row, fix: { kind: "moveEntry" as const, id: row.row.id, index: next === undefined ? others.length : others.indexOf(next.row) } }];
  });
}

/** The number of rows in a chain, how much they are trusted together, and a sum that no other chain is likely to have. */
type Score = readonly [rows: number, trust: number, unique: number];

interface Chain {
  readonly score: Score;
  readonly index: number;
  readonly before?: Chain;
}

/** Positions of the best chain of rows in order of time. Scores depend on the rows only, so that a chain stays the best one when a row joins it. */
function longestChain(rows: readonly TimedRow[], trust: (row: TimedRow) => number): ReadonlySet<number> {
  const times = [...new Set(rows.map(({ at }) => at))].toSorted(compareInstants);
  const ranks = new Map(times.map((at, rank) => [at, rank + 1]));
  // A Fenwick tree: the best chain that ends at or before each rank.
  const best = new Array<Chain | undefined>(times.length + 1);
  rows.forEach((row, index) => {
    const rank = ranks.get(row.at) ?? 1;
    let before: Chain | undefined;
    for (let at = rank; at > 0; at -= at & -at) before = better(before, best[at]);
    const [length, trusted, unique] = before?.score ?? [0, 0, 0];
    const score: Score = [length + 1, trusted + trust(row), unique + hash(row.row.id)];
    const chain: Chain = { score, index, ...(before === undefined ? {} : { before }) };
    for (let at = rank; at <= times.length; at += at & -at) best[at] = better(best[at], chain);
  });
  const positions = new Set<number>();
  for (let chain = best.reduce(better, undefined); chain !== undefined; chain = chain.before) positions.add(chain.index);
  return positions;
}

function better(a: Chain | undefined, b: Chain | undefined): Chain | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const difference = a.score.map((part, index) => part - (b.score[index] ?? 0)).find((part) => part !== 0) ?? 0;
  return difference < 0 ? b : a;
}

function hash(id: string): number {
  let value = 2_166_136_261;
  for (let index = 0; index < id.length; index += 1) value = Math.imul(value ^ id.charCodeAt(index), 16_777_619) >>> 0;
  return value;
}
