import type { MarkdownLine } from "./markdownLines";
import { decodeCell, splitCells } from "./tableCell";

/** A table as it stands in a text. */
export interface Table {
  readonly start: number;
  readonly end: number;
  readonly head: MarkdownLine;
  readonly rule: MarkdownLine;
  /** Headings of the columns, lower case. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly line: MarkdownLine;
  readonly cells: readonly string[];
}

/** The first table among the lines that has all the columns asked for; headings in any letter case. */
export function findTable(lines: readonly MarkdownLine[], wanted: readonly string[]): Table | undefined {
  for (const [index, rule] of lines.entries()) {
    const head = lines[index - 1];
    if (head === undefined || head.fenced || rule.fenced || !head.text.includes("|") || !isRule(rule.text)) continue;
    const columns = readCells(head.text).map((cell) => cell.toLowerCase());
    if (columns.length !== splitCells(rule.text).length || !wanted.every((name) => columns.includes(name))) continue;
    const after = lines.slice(index + 1);
    const count = after.findIndex((line) => line.fenced || !hasBar(line.text));
    const rows = after.slice(0, count === -1 ? after.length : count).map((line) => ({ line, cells: readCells(line.text) }));
    const last = rows.at(-1)?.line ?? rule;
    return { start: head.start, end: last.start + last.text.length + last.end.length, head, rule, columns, rows };
  }
  return undefined;
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
