import { type BodyLine, joinLines, splitLines } from "./textLines";

/** Both complete sides of a Git merge conflict in a text, and the common base if Git wrote it. */
export interface ConflictSides {
  readonly ours: string;
  readonly theirs: string;
  readonly base?: string;
}

interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly ours: readonly BodyLine[];
  readonly base: readonly BodyLine[] | undefined;
  readonly theirs: readonly BodyLine[];
}

const beginning = /^<{7}(?: |$)/;

const middle = /^\|{7}(?: |$)/;

const divider = /^={7}$/;

const ending = /^>{7}(?: |$)/;

const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Parses Git conflict markers. Returns `undefined` when there are none. Only complete conflicts outside of fenced blocks count,
 * so a heading underlined with `=======` is not one.
 */
export function readConflict(text: string): ConflictSides | undefined {
  if (!text.includes("<<<<<<<")) return undefined;
  const lines = splitLines(text);
  const hunks = withoutQuoted(lines, findHunks(lines));
  if (hunks.length === 0) return undefined;
  const side = (pick: (hunk: Hunk) => readonly BodyLine[]): string => {
    let at = 0;
    const kept = hunks.flatMap((hunk) => {
      const before = lines.slice(at, hunk.start);
      at = hunk.end + 1;
      return [...before, ...pick(hunk)];
    });
    return joinLines([...kept, ...lines.slice(at)]);
  };
  const sides = { ours: side(({ ours }) => ours), theirs: side(({ theirs }) => theirs) };
  return hunks.every(({ base }) => base !== undefined) ? { ...sides, base: side(({ base }) => base ?? []) } : sides;
}

/** Whether a line is a start or end marker of a conflict, as left by an incomplete resolution. */
export function isConflictMarker(line: string): boolean {
  return beginning.test(line) || ending.test(line) || middle.test(line);
}

function findHunks(lines: readonly BodyLine[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let start = -1;
  let base = -1;
  let split = -1;
  lines.forEach(({ text }, index) => {
    if (beginning.test(text)) {
      start = index;
      base = -1;
      split = -1;
    } else if (start >= 0 && split < 0 && base < 0 && middle.test(text)) base = index;
    else if (start >= 0 && split < 0 && divider.test(text)) split = index;
    else if (split >= 0 && ending.test(text)) {
      const end = base < 0 ? split : base;
      hunks.push({ start, end: index, ours: lines.slice(start + 1, end), base: base < 0 ? undefined : lines.slice(base + 1, split), theirs: lines.slice(split + 1, index) });
      start = -1;
      split = -1;
    }
  });
  return hunks;
}

/** Ignores conflicts inside fenced blocks, which are examples, unless they contain the desk's marks. */
function withoutQuoted(lines: readonly BodyLine[], hunks: readonly Hunk[]): readonly Hunk[] {
  const isFenced = fencedPlaces(lines);
  return hunks.filter((hunk) => {
    const isOurs = lines.slice(hunk.start, hunk.end).some(({ text }) => text.includes("<!-- desk:"));
    return isOurs || !isFenced(hunk);
  });
}

/** Returns whether a place is between the marks of a fenced block. The lines are read once for all places. */
function fencedPlaces(lines: readonly BodyLine[]): (place: Pick<Hunk, "start" | "end">) => boolean {
  const marks = lines.flatMap(({ text }, index) => {
    const mark = fence.exec(text)?.[1];
    return mark === undefined ? [] : [{ mark, index }];
  });
  /** The mark of the block that is open before each line. */
  const openAt: (string | undefined)[] = [];
  const lastClosing = new Map<string, number>();
  let open: string | undefined;
  let next = 0;
  for (let index = 0; index < lines.length; index += 1) {
    openAt.push(open);
    const found = marks[next];
    if (found?.index !== index) continue;
    next += 1;
    if (open === undefined) open = found.mark;
    else if (closes(found.mark, open)) open = undefined;
  }
  const lastOf = (opened: string): number => {
    const known = lastClosing.get(opened) ?? marks.findLast(({ mark }) => closes(mark, opened))?.index ?? -1;
    lastClosing.set(opened, known);
    return known;
  };
  return ({ start, end }) => {
    const opened = openAt[start];
    return opened !== undefined && lastOf(opened) > end;
  };
}

function closes(found: string, open: string): boolean {
  return found.startsWith(open);
}
