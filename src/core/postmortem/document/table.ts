import type { MarkdownLine } from "../../markup/textLines";

/** A table with its position in a text. */
export interface Table {
  readonly start: number;
  readonly end: number;
  readonly head: MarkdownLine;
  readonly rule: MarkdownLine;
  /** Headings of the columns. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly line: MarkdownLine;
  readonly cells: readonly string[];
}

/** All tables outside of fenced blocks. */
export function findTables(lines: readonly MarkdownLine[]): readonly Table[] {
  const tables: Table[] = [];
  let from = 0;
  for (const [index, rule] of lines.entries()) {
    const head = lines[index - 1];
    if (index <= from || head === undefined || head.fenced || rule.fenced || !head.text.includes("|") || !isRule(rule.text)) continue;
    const columns = readCells(head.text);
    if (columns.length !== splitCells(rule.text).length) continue;
    const rows: TableRow[] = [];
    for (let next = lines[index + 1]; next !== undefined && !next.fenced && hasBar(next.text); next = lines[index + 1 + rows.length]) rows.push({ line: next, cells: readCells(next.text) });
    from = index + rows.length;
    const last = rows.at(-1)?.line ?? rule;
    tables.push({ start: head.start, end: last.start + last.text.length + last.end.length, head, rule, columns, rows });
  }
  return tables;
}

function readCells(line: string): readonly string[] {
  return splitCells(line).map(({ start, end }) => decodeCell(line.slice(start, end)));
}

function isRule(line: string): boolean {
  const cells = splitCells(line);
  return cells.length > 0 && cells.every(({ start, end }) => /^:?-+:?$/.test(line.slice(start, end)));
}

function hasBar(line: string): boolean {
  return /(?:^|[^\\])\|/.test(line);
}

/** The position of a cell in its line, without surrounding space. */
export interface CellSpan {
  readonly start: number;
  readonly end: number;
}

/** Splits a table row into cells. A pipe after a backslash is part of the cell. */
export function splitCells(line: string): readonly CellSpan[] {
  const bars = [...line.matchAll(/\|/g)].map(({ index }) => index).filter((index) => line[index - 1] !== "\\");
  const cells = [-1, ...bars].map((bar, index) => trimSpan(line, bar + 1, bars[index] ?? line.length));
  const first = line.trimStart().startsWith("|") ? 1 : 0;
  const last = cells.at(-1);
  const end = bars.length > 0 && last?.start === last?.end ? cells.length - 1 : cells.length;
  return cells.slice(first, Math.max(first, end));
}

function trimSpan(line: string, start: number, end: number): CellSpan {
  const text = line.slice(start, end);
  const inner = text.trim();
  const from = inner === "" ? start + Math.min(text.length, 1) : start + text.length - text.trimStart().length;
  return { start: from, end: from + inner.length };
}

/** Encodes a text as a cell: line breaks as `<br>`, escaped pipes. */
export function encodeCell(text: string): string {
  return normalCell(text)
    .replace(/(?<!\\)(\\*)\|/g, (_all, slashes: string) => `${"&#92;".repeat(slashes.length)}\\|`)
    .replaceAll("\n", "<br>");
}

/** Decodes the text of a cell. */
function decodeCell(cell: string): string {
  return normalCell(cell.replace(/\\\|/g, "&#124;"));
}

/** Normalizes a text as a cell would: `<br>`, `&#124;` and `&#92;` are decoded, and other control characters become spaces. */
export function normalCell(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\u2028\u2029]/gu, (found) => (found === "\n" ? found : " "))
    .replace(/<br[ \t]*\/?>|&#124;|&#92;/gi, (found) => (found === "&#124;" ? "|" : found === "&#92;" ? "\\" : "\n"))
    .trim();
}
