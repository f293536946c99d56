import { summarize } from "../../../core/metrics/figures";
import { formatLength } from "../../../core/metrics/export/reportTables";
import { trendOf, type TrendPart } from "../../../core/metrics/trend";
import type { MetricsChart, MetricsPoint } from "../../../protocol/metrics";
import { longestFirst, type TimeName } from "./metricsFormat";
import { figure, figureTable, type Link, scaled, type SectionInput, type Sections } from "./sectionParts";

/** The period by days, weeks or months. */
export function trendSection({ report, format, methods }: SectionInput): Sections {
  const { t, number, measured } = format;
  const { unit, parts } = trendOf(report);
  if (report.issues.length === 0 || parts.length < 2) return [];
  const unitName = { day: t("day"), week: t("week"), month: t("month") }[unit];
  const nameOf = ({ firstDate, lastDate }: TrendPart): string => {
    if (unit === "month") return format.date(firstDate, "month");
    return firstDate === lastDate ? format.date(firstDate, "day") : `${format.date(firstDate, "day")} – ${format.date(lastDate, "day")}`;
  };
  const most = Math.max(...parts.map((part) => part.issues.length));
  const scale = scaled([most]);
  const rows = parts.map((part) => ({ part, name: nameOf(part), link: measured(`trend/${part.firstDate}`, t("Reported {0}", nameOf(part)), part.issues) }));
  const points = rows.map(({ part: { issues }, name, link }): MetricsPoint => ({ name, value: scale(issues.length), text: number(issues.length), ...link }));
  const times = ([{ title: t("Time to acknowledge"), time: "timeToAcknowledge" }, { title: t("Time to resolve"), time: "timeToResolve" }] as const)
    .map(({ title, time }) => ({ title, medians: rows.map(({ part, name }) => medianOf(part, { title: t("{0}: reported {1}, longest first", title, name), time, format })) }));
  const title = t("Reported per {0}", unitName);
  const lines = times.flatMap(({ title: timeTitle, medians }): readonly MetricsChart[] => {
    const known = medians.flatMap(({ value }) => value ?? []);
    if (known.length === 0) return [];
    const heightOf = scaled(known);
    const lineTitle = t("{0}: median per {1}", timeTitle, unitName);
    const all = medians.map(({ value, text, link }, index): MetricsPoint => ({ name: rows[index]?.name ?? "", text, ...(value === undefined ? {} : { value: heightOf(value), ...link }) }));
    return [{ kind: "lines", title: lineTitle, top: formatLength(Math.max(...known)), description: describe(lineTitle, all.filter(({ value }) => value !== undefined)), lines: [{ name: timeTitle, points: all }] }];
  });
  return [{
    id: "trend", title: t("Over time"), facts: [], method: `${methods.trend} ${methods.time}`,
    charts: [{ kind: "columns", title, description: describe(title, points.filter(({ value }) => value !== 0)), top: number(most), points }, ...lines],
    tables: [figureTable({
      names: [{ day: t("Day"), week: t("Week"), month: t("Month") }[unit]],
      columns: [t("Reported"), ...times.map((one) => ({ group: one.title, columns: [t("Median")] }))],
      rows: rows.map(({ name, part, link }, index) => [figure(name), figure(number(part.issues.length), link), ...times.map(({ medians }) => figure(medians[index]?.text ?? "–", medians[index]?.link))]),
    }, t)],
  }];
}

function describe(title: string, points: readonly MetricsPoint[]): string {
  return `${title}. ${points.map(({ name, text }) => `${name}: ${text}`).join(". ")}`;
}

interface MedianInput {
  readonly title: string;
  readonly time: TimeName;
  readonly format: SectionInput["format"];
}

/** The median of the issues of a part that have the time. */
function medianOf({ firstDate, issues }: TrendPart, { title, time, format }: MedianInput): { readonly value?: number; readonly text: string; readonly link: Link } {
  const own = longestFirst(issues, time, format);
  const { median } = summarize(own.flatMap((one) => one[time]?.[format.clock] ?? []));
  return { ...(median === undefined ? {} : { value: median }), text: median === undefined ? "–" : formatLength(median), link: format.measured(`trend/${firstDate}/${time}`, title, own) };
}
