import type { RowColumns } from "./rowColumns";
import type { Table, TableRow } from "./table";

/** The rows of a table as data; ids are `<prefix>1`, `<prefix>2` and so on. */
export function readRows<Row>(table: Table | undefined, columns: RowColumns<Row>, prefix: string): readonly Row[] {
  return (table?.rows ?? []).map((row, index) => readRow(table?.columns ?? [], row, columns, `${prefix}${index + 1}`));
}

function readRow<Row>(names: readonly string[], row: TableRow, columns: RowColumns<Row>, id: string): Row {
  return columns.read(id, (column) => row.cells[names.indexOf(column)] ?? "", otherColumns(names, columns).map((index) => row.cells[index] ?? ""));
}

/** Places of the columns that a person added; of two with one heading the second is theirs. */
export function otherColumns<Row>(names: readonly string[], columns: RowColumns<Row>): readonly number[] {
  const known = columns.headings.map((heading) => heading.toLowerCase());
  return names.flatMap((name, index) => (known.includes(name) && names.indexOf(name) === index ? [] : [index]));
}
