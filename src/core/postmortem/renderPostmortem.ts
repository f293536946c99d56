import { localRepository } from "../model/issueRef";
import { headingText, leadingBlank, lineBreakOf, normalField, normalText } from "../markup/textLines";
import { setField, type Splice, writeScalar } from "./frontMatter";
import { alignRows } from "./mergeTexts";
import { otherColumns, parsePostmortem, type PostmortemDocument, readRows } from "./parsePostmortem";
import { headingOf, type Postmortem, postmortemInstants, postmortemSections, type PostmortemText, type SectionName, writeIssue } from "./postmortem";
import {
  actionColumns,
  type CellSpan,
  encodeCell,
  entryColumns,
  findTable,
  normalCell,
  type RowColumns,
  type RowContext,
  splitCells,
  type Table,
  type TableRow,
} from "./table";
import { normalTitle, splitTitle, titleLine } from "./titleHeading";

/**
 * Renders a post-mortem file. With the previous document, only differences are written, and custom sections, fields, comments
 * and columns keep every byte.
 */
export function renderPostmortem(postmortem: Postmortem, timezone: string, previous: PostmortemDocument = blankDocument(postmortem, timezone)): string {
  // If the issue has another repository now, references without one are written out.
  const context: RowContext = { timezone, home: postmortem.issue?.repository ?? localRepository };
  const lineBreak = lineBreakOf(previous.text);
  const splices = [
    ...fieldSplices(postmortem, previous),
    ...titleSplices(postmortem, previous, lineBreak),
    ...postmortemSections.flatMap(({ name }) => {
      if (name === "timeline") return tableSplices(name, postmortem.timeline, entryColumns(context), previous, lineBreak);
      if (name === "actions") return tableSplices(name, postmortem.actions, actionColumns(context), previous, lineBreak);
      return textSplices(name, postmortem, previous, lineBreak);
    }),
  ];
  if (!isBehindOpenFence(previous, splices)) return applySplices(previous.text, splices);
  const closed = `${previous.text}${headingBreak(previous.text, previous.text.length, lineBreak)}${previous.layout.openFence ?? ""}${lineBreak}`;
  return renderPostmortem(postmortem, timezone, readDocument(closed, timezone));
}

/** Whether something would be inserted inside a fenced block that is open at the end of the file. */
function isBehindOpenFence({ text, layout }: PostmortemDocument, splices: readonly Splice[]): boolean {
  const last = layout.sections.reduce((latest, section) => Math.max(latest, section.start), 0);
  return layout.openFence !== undefined && splices.some((splice) => splice.start >= (last === 0 ? text.length : last));
}

/** The fields of the front matter as texts. */
function fieldTexts(postmortem: Postmortem): readonly (readonly [string, string])[] {
  return [
    ["issue", postmortem.issue === undefined ? "" : writeIssue(postmortem.issue)],
    ["severity", normalField(postmortem.severity ?? "")],
    ["priority", normalField(postmortem.priority ?? "")],
    ["lead", normalField(postmortem.lead ?? "")],
    ["owner", normalField(postmortem.owner ?? "")],
    ["status", postmortem.status],
    ["review", postmortem.review ?? ""],
    ...postmortemInstants.map((name) => [name, postmortem.instants[name] ?? ""] as const),
    ["events-until", postmortem.eventsUntil ?? ""],
  ];
}

function fieldSplices(postmortem: Postmortem, { text, layout, postmortem: was }: PostmortemDocument): readonly Splice[] {
  const before = new Map(fieldTexts(was));
  return fieldTexts(postmortem).flatMap(([key, value]) => (before.get(key) === value ? [] : [setField(text, layout.front, key, value)]));
}

function titleSplices(postmortem: Postmortem, { layout, postmortem: was }: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const title = normalTitle(postmortem.title);
  if (title === was.title) return [];
  const line = layout.title;
  if (line === undefined) return [{ start: layout.front.end, end: layout.front.end, text: `${lineBreak}${titleLine(title)}${lineBreak}` }];
  const { prefix } = splitTitle(headingText(line, 1) ?? "");
  return [{ start: line.start, end: line.start + line.text.length, text: titleLine(title, prefix) }];
}

function textSplices(name: PostmortemText, postmortem: Postmortem, previous: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const text = normalText(postmortem.texts[name]);
  if (text === previous.postmortem.texts[name]) return [];
  const written = text.replaceAll("\n", lineBreak);
  const range = previous.layout.sections.find((section) => section.name === name);
  if (range === undefined) return [newSection(name, written + lineBreak, previous, lineBreak)];
  const content = previous.text.slice(range.start, range.end);
  const atEnd = range.end === previous.text.length;
  if (text === "") return [{ start: range.start, end: range.end, text: atEnd ? "" : lineBreak }];
  if (content.trim() !== "") return [{ start: range.start + leadingBlank(content), end: range.start + content.length - blankLinesAtEnd(content).length, text: written }];
  const before = headingBreak(previous.text, range.start, lineBreak);
  return [{ start: range.start, end: range.end, text: before + lineBreak + written + lineBreak + (atEnd ? "" : lineBreak) }];
}

