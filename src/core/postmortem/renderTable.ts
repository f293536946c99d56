import { alignRows } from "./alignRows";
import { otherColumns, readRows } from "./parsePostmortem";
import { type CellSpan, encodeCell, normalCell, type RowColumns, splitCells, type Table, type TableRow } from "./table";

/** Renders a new table with these rows. */
export function newTable<Row>(rows: readonly Row[], columns: RowColumns<Row>, lineBreak: string): string {
  const lines = [
    joinCells(columns.headings),
    joinCells(columns.headings.map(() => "---")),
    ...rows.map((row) => joinCells(columns.headings.map((heading) => encodeCell(columns.write(row, heading.toLowerCase()))))),
  ];
  return lines.map((line) => line + lineBreak).join("");
}

/** Updates a table to these rows. Lines of unchanged rows keep every byte. Returns `undefined` when nothing changed. */
export function changeTable<Row>(table: Table, rows: readonly Row[], columns: RowColumns<Row>, lineBreak: string): string | undefined {
  const others = otherColumns(table.columns, columns);
  const before = readRows(table, columns, "").map((row, index) => rowCells(row, columns, others.map((at) => table.rows[index]?.cells[at] ?? "")));
  const after = rows.map((row) => rowCells(row, columns, othersOf(row)));
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;

  const blank = rowCells(columns.read("", () => "", []), columns, []);
  const missing = columns.headings.filter((heading, index) => !table.columns.includes(heading.toLowerCase()) && after.some((row) => row[index] !== blank[index]));
  const origin = alignRows(before, after);
  const indent = /^[ \t]*/.exec(table.head.text)?.[0] ?? "";
  const lines = after.map((cells, index): Line => {
    const old = origin[index];
    const was = old === undefined ? undefined : table.rows[old];
    const wanted = cellsInOrder(table, columns, others, cells);
    if (was === undefined) return { text: indent + joinCells([...wanted, ...missing.map((heading) => cells[columns.headings.indexOf(heading)] ?? "")].map(encodeCell)), end: lineBreak };
    const known = cellsInOrder(table, columns, others, before[old ?? 0] ?? []);
    const text = patchRow(was, wanted, known);
    return { text: widen(text, table.columns.length, missing.map((heading) => encodeCell(cells[columns.headings.indexOf(heading)] ?? ""))), end: was.line.end };
  });
  const head = [
    { text: widen(table.head.text, table.columns.length, missing), end: table.head.end },
    { text: widen(table.rule.text, table.columns.length, missing.map(() => "---")), end: table.rule.end },
  ];
  return [...head, ...lines].map((line) => line.text + (line.end === "" ? lineBreak : line.end)).join("");
}

interface Line {
  readonly text: string;
  readonly end: string;
}

/** The texts of the standard columns in the order of their headings, followed by the custom ones. */
function rowCells<Row>(row: Row, columns: RowColumns<Row>, others: readonly string[]): readonly string[] {
  return [...columns.headings.map((heading) => normalCell(columns.write(row, heading.toLowerCase()))), ...others.map(normalCell)];
}

function othersOf(row: unknown): readonly string[] {
  return typeof row === "object" && row !== null && "others" in row && Array.isArray(row.others) ? row.others.filter((cell) => typeof cell === "string") : [];
}

/** The cells of a row in the order of the table's columns. */
function cellsInOrder<Row>(table: Table, columns: RowColumns<Row>, others: readonly number[], cells: readonly string[]): readonly string[] {
  const names = columns.headings.map((heading) => heading.toLowerCase());
  return table.columns.map((name, index) => cells[others.includes(index) ? names.length + others.indexOf(index) : names.indexOf(name)] ?? "");
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

/** Adds cells after the last column of a line. */
function widen(line: string, columns: number, cells: readonly string[]): string {
  if (cells.length === 0) return line;
  const raw = splitCells(line).map(({ start, end }) => line.slice(start, end));
  const padded = [...raw, ...Array.from({ length: Math.max(0, columns - raw.length) }, () => "")].slice(0, columns);
  return (/^[ \t]*/.exec(line)?.[0] ?? "") + joinCells([...padded, ...cells]);
}

function joinCells(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
