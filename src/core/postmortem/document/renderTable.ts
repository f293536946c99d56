import type { RowColumns } from "./rowColumns";
import { type CellSpan, encodeCell, normalCell, splitCells, type Table, type TableRow } from "./table";

/** A table whose lines are rows. */
export interface TableBlock {
  readonly kind: "table";
  readonly start: number;
  readonly end: number;
  readonly table: Table;
  /** See `columnNames`. */
  readonly names: readonly string[];
  /** The time zone that a heading states. */
  readonly zone?: string;
}

/** Renders a new table with these rows. */
export function newTable<Row extends { readonly others: readonly string[] }>(rows: readonly Row[], columns: RowColumns<Row>, lineBreak: string): string {
  const lines = [
    joinCells(columns.headings),
    joinCells(columns.headings.map(() => "---")),
    ...rows.map((row) => joinCells(columns.headings.map((heading) => encodeCell(columns.write(row, heading.toLowerCase()))))),
  ];
  return lines.map((line) => line + lineBreak).join("");
}

/** A row now and before, with cells in the order of `rowCells`. Both are empty if the row is unchanged. */
export interface Pair {
  readonly cells: readonly string[];
  readonly before: readonly string[];
  /** The position of the row before, if it is not a new one. */
  readonly old: number | undefined;
}

/** Updates a table to these rows. Lines of unchanged rows keep every byte. */
export function changeTable<Row>({ table, names }: TableBlock, rows: readonly Pair[], columns: RowColumns<Row>, lineBreak: string): string {
  const usual = columns.headings.map((heading) => heading.toLowerCase());
  const blank = usual.map((name) => normalCell(columns.write(columns.read("", () => "", []), name)));
  const missing = usual.flatMap((name, column) => (!names.includes(name) && rows.some(({ cells }) => cells.length > 0 && cells[column] !== blank[column]) ? [column] : []));
  const indent = /^[ \t]*/.exec(table.head.text)?.[0] ?? "";
  const lines = rows.map(({ cells, before, old }): Line => {
    const was = table.rows[old ?? -1];
    const wanted = cellsInOrder(names, usual, cells);
    const added = missing.map((column) => cells[column] ?? blank[column] ?? "").map(encodeCell);
    if (was === undefined) return { text: indent + joinCells([...wanted.map(encodeCell), ...added]), end: lineBreak };
    return { text: widen(patchRow(was, wanted, cellsInOrder(names, usual, before)), names.length, added), end: was.line.end };
  });
  const head = [
    { text: widen(table.head.text, names.length, missing.map((column) => columns.headings[column] ?? "")), end: table.head.end },
    { text: widen(table.rule.text, names.length, missing.map(() => "---")), end: table.rule.end },
  ];
  return [...head, ...lines].map((line) => line.text + (line.end === "" ? lineBreak : line.end)).join("");
}

interface Line {
  readonly text: string;
  readonly end: string;
}

/** The texts of the standard columns in the order of their headings, followed by the custom ones. */
export function rowCells<Row extends { readonly others: readonly string[] }>(row: Row, columns: RowColumns<Row>): readonly string[] {
  return [...columns.headings.map((heading) => normalCell(columns.write(row, heading.toLowerCase()))), ...row.others.map(normalCell)];
}

/** The cells of a row in the order of the table's columns. */
function cellsInOrder(names: readonly string[], usual: readonly string[], cells: readonly string[]): readonly string[] {
  let others = usual.length;
  return names.map((name) => cells[name === "" ? others++ : usual.indexOf(name)] ?? "");
}

/** Updates only the cells of a row's line whose text changed. */
function patchRow(row: TableRow, wanted: readonly string[], known: readonly string[]): string {
  const old = row.line.text;
  const spans = splitCells(old);
  const cells = wanted.map((cell, index) => (cell === known[index] ? textOf(old, spans[index]) : encodeCell(cell)));
  let text = old;
  for (let index = wanted.length - 1; index >= 0; index -= 1) {
    if (wanted[index] === known[index]) continue;
    const span = spans[index];
    if (span === undefined) return joinCells(cells);
    const gap = span.start === span.end && text[span.start] === "|" ? " " : "";
    text = text.slice(0, span.start) + (cells[index] ?? "") + gap + text.slice(span.end);
  }
  // Without outer bars, an empty first cell would get lost.
  const after = splitCells(text);
  return cells.every((cell, index) => textOf(text, after[index]) === cell) ? text : joinCells(cells);
}

function textOf(line: string, span: CellSpan | undefined): string {
  return span === undefined ? "" : line.slice(span.start, span.end);
}

/** Adds cells after the last column of a line. Cells without a column stay behind them. */
function widen(line: string, columns: number, cells: readonly string[]): string {
  if (cells.length === 0) return line;
  const raw = splitCells(line).map(({ start, end }) => line.slice(start, end));
  const padded = Array.from({ length: columns }, (_none, index) => raw[index] ?? "");
  return (/^[ \t]*/.exec(line)?.[0] ?? "") + joinCells([...padded, ...cells, ...raw.slice(columns)]);
}

function joinCells(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
