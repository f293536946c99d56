import type { MarkdownLine } from "../markup/textLines";
import type { Repository } from "../model/issueRef";
import { readSource, writeSource } from "./entrySource";
import { actionStates, actionTypes, type ImpactRow, type PostmortemAction, type PostmortemEntry, readIssue, writeIssue } from "./postmortem";
import { formatEntryTime, readDate, readEntryTime } from "./postmortemTime";

/** A table with its position in a text. */
export interface Table {
  readonly start: number;
  readonly end: number;
  readonly head: MarkdownLine;
  readonly rule: MarkdownLine;
  /** Headings of the columns in lower case. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly line: MarkdownLine;
  readonly cells: readonly string[];
}

/** The first table that has all requested columns, ignoring case. */
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

/** The columns of a table for one type of row. */
export interface RowColumns<Row> {
  readonly headings: readonly string[];
  /** The columns that a table must have. */
  readonly required: readonly string[];
  /** Parses a row. `cell` returns the text of the column with a lower case heading, or an empty text. */
  read(id: string, cell: (column: string) => string, others: readonly string[]): Row;
  /** The text of a column. */
  write(row: Row, column: string): string;
}

export interface RowContext {
  readonly timezone: string;
  readonly home: Repository;
}

/** The columns of the timeline. */
export function entryColumns({ timezone }: RowContext): RowColumns<PostmortemEntry> {
  return {
    headings: ["Time", "Event", "Source", "Evidence"],
    required: ["time", "event"],
    read: (id, cell, others) => ({ id, time: readEntryTime(normalCell(cell("time")), timezone), event: cell("event"), evidence: cell("evidence"), ...readSource(cell("source")), others }),
    write(row, column) {
      switch (column) {
        case "time":
          return formatEntryTime(row.time, timezone);
        case "event":
          return row.event;
        case "source":
          return writeSource(row);
        default:
          return row.evidence;
      }
    },
  };
}

/** The columns of the impact. */
export const impactColumns: RowColumns<ImpactRow> = {
  headings: ["Measure", "Amount"],
  required: ["measure", "amount"],
  read: (id, cell, others) => ({ id, measure: cell("measure"), amount: cell("amount"), others }),
  write: (row, column) => (column === "measure" ? row.measure : row.amount),
};

/** The columns of the action items. */
export function actionColumns({ home }: RowContext): RowColumns<PostmortemAction> {
  return {
    headings: ["Action", "Type", "Owner", "Priority", "Due", "Issue", "State"],
    required: ["action"],
    read(id, cell, others) {
      const type = actionTypes.find((one) => one === cell("type").toLowerCase());
      const due = readDate(cell("due"));
      const issue = readIssue(cell("issue"), home);
      return {
        id,
        action: cell("action"),
        owner: cell("owner"),
        priority: cell("priority"),
        state: actionStates.find((one) => one === cell("state").toLowerCase()) ?? "proposed",
        others,
        ...(type === undefined ? {} : { type }),
        ...(due === undefined ? {} : { due }),
        ...(issue === undefined ? {} : { issue }),
      };
    },
    write(row, column) {
      switch (column) {
        case "action":
          return row.action;
        case "type":
          return row.type ?? "";
        case "owner":
          return row.owner;
        case "priority":
          return row.priority;
        case "due":
          return row.due ?? "";
        case "issue":
          return row.issue === undefined ? "" : writeIssue(row.issue);
        default:
          return row.state;
      }
    },
  };
}
