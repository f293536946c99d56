import { type Share, smallBelow } from "../../../core/metrics/figures";
import { incidentKind } from "../../../core/metrics/issueHistory";
import type { IssueMeasures } from "../../../core/metrics/measures";
import type { MeasureFigures } from "../../../core/metrics/periodFigures";
import type { MetricsReport } from "../../../core/metrics/report";
import { formatLength } from "../../../core/metrics/reportTables";
import type { Issue } from "../../../core/model/issue";
import type { MetricsFigure } from "../../../protocol/metrics";
import type { MetricsFormat } from "./metricsFormat";
import type { MetricsMethods } from "./metricsLabels";

/** The figures at the top of the page, each with the previous period. */
export function headFigures(report: MetricsReport, format: MetricsFormat, methods: MetricsMethods): readonly MetricsFigure[] {
  const { t, number, percent, share, change, issues } = format;
  const { figures, previous: { figures: past }, issues: measures } = report;
  const issuesOf = (suits: (one: IssueMeasures) => boolean): readonly Issue[] => measures.filter(suits).map(({ issue }) => issue);
  const isWithin = (value: boolean) => (one: IssueMeasures): boolean => one.withinGoal === value;
  const points = (value: number): string => t("{0} points", number(Math.round(value * 100)));
  return [
    {
      id: "count", title: t("Reported"), value: number(figures.count), ...issues("count", t("Reported in the period"), issuesOf(() => true)),
      facts: [
        { text: t("{0} still open", number(figures.open)), ...issues("open", t("Reported in the period and still open"), issuesOf(({ isOpen }) => isOpen)) },
        { text: t("{0} resolved in the period, regardless of when reported", number(report.inPeriod.resolved.length)), ...issues("resolved", t("Resolved in the period"), report.inPeriod.resolved) },
      ],
      before: change(figures.count, past.count, number), method: methods.count,
    },
    {
      id: "goal", title: t("Acknowledged within the goal"), value: figures.withinGoal.share === undefined ? "–" : percent(figures.withinGoal.share),
      ...issues("goal", t("Acknowledged within the goal"), issuesOf(isWithin(true))),
      facts: [
        { text: figures.withinGoal.n === 0 ? t("No issue has a goal that can be judged yet") : share(figures.withinGoal), ...issues("judged", t("Issues with a goal"), issuesOf(({ withinGoal }) => withinGoal !== undefined)) },
        ...missed(figures.withinGoal, issuesOf(isWithin(false)), format),
      ],
      before: change(figures.withinGoal.share, past.withinGoal.share, (value) => percent(value), points), ...few(figures.withinGoal.n, format), method: methods.goal,
    },
    timeFigure("acknowledge", t("Time to acknowledge"), { now: figures.timeToAcknowledge, before: past.timeToAcknowledge, issues: measures, timeOf: (one) => one.timeToAcknowledge, method: methods.acknowledge }, format),
    timeFigure("mitigate", t("Time to mitigate"), { now: figures.timeToMitigate, before: past.timeToMitigate, issues: measures, timeOf: (one) => one.timeToMitigate, method: methods.mitigate }, format),
    timeFigure("resolve", t("Time to resolve"), { now: figures.timeToResolve, before: past.timeToResolve, issues: measures, timeOf: (one) => one.timeToResolve, method: methods.resolve }, format),
    {
      id: "reopened", title: t("Reopened"), value: number(figures.reopened), ...issues("reopened", t("Reported in the period and reopened"), issuesOf(({ reopened }) => reopened > 0)),
      facts: [
        ...(figures.reopenings > figures.reopened ? [{ text: t("{0} times in total", number(figures.reopenings)) }] : []),
        { text: t("{0} reopened in the period, regardless of when reported", number(report.inPeriod.reopened.length)), ...issues("reopenedThen", t("Reopened in the period"), report.inPeriod.reopened) },
      ],
      before: change(figures.reopened, past.reopened, number), method: methods.reopened,
    },
  ];
}

function missed({ n, good }: Share, issues: readonly Issue[], format: MetricsFormat): MetricsFigure["facts"] {
  return n === good ? [] : [{ text: format.t("{0} missed the goal", format.number(n - good)), ...format.issues("missed", format.t("Missed the goal"), issues) }];
}

interface TimeInput {
  readonly now: MeasureFigures;
  readonly before: MeasureFigures;
  readonly issues: readonly IssueMeasures[];
  readonly timeOf: (one: IssueMeasures) => object | undefined;
  readonly method: string;
}

function timeFigure(id: string, title: string, { now, before, issues: measures, timeOf, method }: TimeInput, format: MetricsFormat): MetricsFigure {
  const { t, number, summary, change, issues } = format;
  const { n, median, p90 } = summary(now);
  const clockName = format.clock === "business" ? t("business hours") : t("wall-clock time");
  const issuesOf = (suits: (one: IssueMeasures) => boolean): readonly Issue[] => measures.filter(suits).map(({ issue }) => issue);
  return {
    id, title,
    value: median === undefined ? "–" : formatLength(median),
    ...issues(id, title, issuesOf((one) => timeOf(one) !== undefined)),
    facts: [
      { text: n === 0 ? t("No issue has this time") : n === 1 ? t("One issue, in {0}", clockName) : t("Median of {0} issues, in {1}", number(n), clockName) },
      ...(p90 === undefined || n < 2 ? [] : [{ text: t("90th percentile: {0}", formatLength(p90)) }]),
      ...(now.open === 0 ? [] : [{ text: t("{0} open, no time yet", number(now.open)), ...issues(`${id}/open`, t("{0}: open, no time yet", title), issuesOf((one) => timeOf(one) === undefined && one.isOpen && (id !== "mitigate" || one.kind === incidentKind))) }]),
      ...(now.unknown === 0 ? [] : [{ text: t("{0} closed, time not recorded", number(now.unknown)), ...issues(`${id}/unknown`, t("{0}: unknown", title), issuesOf((one) => timeOf(one) === undefined && !one.isOpen && (id !== "mitigate" || one.kind === incidentKind))) }]),
    ],
    before: change(median, summary(before).median, formatLength),
    ...few(n, format),
    method,
  };
}

function few(n: number, { t, number }: MetricsFormat): { readonly few?: string } {
  return n === 0 || n >= smallBelow ? {} : { few: n === 1 ? t("Only one value, so it means little") : t("Only {0} values, so it means little", number(n)) };
}
