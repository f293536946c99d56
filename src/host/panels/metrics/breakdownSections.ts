import type { IssueMeasures } from "../../../core/metrics/measures";
import { type Group, type Grouping, groupings } from "../../../core/metrics/groups";
import type { MetricsFact, MetricsSection } from "../../../protocol/metrics";
import { longestFirst, type TimeName } from "./metricsFormat";
import { barChart, figure, figureTable, lengthCells, lengthText, type Link, medianText, scaled, type SectionInput, type Sections } from "./sectionParts";

/** The same figures by each property of issues, as one section each. */
export function breakdownSections(input: Omit<SectionInput, "nameOf">): Sections {
  const { t } = input.format;
  const labels: Readonly<Record<Grouping, GroupingLabels>> = {
    priority: { title: t("By priority"), none: t("No priority") }, severity: { title: t("By severity"), none: t("No severity") }, kind: { title: t("By kind"), none: t("No kind") },
    service: { title: t("By service"), none: t("No service") }, runbook: { title: t("By runbook"), none: t("No runbook") },
  };
  return groupings.flatMap((by) => {
    const groups = input.report.groups.filter((group) => group.by === by);
    return groups.some(({ name }) => name !== undefined) ? [breakdown(by, labels[by], groups, input)] : [];
  });
}

interface GroupingLabels {
  readonly title: string;
  /** Name of the group of issues without a value. */
  readonly none: string;
}

function breakdown(by: Grouping, { title, none }: GroupingLabels, groups: readonly Group[], { format, methods, runbookNames }: Pick<SectionInput, "format" | "methods" | "runbookNames">): MetricsSection {
  const { t, number, share, summary, change, measured } = format;
  const rows = groups.map((group) => {
    const isRunbook = by === "runbook" && group.name !== undefined;
    const name = isRunbook ? runbookNames.name(group.name) : group.name ?? none;
    const own = group.issues;
    const list = (id: string, what: string, issues: readonly IssueMeasures[]): Link => measured(`group/${by}/${group.name ?? ""}/${id}`, `${title}: ${name}${what === "" ? "" : ` – ${what}`}`, issues);
    const times = (id: TimeName, what: string): Link => list(id, t("{0}, longest first", what), longestFirst(own, id, format));
    return {
      ...group, name, hint: isRunbook ? runbookNames.hint(group.name) : {},
      count: list("count", "", own),
      past: list("past", t("previous period"), group.previous.issues),
      open: list("open", t("still open"), own.filter(({ isOpen }) => isOpen)),
      goal: list("goal", t("Issues with a goal"), own.filter(({ withinGoal }) => withinGoal !== undefined)),
      goalBefore: list("goal/before", t("Issues with a goal in the previous period"), group.previous.issues.filter(({ withinGoal }) => withinGoal !== undefined)),
      resolveBefore: list("timeToResolve/before", t("{0} in the previous period, longest first", t("Time to resolve")), longestFirst(group.previous.issues, "timeToResolve", format)),
      reopened: list("reopened", t("Reopened"), own.filter((one) => one.reopened > 0)),
      acknowledge: times("timeToAcknowledge", t("Time to acknowledge")),
      mitigate: times("timeToMitigate", t("Time to mitigate")),
      resolve: times("timeToResolve", t("Time to resolve")),
    };
  });
  const counts = scaled(rows.map(({ figures }) => figures.count));
  const resolves = scaled(rows.map(({ figures }) => summary(figures.timeToResolve).median ?? 0));
  const lengthColumns = [t("Issues"), t("Median"), t("90th percentile")];
  const hasGoal = rows.some(({ figures }) => figures.withinGoal.n > 0);
  const isMitigated = rows.some(({ figures }) => figures.timeToMitigate.wall.n > 0);
  return {
    id: by, title, facts: [], method: `${methods.groups} ${methods.count} ${methods.percentiles} ${methods.time}`,
    charts: [
      barChart(t("Reported"), rows.map(({ name, hint, figures, previous, count, past }) => ({ name, ...hint, value: counts(figures.count), facts: [figure(number(figures.count), count), figure(change(figures.count, previous.figures.count, number), past)] }))),
      ...(hasGoal ? [barChart(t("Acknowledged within the goal"), rows.map(({ name, hint, figures, goal }) => ({ name, ...hint, value: figures.withinGoal.share ?? 0, facts: [figure(share(figures.withinGoal), goal)] })))] : []),
      ...(rows.some(({ figures }) => figures.timeToResolve.wall.n > 0) ? [barChart(t("Time to resolve: median"), rows.map(({ name, hint, figures, resolve }) => {
        const time = summary(figures.timeToResolve);
        return { name, ...hint, value: resolves(time.median ?? 0), facts: [figure(medianText(time, format), resolve)] };
      }))] : []),
    ],
    tables: [figureTable({
      names: [""],
      columns: [
        { group: t("Issues"), columns: [t("Reported"), t("Before"), t("Open"), t("Reopened")] },
        ...(hasGoal ? [{ group: t("Acknowledged within the goal"), columns: [t("Share"), t("Before")] }] : []),
        { group: t("Time to acknowledge"), columns: lengthColumns },
        ...(isMitigated ? [{ group: t("Time to mitigate"), columns: lengthColumns }] : []),
        { group: t("Time to resolve"), columns: [...lengthColumns, t("Before: median")] },
      ],
      rows: rows.map(({ name, hint, figures, previous, count, past, open, reopened, goal, goalBefore, acknowledge, mitigate, resolve, resolveBefore }): readonly MetricsFact[] => [
        figure(name, hint), figure(number(figures.count), count), figure(number(previous.figures.count), past), figure(number(figures.open), open), figure(number(figures.reopened), reopened),
        ...(hasGoal ? [figure(share(figures.withinGoal), goal), figure(share(previous.figures.withinGoal), goalBefore)] : []),
        ...lengthCells(summary(figures.timeToAcknowledge), format, acknowledge),
        ...(isMitigated ? lengthCells(summary(figures.timeToMitigate), format, mitigate) : []),
        ...lengthCells(summary(figures.timeToResolve), format, resolve), figure(lengthText(summary(previous.figures.timeToResolve).median), resolveBefore),
      ]),
    }, t)],
  };
}
