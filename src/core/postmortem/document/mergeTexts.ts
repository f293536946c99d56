import { type BodyLine, joinLines, splitLines } from "../../markup/textLines";
import { commonLines } from "./commonLines";
import { isTimelineLine, mergeRows } from "./mergeRows";

/**
 * Merges two edited versions of a text. Returns `undefined` when both changed the same lines differently, or both added lines
 * with only empty lines between. If both added rows at the same place, all are kept, theirs first.
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
    const isText = [...mine.slice(left, leftStart), ...other.slice(right, rightStart)].some((line) => line.text.trim() !== "" && !isTimelineLine(line));
    const by = start > at || !isText ? undefined : leftStart > left && rightStart === right ? "ours" : rightStart > right && leftStart === left ? "theirs" : undefined;
    if (merged === undefined || (by !== undefined && added !== undefined && by !== added)) return undefined;
    for (const each of merged) result.push(each);
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
  const each = base.length === ours.length && base.length === theirs.length ? mergeEach(base, ours, theirs) : undefined;
  return each ?? mergeRows(base, ours, theirs);
}

/** The time of the last event that was added. Of two, the later one counts. */
const lastImport = /^events-until: \d{4}-[\d-]+T[\d:.]+Z[ \t]*$/;

/** Merges line by line if both sides kept the number of lines, so that changes to neighbouring lines do not conflict. */
function mergeEach(base: readonly BodyLine[], ours: readonly BodyLine[], theirs: readonly BodyLine[]): readonly BodyLine[] | undefined {
  const lines = base.flatMap((line, index) => {
    const [mine, other] = [ours[index] ?? line, theirs[index] ?? line];
    if (whole(other) === whole(line) || whole(mine) === whole(other)) return [mine];
    if (whole(mine) === whole(line)) return [other];
    return lastImport.test(mine.text) && lastImport.test(other.text) ? [mine.text > other.text ? mine : other] : [];
  });
  return lines.length === base.length ? lines : undefined;
}

function whole(line: BodyLine): string {
  return line.text + line.end;
}

/** Whether `later` is `earlier` with at most one insertion, so that it contains everything of `earlier`. */
export function growsFrom(earlier: string, later: string): boolean {
  if (earlier.length > later.length) return false;
  let start = 0;
  while (start < earlier.length && earlier[start] === later[start]) start += 1;
  return later.endsWith(earlier.slice(start));
}
