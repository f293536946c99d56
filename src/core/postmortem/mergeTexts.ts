import { type BodyLine, joinLines, splitLines } from "../markup/textLines";
import type { Postmortem, PostmortemAction, PostmortemEntry } from "./postmortem";

/**
 * Merges two edited versions of a text. Returns `undefined` when both changed the same lines differently, or both added lines
 * with only empty lines between. If both added table rows at the same place, all are kept, theirs first.
 */
export function mergeTexts(base: string, ours: string, theirs: string): string | undefined {
  if (ours === theirs || theirs === base) return ours;
  if (ours === base) return theirs;
  const [origin, mine, other] = [splitLines(base), splitLines(ours), splitLines(theirs)];
  const result: BodyLine[] = [];
  let [at, left, right] = [0, 0, 0];
  // Which side added lines since the last common line with text: two additions must be separated by more than empty lines.
  let added: "ours" | "theirs" | undefined;
  for (const [start, leftStart, rightStart] of [...stablePositions(origin, mine, other), [origin.length, mine.length, other.length] as const]) {
    const merged = mergeChunk(origin.slice(at, start), mine.slice(left, leftStart), other.slice(right, rightStart));
    const by = start > at ? undefined : leftStart > left && rightStart === right ? "ours" : rightStart > right && leftStart === left ? "theirs" : undefined;
    if (merged === undefined || (by !== undefined && added !== undefined && by !== added)) return undefined;
    result.push(...merged);
    added = by ?? added;
    const line = origin[start];
    if (line !== undefined) result.push(line);
    if (line !== undefined && line.text.trim() !== "") added = undefined;
    [at, left, right] = [start + 1, leftStart + 1, rightStart + 1];
  }
  return joinLines(result);
}

/** Line positions that all three texts share. */
function stablePositions(origin: readonly BodyLine[], mine: readonly BodyLine[], other: readonly BodyLine[]): readonly (readonly [number, number, number])[] {
  const others = new Map(commonLines(origin.map(whole), other.map(whole)));
  return commonLines(origin.map(whole), mine.map(whole)).flatMap(([start, left]) => {
    const right = others.get(start);
    return right === undefined ? [] : [[start, left, right] as const];
  });
}

function mergeChunk(base: readonly BodyLine[], ours: readonly BodyLine[], theirs: readonly BodyLine[]): readonly BodyLine[] | undefined {
  const [was, mine, other] = [base, ours, theirs].map((lines) => joinLines(lines));
  if (mine === other || other === was) return ours;
  if (mine === was) return theirs;
  if (base.length === ours.length && base.length === theirs.length) return mergeEach(base, ours, theirs);
  return base.length === 0 && [...ours, ...theirs].every(isRow) ? [...theirs, ...ours] : undefined;
}

/** Merges line by line if both sides kept the number of lines, so that changes to neighbouring lines do not conflict. */
function mergeEach(base: readonly BodyLine[], ours: readonly BodyLine[], theirs: readonly BodyLine[]): readonly BodyLine[] | undefined {
  const lines = base.flatMap((line, index) => {
    const [mine, other] = [ours[index] ?? line, theirs[index] ?? line];
    if (whole(other) === whole(line) || whole(mine) === whole(other)) return [mine];
    return whole(mine) === whole(line) ? [other] : [];
  });
  return lines.length === base.length ? lines : undefined;
}

function whole(line: BodyLine): string {
  return line.text + line.end;
}

function isRow(line: BodyLine): boolean {
  return line.text.startsWith("|") && line.end !== "";
}

/** For each new row the corresponding old row, or `undefined` for an added row. Old rows keep their order. */
export function alignRows(before: readonly (readonly string[])[], after: readonly (readonly string[])[]): readonly (number | undefined)[] {
  const kept = commonRows(before, after);
  const result: (number | undefined)[] = after.map(() => undefined);
  let [from, to] = [0, 0];
  for (const [old, now] of [...kept, [before.length, after.length] as const]) {
    pairGap(before, after, from, old, to, now, result);
    if (now < after.length) result[now] = old;
    [from, to] = [old + 1, now + 1];
  }
  return result;
}

/** Pairs the rows between two unchanged ones: one by one if their number is the same, otherwise rows that share a cell. */
function pairGap(before: readonly (readonly string[])[], after: readonly (readonly string[])[], from: number, old: number, to: number, now: number, result: (number | undefined)[]): void {
  let next = from;
  for (let row = to; row < now && next < old; row += 1) {
    const shares = (index: number): boolean => before[index]?.some((cell, column) => cell !== "" && cell === after[row]?.[column]) ?? false;
    const same = old - from === now - to ? next : range(next, old).find(shares);
    if (same === undefined) continue;
    result[row] = same;
    next = same + 1;
  }
}

/** Pairs of equal rows in a longest common subsequence. */
function commonRows(before: readonly (readonly string[])[], after: readonly (readonly string[])[]): readonly (readonly [number, number])[] {
  return commonLines(before.map((row) => JSON.stringify(row)), after.map((row) => JSON.stringify(row)));
}

/** Pairs of positions of equal lines in a longest common subsequence, in order. */
function commonLines(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [rows, columns] = [before.length - head - tail, after.length - head - tail];
  if (rows * columns > maxPairs) return edges(before.length, after.length, head, [], tail);
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[head + row] === after[head + column]
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0);
    }
  }
  const middle: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (before[head + row] === after[head + column]) middle.push([head + row++, head + column++]);
    else if ((lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0)) row += 1;
    else column += 1;
  }
  return edges(before.length, after.length, head, middle, tail);
}

/** Limit for comparing all pairs of lines, because of the memory that this takes. */
const maxPairs = 9_000_000;

function edges(before: number, after: number, head: number, middle: readonly (readonly [number, number])[], tail: number): readonly (readonly [number, number])[] {
  return [
    ...range(0, head).map((index) => [index, index] as const),
    ...middle,
    ...range(0, tail).map((index) => [before - tail + index, after - tail + index] as const),
  ];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_none, index) => from + index);
}

/** Whether `later` is `earlier` with at most one insertion, so that it contains everything of `earlier`. */
export function growsFrom(earlier: string, later: string): boolean {
  if (earlier.length > later.length) return false;
  let start = 0;
  while (start < earlier.length && earlier[start] === later[start]) start += 1;
  return later.endsWith(earlier.slice(start));
}

/** Restores the ids of rows that existed before. New rows get fresh ids. */
export function keepIds(before: Postmortem, read: Postmortem, fresh: () => string): Postmortem {
  return {
    ...read,
    timeline: keep(before.timeline, read.timeline, entryCells, fresh),
    actions: keep(before.actions, read.actions, actionCells, fresh),
  };
}

function keep<Row extends { readonly id: string }>(before: readonly Row[], read: readonly Row[], cells: (row: Row) => readonly string[], fresh: () => string): readonly Row[] {
  const origin = alignRows(before.map(cells), read.map(cells));
  return read.map((row, index) => ({ ...row, id: before[origin[index] ?? -1]?.id ?? fresh() }));
}

function entryCells({ time, event, evidence, others }: PostmortemEntry): readonly string[] {
  return [time.kind === "instant" ? time.at : time.words, event, evidence, ...others];
}

function actionCells({ action, type, owner, priority, due, issue, others }: PostmortemAction): readonly string[] {
  return [action, type ?? "", owner, priority, due ?? "", issue === undefined ? "" : `${issue.repository}#${issue.number}`, ...others];
}
