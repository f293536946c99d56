import type { Summary } from "../../../core/metrics/figures";
import type { MetricsReport } from "../../../core/metrics/report";
import { formatLength } from "../../../core/metrics/export/reportTables";
import type { MetricsChart, MetricsFact, MetricsSection, MetricsTable } from "../../../protocol/metrics";
import type { Translate } from "../../ui/operationLabels";
import type { MetricsFormat } from "./metricsFormat";
import type { MetricsMethods } from "./metricsLabels";
import type { RunbookNames } from "./runbookNames";

/** What sections are made from. */
export interface SectionInput {
  readonly report: MetricsReport;
  readonly format: MetricsFormat;
  readonly methods: MetricsMethods;
  readonly nameOf: (login: string) => string;
  readonly runbookNames: RunbookNames;
}

/** None if there are no values. */
export type Sections = readonly MetricsSection[];

/** Names the issues behind a figure. Empty if there are none. */
export type Link = Pick<MetricsFact, "of">;

/** A figure with the issues behind it, or a name with what it stands for. */
export function figure(text: string, more: Link & Hint = {}): MetricsFact {
  return { text, ...more };
}

/** What a name stands for, for a tooltip. */
export type Hint = Pick<MetricsFact, "hint">;

/** A bar with one figure or several. Without a value, it has no bar. */
export interface Bar {
  readonly name: string;
  readonly hint?: string;
  readonly value: number;
  readonly facts: readonly MetricsFact[];
}

/** A bar chart that is described by its bars. */
export function barChart(title: string, bars: readonly Bar[], options: Hint & { readonly isFolded?: boolean } = {}): MetricsChart {
  return {
    kind: "bars", title, ...options,
    description: `${title}. ${bars.map(({ name, facts }) => `${name}: ${facts.map(({ text }) => text).join(", ")}`).join(". ")}`,
    bars: bars.map((bar) => ({ ...bar, facts: [...bar.facts] })),
  };
}

/** Columns with a common heading, or one column without. */
export type Column = string | { readonly group: string; readonly columns: readonly string[] };

interface TableInput {
  /** Names of the columns that name the rows. */
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly MetricsFact[])[];
}

/** A table of figures. It explains the marks of small numbers of values, if there are some. */
export function figureTable({ names, columns, rows }: TableInput, t: Translate): MetricsTable {
  const isMarked = rows.some((row) => row.slice(names.length).some(({ text }) => text.endsWith("*")));
  return {
    names: names.length,
    columns: [...names.map((text) => ({ text })), ...columns.flatMap((column) => (typeof column === "string" ? [{ text: column }] : column.columns.map((text) => ({ text, group: column.group }))))],
    rows: rows.map((row) => [...row]),
    ...(isMarked ? { note: t("* Fewer than 11 values, so the 90th percentile means little.") } : {}),
  };
}

/** Number, median and 90th percentile of lengths, as cells. */
export function lengthCells(summary: Summary, { count }: MetricsFormat, link: Link): readonly MetricsFact[] {
  return [figure(count(summary), link), figure(lengthText(summary.median), link), figure(lengthText(summary.p90), link)];
}

/** A length of time, or a dash if there is none. */
export function lengthText(value: number | undefined): string {
  return value === undefined ? "–" : formatLength(value);
}

/** A median, and of how many issues. */
export function medianText({ n, median = 0 }: Summary, { t, number }: MetricsFormat): string {
  return n === 0 ? "–" : n === 1 ? t("{0}, one issue", formatLength(median)) : t("{0}, {1} issues", formatLength(median), number(n));
}

/** Values from 0 to 1, where 1 is the largest of all. */
export function scaled(values: readonly number[]): (value: number) => number {
  const most = Math.max(0, ...values);
  return (value) => (most === 0 ? 0 : value / most);
}
