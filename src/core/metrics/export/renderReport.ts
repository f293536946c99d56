import { inertText } from "../../markup/inertText";
import { groupings } from "../groups";
import { method } from "./method";
import type { MetricsReport } from "../report";
import { type ReportTable, reportTables } from "./reportTables";

/** The report as Markdown, for a document. Names that others wrote notify nobody and cannot change the document. */
export function reportMarkdown(report: MetricsReport): string {
  const tables = reportTables(report).map(({ title, columns, rows, note }) => [
    `### ${title}`,
    [columns, columns.map(() => "---"), ...rows].map((row, index) => `| ${row.map(index === 1 ? (cell) => cell : markdownCell).join(" | ")} |`).join("\n"),
    ...(note === undefined ? [] : [note]),
  ].join("\n\n"));
  return `${[`## ${markdownCell(headingOf(report))}`, scopeOf(report), ...tables, "### How it is counted", method.map((sentence) => `- ${sentence}`).join("\n")].join("\n\n")}\n`;
}

/** The report as text with aligned columns, for a terminal. `clean` removes what could control it from a text that others wrote. */
export function reportText(report: MetricsReport, clean: (text: string) => string): string {
  const tables = reportTables(report).map(({ title, note, ...table }) => `${title}\n${alignedRows(table, clean)}${note === undefined ? "" : `  ${note}\n`}`);
  return `${[`${headingOf(report)}\n${scopeOf(report)}\n`, ...tables, `How it is counted\n${method.map((sentence) => `  ${sentence}\n`).join("")}`].join("\n")}`;
}

function headingOf({ period, only }: MetricsReport): string {
  const values = groupings.flatMap((by) => (only[by] === undefined ? [] : [by === "kind" ? only[by] : `${by} ${only[by]}`]));
  return `Metrics of ${period.firstDate} to ${period.lastDate}${values.length === 0 ? "" : `, ${values.join(", ")} only`}`;
}

function scopeOf({ timezone, before, now }: MetricsReport): string {
  return `Dates in ${timezone}, as known at ${now}. Before: ${before.firstDate} to ${before.lastDate}. Times are business / wall clock.`;
}

function alignedRows({ columns, rows }: Pick<ReportTable, "columns" | "rows">, clean: (text: string) => string): string {
  const all = [columns, ...rows].map((row) => row.map((cell) => shortened(clean(cell))));
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()}\n`).join("");
}

/** A step of a runbook can be a whole sentence, which would make its column wider than a terminal. */
const longestCell = 70;

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > longestCell ? `${characters.slice(0, longestCell - 1).join("").trimEnd()}…` : text;
}

/** A number without a repository. On GitHub it would link to an issue of the repository that the text is in, and be listed there. */
const bareNumber = /(?<![\p{L}\p{N}_.-])(#|GH-)(?=\d)/giu;

/** Text in a cell: on one line, and without Markdown, HTML, mentions or links of its own. */
function markdownCell(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, " ").replace(/[\\`*_[\]<>|~&$]/g, "\\$&");
  return inertText(line).replace(bareNumber, "$1\u2060");
}
