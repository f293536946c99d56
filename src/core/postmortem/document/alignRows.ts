import { commonLines } from "./commonLines";
import type { ImpactRow, Postmortem, PostmortemAction, PostmortemEntry } from "../postmortem";

type Cells = readonly string[];

/** For each new row the corresponding old row, or `undefined` for an added row. Old rows keep their order. */
export function alignRows(before: readonly Cells[], after: readonly Cells[]): readonly (number | undefined)[] {
  const kept = commonLines(before.map((row) => JSON.stringify(row)), after.map((row) => JSON.stringify(row)));
  const result: (number | undefined)[] = after.map(() => undefined);
  let [from, to] = [0, 0];
  for (const [old, now] of [...kept, [before.length, after.length] as const]) {
    pairGap(before, after, { from, old, to, now }, result);
    if (now < after.length) result[now] = old;
    [from, to] = [old + 1, now + 1];
  }
  return result;
}

interface Gap {
  readonly from: number;
  readonly old: number;
  readonly to: number;
  readonly now: number;
}

/** Pairs the rows between two unchanged ones: one by one if their number is the same, otherwise rows that share a cell. */
function pairGap(before: readonly Cells[], after: readonly Cells[], { from, old, to, now }: Gap, result: (number | undefined)[]): void {
  if (old - from === now - to) {
    for (let row = to; row < now; row += 1) result[row] = from + row - to;
    return;
  }
  const places = placesOfCells(before, from, old);
  let next = from;
  for (let row = to; row < now && next < old; row += 1) {
    const found = (after[row] ?? []).flatMap((cell, column) => placeFrom(places.get(`${column} ${cell}`), next) ?? []);
    if (found.length === 0) continue;
    const same = Math.min(...found);
    result[row] = same;
    next = same + 1;
  }
}

interface Places {
  readonly rows: number[];
  /** Rows before this position were passed. */
  first: number;
}

/** The rows that contain a cell. A search of all rows for each row would take quadratic time. */
function placesOfCells(before: readonly Cells[], from: number, old: number): ReadonlyMap<string, Places> {
  const places = new Map<string, Places>();
  for (let row = from; row < old; row += 1) {
    for (const [column, cell] of (before[row] ?? []).entries()) {
      if (cell === "") continue;
      const key = `${column} ${cell}`;
      const known = places.get(key);
      if (known === undefined) places.set(key, { rows: [row], first: 0 });
      else known.rows.push(row);
    }
  }
  return places;
}

function placeFrom(places: Places | undefined, next: number): number | undefined {
  if (places === undefined) return undefined;
  while ((places.rows[places.first] ?? next) < next) places.first += 1;
  return places.rows[places.first];
}

/** Restores the ids of rows that existed before: of rows that came from the same event, then of similar ones. New rows get fresh ids. */
export function keepIds(before: Postmortem, read: Postmortem, fresh: () => string): Postmortem {
  return {
    ...read,
    impact: keep(before.impact, read.impact, impactCells, fresh),
    timeline: keep(before.timeline, read.timeline, entryCells, fresh),
    actions: keep(before.actions, read.actions, actionCells, fresh),
  };
}

interface Row {
  readonly id: string;
  readonly origin?: PostmortemEntry["origin"];
}

function keep<Kind extends Row>(before: readonly Kind[], read: readonly Kind[], cells: (row: Kind) => Cells, fresh: () => string): readonly Kind[] {
  const byKey = new Map<string, Kind>();
  for (const row of before) if (row.origin !== undefined && !byKey.has(row.origin.key)) byKey.set(row.origin.key, row);
  const ids = new Map<Kind, string>();
  const used = new Set<Kind>();
  for (const row of read) {
    const old = row.origin === undefined ? undefined : byKey.get(row.origin.key);
    if (old === undefined || used.has(old)) continue;
    ids.set(row, old.id);
    used.add(old);
  }
  const [others, rest] = [before.filter((row) => !used.has(row)), read.filter((row) => !ids.has(row))];
  for (const [index, old] of alignRows(others.map(cells), rest.map(cells)).entries()) {
    const [row, id] = [rest[index], others[old ?? -1]?.id];
    if (row !== undefined && id !== undefined) ids.set(row, id);
  }
  return read.map((row) => ({ ...row, id: ids.get(row) ?? fresh() }));
}

function impactCells({ measure, amount, others }: ImpactRow): Cells {
  return [measure, amount, ...others];
}

function entryCells({ time, event, evidence, source, others }: PostmortemEntry): Cells {
  return [time.kind === "instant" ? time.at : time.words, event, evidence, source, ...others];
}

function actionCells({ action, type, owner, priority, due, issue, others }: PostmortemAction): Cells {
  return [action, type ?? "", owner, priority, due ?? "", issue === undefined ? "" : `${issue.repository}#${issue.number}`, ...others];
}
