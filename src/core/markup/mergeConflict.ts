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
  return hunks.filter((hunk) => {
    const isOurs = lines.slice(hunk.start, hunk.end).some(({ text }) => text.includes("<!-- desk:"));
    return isOurs || !isFenced(lines, hunk);
  });
}

function isFenced(lines: readonly BodyLine[], { start, end }: Hunk): boolean {
  let open: string | undefined;
  for (const { text } of lines.slice(0, start)) {
    const found = fence.exec(text)?.[1];
    if (found === undefined) continue;
    if (open === undefined) open = found;
    else if (closes(found, open)) open = undefined;
  }
  const opened = open;
  return opened !== undefined && lines.slice(end + 1).some(({ text }) => closes(fence.exec(text)?.[1] ?? "", opened));
}

function closes(found: string, open: string): boolean {
  return found.startsWith(open);
}
