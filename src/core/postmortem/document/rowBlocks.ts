import type { MarkdownLine } from "../../markup/textLines";
import { compareTexts } from "../../model/sorting";
import { alignRows } from "./alignRows";
import type { Splice } from "./frontMatter";
import { changeItem, findLists, findTimedHeadings, findTimedLines, type ItemList, itemCell, joinItem, type ListItem, newItem } from "./itemList";
import { changeTable, type Pair, rowCells, type TableBlock } from "./renderTable";
import { columnNames, type RowColumns } from "./rowColumns";
import { findTables } from "./table";

/** Rows in a section: a table, or a list whose items are rows. */
export type RowBlock = TableBlock | ListBlock;

interface ListBlock extends ItemList {
  readonly kind: "list";
  readonly zone?: string;
}

/** The tables with all required columns, otherwise the lists. A list belongs to the timeline if one of its items has a time. */
export function findBlocks<Row>(lines: readonly MarkdownLine[], heading: string, columns: RowColumns<Row>): readonly RowBlock[] {
  const listed = columns.list === undefined ? [] : findLists(lines, columns);
  const tables = findTables(lines).flatMap((table): readonly TableBlock[] => {
    const names = columnNames(table.columns, columns);
    // A table in an item of a list is a part of that row.
    const isNested = /^(?: {2}|\t)/.test(table.head.text) && listed.some(({ start, end }) => start < table.start && table.start < end);
    if (isNested || !columns.required.every((name) => names.includes(name))) return [];
    return [{ kind: "table", start: table.start, end: table.end, table, names, ...zoneOf([heading, ...table.columns, ...zoneLines(lines, table.start)]) }];
  });
  if (tables.length > 0 || columns.list === undefined) return tables;
  const hasTimes = columns.list.before === "time";
  const parts = hasTimes ? findTimedHeadings(lines, columns) : [];
  const bullets = parts.length > 0 ? parts : listed.filter(({ items }) => !hasTimes || items.some(({ time }) => time !== undefined));
  const lists = bullets.length === 0 && hasTimes ? findTimedLines(lines, columns) : bullets;
  return lists.map((list) => ({ kind: "list", ...list, ...zoneOf([heading, ...zoneLines(lines, lists[0]?.start ?? 0)]) }));
}

/** Lines before the rows such as “All times in UTC”. */
function zoneLines(lines: readonly MarkdownLine[], end: number): readonly string[] {
  return lines.slice(0, 12).flatMap(({ start, text }) => (start < end && /\b(?:times|timezone|time zone)\b/i.test(text.slice(0, 200)) ? [text] : []));
}

/** The time zone that the headings state. The abbreviation of an unknown one gives an invalid time zone, so that times remain texts. */
function zoneOf(headings: readonly string[]): { readonly zone?: string } {
  const stated = headings.map((heading) => readZone(heading.slice(0, 200))).find((zone) => zone !== undefined);
  return stated === undefined ? {} : { zone: stated };
}

const zones: ReadonlyMap<string, string> = new Map([
  ["PST", "-08:00"], ["PDT", "-07:00"], ["PT", "America/Los_Angeles"], ["MST", "-07:00"], ["MDT", "-06:00"], ["MT", "America/Denver"], ["CDT", "-05:00"], ["CT", "America/Chicago"],
  ["EST", "-05:00"], ["EDT", "-04:00"], ["ET", "America/New_York"], ["CET", "+01:00"], ["CEST", "+02:00"], ["EET", "+02:00"], ["EEST", "+03:00"], ["WEST", "+01:00"], ["JST", "+09:00"],
]);

function readZone(text: string): string | undefined {
  const [, sign, hours, minutes = "00"] = /\b(?:UTC|GMT) ?([+-]) ?(\d{1,2})(?::?(\d{2}))?\b/.exec(text) ?? [];
  if (sign !== undefined && hours !== undefined) return `${sign}${hours.padStart(2, "0")}:${minutes}`;
  if (/\b(?:UTC|GMT)\b|\bUniversal Time\b/i.test(text)) return "UTC";
  const known = /\b([A-Z]{2,4})\b/g;
  for (const [, name = ""] of text.matchAll(known)) {
    const zone = zones.get(name);
    if (zone !== undefined) return zone;
    if (/^[A-Z]{1,3}[SD]?T$/.test(name)) return unknownZone;
  }
  return undefined;
}

const unknownZone = "?";

/** The rows as data, with the ids `<prefix>1`, `<prefix>2` and so on. */
export function readBlocks<Row>(blocks: readonly RowBlock[], columns: RowColumns<Row>, prefix: string): readonly Row[] {
  let count = 0;
  return blocks.flatMap((block) => {
    const ids = (): string => `${prefix}${(count += 1)}`;
    if (block.kind === "list") return block.items.map((item) => columns.read(ids(), (column) => itemCell(item, columns, column), [], block.zone));
    const { table, names, zone } = block;
    return table.rows.map(({ cells }) => columns.read(ids(), (column) => cells[names.indexOf(column)] ?? "", names.flatMap((name, index) => (name === "" ? [cells[index] ?? ""] : [])), zone));
  });
}

