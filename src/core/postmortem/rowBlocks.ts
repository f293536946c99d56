import type { MarkdownLine } from "../markup/textLines";
import { alignRows } from "./alignRows";
import type { Splice } from "./frontMatter";
import { changeItem, findLists, findTimedHeadings, findTimedLines, type ItemList, itemCell, joinItem, type ListItem, newItem } from "./itemList";
import { changeTable, rowCells, type TableBlock } from "./renderTable";
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
  const tables = findTables(lines).flatMap((table): readonly TableBlock[] => {
    const names = columnNames(table.columns, columns);
    if (!columns.required.every((name) => names.includes(name))) return [];
    return [{ kind: "table", start: table.start, end: table.end, table, names, ...zoneOf([heading, ...table.columns, ...zoneLines(lines, table.start)]) }];
  });
  if (tables.length > 0 || columns.list === undefined) return tables;
  const hasTimes = columns.list.before === "time";
  const parts = hasTimes ? findTimedHeadings(lines, columns) : [];
  const bullets = parts.length > 0 ? parts : findLists(lines, columns).filter(({ items }) => !hasTimes || items.some(({ time }) => time !== undefined));
  const lists = bullets.length === 0 && hasTimes ? findTimedLines(lines, columns) : bullets;
  return lists.map((list) => ({ kind: "list", ...list, ...zoneOf([heading, ...zoneLines(lines, lists[0]?.start ?? 0)]) }));
}

/** Lines before the rows such as “All times in UTC”. */
function zoneLines(lines: readonly MarkdownLine[], end: number): readonly string[] {
  return lines.slice(0, 12).flatMap(({ start, text }) => (start < end && /\b(?:times|timezone|time zone)\b/i.test(text.slice(0, 200)) ? [text] : []));
}

/** The time zone that the headings state. A text that is no time zone means one that is not known, so that times remain texts. */
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

/** The changes that update the blocks to these rows. Unchanged rows keep every byte. New rows are written after the row before them. */
export function blockSplices<Row extends { readonly others: readonly string[] }>(blocks: readonly RowBlock[], rows: readonly Row[], columns: RowColumns<Row>, lineBreak: string): readonly Splice[] {
  const before = readBlocks(blocks, columns, "").map((row) => rowCells(row, columns));
  const after = rows.map((row) => rowCells(row, columns));
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const origin = alignRows(before, after);
  const parts = distribute(blocks, rows, origin);
  return blocks.flatMap((block, place) => {
    const { first, members } = parts[place] ?? { first: 0, members: [] };
    const pairs = members.map((index) => ({ row: rows[index], cells: after[index] ?? [], old: origin[index] === undefined ? undefined : (origin[index] ?? 0) - first }));
    const was = before.slice(first, first + sizeOf(block));
    const isSame = pairs.length === was.length && pairs.every(({ cells, old }, index) => old === index && JSON.stringify(cells) === JSON.stringify(was[index]));
    if (isSame) return [];
    const text = block.kind === "table" ? changeTable(block, was, pairs, columns, lineBreak) : changeList(block, was, pairs, columns, lineBreak);
    return [{ start: block.start, end: block.end, text }];
  });
}

function sizeOf(block: RowBlock): number {
  return block.kind === "table" ? block.table.rows.length : block.items.length;
}

interface Part {
  /** Number of rows in earlier blocks. */
  readonly first: number;
  /** Positions of the rows that are in this block now. */
  readonly members: readonly number[];
}

function distribute(blocks: readonly RowBlock[], rows: readonly unknown[], origin: readonly (number | undefined)[]): readonly Part[] {
  const members = blocks.map((): number[] => []);
  const firsts: number[] = [];
  let total = 0;
  for (const block of blocks) {
    firsts.push(total);
    total += sizeOf(block);
  }
  const blockOf = (old: number): number => firsts.findLastIndex((first) => first <= old);
  let current = Math.max(0, blockOf(origin.find((old) => old !== undefined) ?? 0));
  for (const index of rows.keys()) {
    const old = origin[index];
    if (old !== undefined) current = blockOf(old);
    members[current]?.push(index);
  }
  return blocks.map((_block, place) => ({ first: firsts[place] ?? 0, members: members[place] ?? [] }));
}

interface Pair {
  readonly cells: readonly string[];
  readonly old: number | undefined;
}

function changeList<Row extends { readonly others: readonly string[] }>(block: ListBlock, before: readonly (readonly string[])[], pairs: readonly Pair[], columns: RowColumns<Row>, lineBreak: string): string {
  const names = columns.headings.map((heading) => heading.toLowerCase());
  const changesOf = (cells: readonly string[], was: readonly string[]): ReadonlyMap<string, string> => new Map(names.flatMap((name, column) => (cells[column] === was[column] ? [] : [[name, cells[column] ?? ""] as const])));
  const blank = rowCells(columns.read("", () => "", []), columns);
  const inner = block.items.length > 1 ? (block.items[0]?.gap ?? lineBreak) : lineBreak;
  const end = block.items.at(-1)?.gap ?? lineBreak;
  let like: ListItem | undefined = block.items.find(({ time }) => time !== undefined) ?? block.items[0];
  const items = pairs.map(({ cells, old }, index): ListItem => {
    const item = block.items[old ?? -1];
    const changes = changesOf(cells, item === undefined ? blank : (before[old ?? 0] ?? []));
    const changed = item === undefined ? newItem(columns, changes, like, lineBreak) : changes.size === 0 ? item : changeItem(item, columns, changes, like, lineBreak);
    like = changed.time === undefined && columns.list?.before === "time" ? { ...changed, time: like?.time } : changed;
    const isLast = index === pairs.length - 1;
    return { ...changed, gap: isLast ? end : item !== undefined && old !== block.items.length - 1 ? changed.gap : inner };
  });
  return items.map(joinItem).join("");
}
