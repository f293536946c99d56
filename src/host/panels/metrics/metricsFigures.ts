import { type Share, smallBelow } from "../../../core/metrics/figures";
import { incidentKind } from "../../../core/metrics/history/issueHistory";
import type { IssueMeasures } from "../../../core/metrics/measures";
import type { MeasureFigures } from "../../../core/metrics/periodFigures";
import type { MetricsReport } from "../../../core/metrics/report";
import { formatLength } from "../../../core/metrics/export/reportTables";
import type { MetricsFact, MetricsFigure } from "../../../protocol/metrics";
import { longestFirst, type MetricsFormat, type TimeName } from "./metricsFormat";
import type { MetricsMethods } from "./metricsLabels";

/** The figures at the top of the page, each with the previous period. */
export function headFigures(report: MetricsReport, format: MetricsFormat, methods: MetricsMethods): readonly MetricsFigure[] {
  const { t, number, percent, change, measured } = format;
  const { figures, issues, previous: { figures: past, issues: issuesBefore } } = report;
  const goalOf = ({ goal }: IssueMeasures): string | undefined => (goal === undefined ? undefined : t("goal: {0} of business time", formatLength(goal)));
  const points = (value: number): string => t("{0} points", number(Math.round(value * 100)));
  const reopened = (of: string, title: string, all: readonly IssueMeasures[]): { readonly of?: string } => measured(of, title, all.filter((one) => one.reopened > 0), (one) => (one.reopened === 1 ? t("reopened once") : t("reopened {0} times", number(one.reopened))));
  const reopenings = reopened("reopened", t("Reported in the period and reopened"), issues);
  return [
    {
      id: "count", title: t("Reported"), value: number(figures.count), ...measured("count", t("Reported in the period"), issues),
      facts: [
        { text: t("{0} still open", number(figures.open)), ...measured("open", t("Reported in the period and still open"), issues.filter(({ isOpen }) => isOpen)) },
        ...answeredAtOnce(report, format),
        { text: t("{0} resolved in the period, reported at any time", number(report.inPeriod.resolved.length)), ...format.issues("resolved", t("Resolved in the period"), report.inPeriod.resolved) },
      ],
      before: { text: change(figures.count, past.count, number), ...measured("count/before", t("Reported in the previous period"), issuesBefore) },
      method: methods.count,
    },
    {
      id: "goal", title: t("Acknowledged within the goal"), value: figures.withinGoal.share === undefined ? "–" : percent(figures.withinGoal.share),
      ...measured("goal", t("Acknowledged within the goal"), issues.filter(({ withinGoal }) => withinGoal === true), goalOf),
      facts: [
        { text: figures.withinGoal.n === 0 ? t("No issue has a goal that can be judged yet") : t("{0} of {1}", number(figures.withinGoal.good), number(figures.withinGoal.n)), ...measured("judged", t("Issues with a goal"), issues.filter(({ withinGoal }) => withinGoal !== undefined), goalOf) },
        ...missed(figures.withinGoal, format, measured("missed", t("Missed the goal"), issues.filter(({ withinGoal }) => withinGoal === false), goalOf)),
      ],
      before: { text: change(figures.withinGoal.share, past.withinGoal.share, (value) => percent(value), points), ...measured("goal/before", t("Issues with a goal in the previous period"), issuesBefore.filter(({ withinGoal }) => withinGoal !== undefined), goalOf) },
      ...few(figures.withinGoal.n, format), method: methods.goal,
    },
    timeFigure({ id: "acknowledge", title: t("Time to acknowledge"), time: "timeToAcknowledge", method: methods.acknowledge }, report, format),
    timeFigure({ id: "mitigate", title: t("Time to mitigate"), time: "timeToMitigate", method: methods.mitigate }, report, format),
    timeFigure({ id: "resolve", title: t("Time to resolve"), time: "timeToResolve", method: methods.resolve }, report, format),
    {
      id: "reopened", title: t("Reopened"), value: number(figures.reopened), ...reopenings,
      facts: [
        ...(figures.reopenings > figures.reopened ? [{ text: t("{0} times in total", number(figures.reopenings)), ...reopenings }] : []),
        { text: t("{0} reopened in the period, reported at any time", number(report.inPeriod.reopened.length)), ...format.issues("reopenedThen", t("Reopened in the period"), report.inPeriod.reopened) },
      ],
      before: { text: change(figures.reopened, past.reopened, number), ...reopened("reopened/before", t("Reported in the previous period and reopened"), issuesBefore) },
      method: methods.reopened,
    },
  ];
}

/** They have no issues that could be opened. */
function answeredAtOnce({ answeredAtOnce: { n, minutes }, answeredBefore: past }: MetricsReport, { t, number }: MetricsFormat): readonly MetricsFact[] {
  if (n + past.n === 0) return [];
  const before = t("before: {0}", number(past.n));
  return [{ text: minutes.median === undefined ? t("{0} answered at once, without an issue ({1})", number(n), before) : t("{0} answered at once, without an issue (median {1} min; {2})", number(n), number(minutes.median), before) }];
}

function missed({ n, good }: Share, { t, number }: MetricsFormat, link: { readonly of?: string }): readonly MetricsFact[] {
  return n === good ? [] : [{ text: t("{0} missed the goal", number(n - good)), ...link }];
}

interface TimeInput {
  readonly id: string;
  readonly title: string;
  readonly time: TimeName;
  readonly method: string;
}

function timeFigure({ id, title, time, method }: TimeInput, { figures, issues, previous }: MetricsReport, format: MetricsFormat): MetricsFigure {
  const { t, number, summary, change, measured } = format;
  const now: MeasureFigures = figures[time];
  const { n, median, p90 } = summary(now);
  const clockName = format.clock === "business" ? t("business hours") : t("wall-clock time");
  const link = measured(id, t("{0}, longest first", title), longestFirst(issues, time, format));
  const without = issues.filter((one) => one[time] === undefined && (time !== "timeToMitigate" || one.kind === incidentKind));
  return {
    id, title,
    value: median === undefined ? "–" : formatLength(median), ...link,
    facts: [
      { text: n === 0 ? t("No issue has this time") : n === 1 ? t("One issue, in {0}", clockName) : t("Median of {0} issues, in {1}", number(n), clockName), ...link },
      ...(p90 === undefined || n < 2 ? [] : [{ text: t("90th percentile: {0}", formatLength(p90)), ...link }]),
      ...(now.open === 0 ? [] : [{ text: t("{0} open, no time yet", number(now.open)), ...measured(`${id}/open`, t("{0}: open, no time yet", title), without.filter(({ isOpen }) => isOpen)) }]),
      ...(now.unknown === 0 ? [] : [{ text: t("{0} closed, time not recorded", number(now.unknown)), ...measured(`${id}/unknown`, t("{0}: closed, time not recorded", title), without.filter(({ isOpen }) => !isOpen)) }]),
    ],
    before: { text: change(median, summary(previous.figures[time]).median, formatLength), ...measured(`${id}/before`, t("{0} in the previous period, longest first", title), longestFirst(previous.issues, time, format)) },
    ...few(n, format),
    method,
  };
}

function few(n: number, { t, number }: MetricsFormat): { readonly few?: string } {
  return n === 0 || n >= smallBelow ? {} : { few: n === 1 ? t("Only one value, so it means little") : t("Only {0} values, so it means little", number(n)) };
}