/**
 * The changes that update the blocks to these rows. `was` are the rows that the blocks contain. Unchanged rows keep every byte, and
 * are not formatted, which takes most of the time. New rows are written after the row before them.
 */
export function blockSplices<Row extends AnyRow>(blocks: readonly RowBlock[], was: readonly Row[], rows: readonly Row[], columns: RowColumns<Row>, lineBreak: string): readonly Splice[] {
  const shortest = Math.min(was.length, rows.length);
  let head = 0;
  while (head < shortest && isSame(was[head], rows[head])) head += 1;
  let tail = 0;
  while (tail < shortest - head && isSame(was.at(-1 - tail), rows.at(-1 - tail))) tail += 1;
  if (head + tail === was.length && was.length === rows.length) return [];
  const before = was.slice(head, was.length - tail).map((row) => rowCells(row, columns));
  const after = rows.slice(head, rows.length - tail).map((row) => rowCells(row, columns));
  const aligned = alignRows(before, after);
  const pairs = rows.map((_row, index): Pair => {
    if (index < head) return { cells: [], before: [], old: index };
    if (index >= rows.length - tail) return { cells: [], before: [], old: index - rows.length + was.length };
    const old = aligned[index - head];
    return { cells: after[index - head] ?? [], before: before[old ?? -1] ?? [], old: old === undefined ? undefined : old + head };
  });
  return distribute(blocks, pairs).flatMap(({ block, members }): readonly Splice[] => {
    if (members.length === sizeOf(block) && members.every((pair, index) => pair.old === index && !isChanged(pair))) return [];
    return [{ start: block.start, end: block.end, text: block.kind === "table" ? changeTable(block, members, columns, lineBreak) : changeList(block, members, columns, lineBreak) }];
  });
}

interface AnyRow {
  readonly id: string;
  readonly others: readonly string[];
}

function isSame(a: AnyRow | undefined, b: AnyRow | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b)));
}

/** The row without its id, with its keys in order. */
function inOrder({ id: _id, ...row }: AnyRow): readonly unknown[] {
  return Object.entries(row).toSorted(([a], [b]) => compareTexts(a, b));
}

function isChanged({ cells, before }: Pair): boolean {
  return JSON.stringify(cells) !== JSON.stringify(before);
}

function sizeOf(block: RowBlock): number {
  return block.kind === "table" ? block.table.rows.length : block.items.length;
}

interface Part {
  readonly block: RowBlock;
  /** The rows that are in this block now, with positions in it. */
  readonly members: readonly Pair[];
}

function distribute(blocks: readonly RowBlock[], pairs: readonly Pair[]): readonly Part[] {
  const members = blocks.map((): Pair[] => []);
  const firsts: number[] = [];
  let total = 0;
  for (const block of blocks) {
    firsts.push(total);
    total += sizeOf(block);
  }
  const blockOf = (old: number): number => firsts.findLastIndex((first) => first <= old);
  let current = Math.max(0, blockOf(pairs.find(({ old }) => old !== undefined)?.old ?? 0));
  for (const pair of pairs) {
    if (pair.old !== undefined) current = blockOf(pair.old);
    members[current]?.push(pair.old === undefined ? pair : { ...pair, old: pair.old - (firsts[current] ?? 0) });
  }
  return blocks.map((block, place) => ({ block, members: members[place] ?? [] }));
}

function changeList<Row extends AnyRow>(block: ListBlock, pairs: readonly Pair[], columns: RowColumns<Row>, lineBreak: string): string {
  const names = columns.headings.map((heading) => heading.toLowerCase());
  const changesOf = (cells: readonly string[], was: readonly string[]): ReadonlyMap<string, string> => new Map(names.flatMap((name, column) => (cells[column] === was[column] ? [] : [[name, cells[column] ?? ""] as const])));
  const blank = rowCells(columns.read("", () => "", []), columns);
  const inner = block.items.length > 1 ? (block.items[0]?.gap ?? lineBreak) : lineBreak;
  const end = block.items.at(-1)?.gap ?? lineBreak;
  let like: ListItem | undefined = block.items.find(({ time }) => time !== undefined) ?? block.items[0];
  const items = pairs.map(({ cells, before, old }, index): ListItem => {
    const item = block.items[old ?? -1];
    const changes = changesOf(cells, item === undefined ? blank : before);
    const changed = item === undefined ? newItem(columns, changes, like, lineBreak) : changes.size === 0 ? item : changeItem(item, columns, changes, like, lineBreak);
    like = changed.time === undefined && columns.list?.before === "time" ? { ...changed, time: like?.time } : changed;
    const isLast = index === pairs.length - 1;
    return { ...changed, gap: isLast ? end : item !== undefined && old !== block.items.length - 1 ? changed.gap : inner };
  });
  return items.map(joinItem).join("");
}