/** The text after the last line with content. */
function blankLinesAtEnd(text: string): string {
  return /[\r\n]\s*$/.exec(text.slice(text.trimEnd().length))?.[0] ?? "";
}

function tableSplices<Row>(name: SectionName, rows: readonly Row[], columns: RowColumns<Row>, previous: PostmortemDocument, lineBreak: string): readonly Splice[] {
  const range = previous.layout.sections.find((section) => section.name === name);
  const table = findTable(range?.lines ?? [], columns.required);
  if (table !== undefined) {
    const text = changeTable(table, rows, columns, lineBreak);
    return text === undefined ? [] : [{ start: table.start, end: table.end, text }];
  }
  if (rows.length === 0) return [];
  const written = newTable(rows, columns, lineBreak);
  if (range === undefined) return [newSection(name, written, previous, lineBreak)];
  const content = previous.text.slice(range.start, range.end).trimEnd();
  const start = range.start + content.length;
  const before = content === "" ? headingBreak(previous.text, range.start, lineBreak) + lineBreak : lineBreak + lineBreak;
  return [{ start, end: range.end, text: before + written + (range.end === previous.text.length ? "" : lineBreak) }];
}

function headingBreak(text: string, start: number, lineBreak: string): string {
  return /[\r\n]$/.test(text.slice(0, start)) ? "" : lineBreak;
}

/** Inserts a missing section before the next existing one. */
function newSection(name: SectionName, content: string, { text, layout }: PostmortemDocument, lineBreak: string): Splice {
  const order = postmortemSections.map((section) => section.name);
  const next = layout.sections.filter((section) => order.indexOf(section.name) > order.indexOf(name)).toSorted((a, b) => a.headingStart - b.headingStart)[0];
  const written = `## ${headingOf(name)}${lineBreak}${lineBreak}${content}`;
  if (next !== undefined) return { start: next.headingStart, end: next.headingStart, text: written + lineBreak };
  return { start: text.length, end: text.length, text: headingBreak(text, text.length, lineBreak) + lineBreak + written };
}

/** Applies all changes. Changes at the same position are applied in the given order. */
function applySplices(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(from, splice.start), splice.text);
    from = splice.end;
  }
  return parts.join("") + text.slice(from);
}

/** A file with all parts of a post-mortem, without content. */
function blankDocument(postmortem: Postmortem, timezone: string): PostmortemDocument {
  const fields = ["severity", "priority", "lead", "owner", "status", "review", ...postmortemInstants, "events-until"];
  const context: RowContext = { timezone, home: postmortem.issue?.repository ?? localRepository };
  const tables = { timeline: newTable([], entryColumns(context), "\n"), actions: newTable([], actionColumns(context), "\n") };
  const sections = postmortemSections.map(({ name, heading }) => `\n## ${heading}\n${name === "timeline" || name === "actions" ? `\n${tables[name]}` : ""}`);
  const text = ["---", `issue: ${postmortem.issue === undefined ? "" : writeScalar(writeIssue(postmortem.issue))}`, ...fields.map((field) => (field === "status" ? `status: ${postmortem.status}` : `${field}:`)), "---", "", titleLine(""), ...sections].join("\n");
  return readDocument(text.replaceAll("\n\n\n", "\n\n"), timezone);
}

function readDocument(text: string, timezone: string): PostmortemDocument {
  const document = parsePostmortem(text, timezone);
  if (document.kind === "failed") throw new Error(`A post-mortem of our own making cannot be read: ${document.failure}`);
  return document.value;
}

/** Renders a new table with these rows. */
function newTable<Row>(rows: readonly Row[], columns: RowColumns<Row>, lineBreak: string): string {
  const lines = [
    joinCells(columns.headings),
    joinCells(columns.headings.map(() => "---")),
    ...rows.map((row) => joinCells(columns.headings.map((heading) => encodeCell(columns.write(row, heading.toLowerCase()))))),
  ];
  return lines.map((line) => line + lineBreak).join("");
}

/** Updates a table to these rows. Lines of unchanged rows keep every byte. Returns `undefined` when nothing changed. */
function changeTable<Row>(table: Table, rows: readonly Row[], columns: RowColumns<Row>, lineBreak: string): string | undefined {
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
