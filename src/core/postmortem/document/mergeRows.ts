import type { BodyLine } from "../../markup/textLines";
import { eventKey, readHidden, writeHidden } from "./entrySource";

/** Lines of a timeline: rows of its table or list, then the keys of hidden events. */
interface TimelineLines {
  readonly rows: readonly IdentifiedRow[];
  readonly rest: readonly BodyLine[];
  readonly hidden: readonly string[];
}

interface IdentifiedRow {
  /** The key of the row's event, otherwise its text. */
  readonly id: string;
  readonly isMarked: boolean;
  readonly line: BodyLine;
}

/**
 * Merges two versions of the same lines of a timeline by the events of its rows, so that people can add, edit and hide rows next to
 * each other. Returns `undefined` for other lines, when both changed a row differently, and when both moved rows.
 */
export function mergeRows(base: readonly BodyLine[], ours: readonly BodyLine[], theirs: readonly BodyLine[]): readonly BodyLine[] | undefined {
  const [was, mine, other] = [readLines(base), readLines(ours), readLines(theirs)];
  if (was === undefined || mine === undefined || other === undefined) return undefined;
  const rows = mergeTable(was.rows, mine.rows, other.rows);
  if (rows === undefined) return undefined;
  const isUnchanged = ({ rest }: TimelineLines): boolean => JSON.stringify(rest) === JSON.stringify(was.rest);
  const { rest } = isUnchanged(mine) || (mine.hidden.length === 0 && other.hidden.length > 0) ? other : mine;
  const keys = mergeKeys(was.hidden, mine.hidden, other.hidden);
  return [...rows, ...rest.flatMap((line) => (line.text.trim() === "" ? [line] : keys.length === 0 ? [] : [{ ...line, text: writeHidden(keys) }]))];
}

function isRow({ text }: BodyLine): boolean {
  return text.startsWith("|") || /^[-*+] /.test(text);
}

/** Whether a line is a row, or contains the keys of hidden events. */
export function isTimelineLine(line: BodyLine): boolean {
  return isRow(line) || readHidden(line.text) !== undefined;
}

function readLines(lines: readonly BodyLine[]): TimelineLines | undefined {
  const first = lines.findIndex((line) => !isRow(line));
  const rows = first < 0 ? lines : lines.slice(0, first);
  const rest = lines.slice(rows.length);
  const marks = rest.map(({ text }) => (text.trim() === "" ? [] : readHidden(text)));
  if (marks.includes(undefined) || marks.filter((keys) => keys?.length !== 0).length > 1 || lines.some(({ end }) => end === "")) return undefined;
  return { rows: identify(rows), rest, hidden: marks.flatMap((keys) => keys ?? []) };
}

/** The second of two rows with the same key or text has another id. */
function identify(lines: readonly BodyLine[]): readonly IdentifiedRow[] {
  const counts = new Map<string, number>();
  return lines.map((line) => {
    const key = eventKey(line.text);
    const name = key === undefined ? `text ${line.text}` : `key ${key}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { id: `${name} ${count}`, isMarked: key !== undefined, line };
  });
}

/** The keys of a set that both changed. */
function mergeKeys(was: readonly string[], mine: readonly string[], other: readonly string[]): readonly string[] {
  const all = [...new Set([...other, ...mine])];
  return all.filter((key) => !was.includes(key) || (mine.includes(key) && other.includes(key)));
}

function mergeTable(was: readonly IdentifiedRow[], mine: readonly IdentifiedRow[], other: readonly IdentifiedRow[]): readonly BodyLine[] | undefined {
  const merged = mergeKnown(was, mine, other);
  if (merged === undefined) return undefined;
  if (keepsOrder(was, mine)) return insertInto(other, mine, merged);
  return keepsOrder(was, other) ? insertInto(mine, other, merged) : undefined;
}

/** The lines of rows that were there before, without those that somebody removed. */
function mergeKnown(was: readonly IdentifiedRow[], mine: readonly IdentifiedRow[], other: readonly IdentifiedRow[]): ReadonlyMap<string, BodyLine | undefined> | undefined {
  const [left, right] = [linesOf(mine), linesOf(other)];
  const merged = new Map<string, BodyLine | undefined>();
  for (const { id, isMarked, line } of was) {
    const [ours, theirs] = [left.get(id), right.get(id)];
    const [isOurs, areTheirs] = [ours?.text !== line.text, theirs?.text !== line.text];
    // Without a mark, a row that both edited looks like one that both removed.
    if (isOurs && areTheirs && (ours?.text !== theirs?.text || !isMarked)) return undefined;
    merged.set(id, isOurs ? ours : theirs);
  }
  return merged;
}

function linesOf(rows: readonly IdentifiedRow[]): ReadonlyMap<string, BodyLine> {
  return new Map(rows.map(({ id, line }) => [id, line]));
}

/** Whether the rows that were there before are in the same order. */
function keepsOrder(was: readonly IdentifiedRow[], now: readonly IdentifiedRow[]): boolean {
  const [before, after] = [linesOf(was), linesOf(now)];
  const kept = now.filter(({ id }) => before.has(id));
  return was.filter(({ id }) => after.has(id)).every(({ id }, index) => kept[index]?.id === id);
}

/** Adds the new rows of `others` to `rows`, each after the row that it follows there. Rows that both added and that are equal are kept once. */
function insertInto(rows: readonly IdentifiedRow[], others: readonly IdentifiedRow[], merged: ReadonlyMap<string, BodyLine | undefined>): readonly BodyLine[] {
  const known = linesOf(rows);
  const following = new Map<string, BodyLine[]>();
  let after = "";
  for (const { id, line } of others) {
    const isShared = merged.has(id) || known.get(id)?.text === line.text;
    if (!isShared) following.set(after, following.get(after) ?? []).get(after)?.push(line);
    else if (known.has(id)) after = id;
  }
  const result: BodyLine[] = [];
  let run: BodyLine[] = [];
  let added = following.get("") ?? [];
  const finishRun = (): void => {
    result.push(...mergeRuns(run, added));
    run = [];
  };
  for (const { id, line } of rows) {
    const next = following.get(id);
    if (merged.has(id) || next !== undefined) {
      finishRun();
      added = next ?? [];
      const text = merged.has(id) ? merged.get(id) : line;
      if (text !== undefined) result.push(text);
    } else {
      run.push(line);
    }
  }
  finishRun();
  return result;
}

/** Both runs, by their first cell if both have marks, which means that they are sorted by time. */
function mergeRuns(first: readonly BodyLine[], second: readonly BodyLine[]): readonly BodyLine[] {
  if (![...first, ...second].every(({ text }) => eventKey(text) !== undefined)) return [...first, ...second];
  const result: BodyLine[] = [];
  let index = 0;
  for (const line of second) {
    const later = first.findIndex((each, place) => place >= index && timeCell(each) > timeCell(line));
    const end = later < 0 ? first.length : later;
    result.push(...first.slice(index, end), line);
    index = end;
  }
  return [...result, ...first.slice(index)];
}

function timeCell({ text }: BodyLine): string {
  return text.split("|", 2)[1]?.trim() ?? "";
}
