import { summarize } from "../../../core/metrics/figures";
import type { IssueMeasures } from "../../../core/metrics/measures";
import { type Group, type Grouping, groupings, isInGroup } from "../../../core/metrics/groups";
import type { MetricsReport } from "../../../core/metrics/report";
import { formatLength } from "../../../core/metrics/reportTables";
import { trendOf, type TrendPart } from "../../../core/metrics/trend";
import type { Issue } from "../../../core/model/issue";
import { sameName } from "../../../core/model/names";
import type { MetricsBar, MetricsChart, MetricsPoint, MetricsSection, MetricsTable } from "../../../protocol/metrics";
import { withoutMarkup } from "../../ui/safeText";
import type { MetricsFormat } from "./metricsFormat";
import type { MetricsMethods } from "./metricsLabels";

interface SectionInput {
  readonly report: MetricsReport;
  readonly format: MetricsFormat;
  readonly methods: MetricsMethods;
  readonly nameOf: (login: string) => string;
}

/** The sections of the page below the summary. Those without values are omitted. */
export function metricsSections(input: SectionInput): readonly MetricsSection[] {
  return [trendSection, stageSection, ageSection, availabilitySection, updateSection, actionSection, satisfactionSection, runbookSection, loadSection].flatMap((section) => section(input));
}

type Sections = readonly MetricsSection[];

type Cell = MetricsTable["rows"][number][number];

const cell = (text: string, link: { readonly of?: string } = {}): Cell => ({ text, ...link });

/** A bar chart that is described by its bars. */
function barChart(title: string, bars: readonly MetricsBar[], isFolded?: boolean): MetricsChart {
  return { kind: "bars", title, description: `${title}. ${bars.map(({ name, text }) => `${name}: ${text}`).join(". ")}`, ...(isFolded === true ? { isFolded } : {}), bars: [...bars] };
}

/** Values from 0 to 1, where 1 is the largest of all. */
function scaled(values: readonly number[]): (value: number) => number {
  const most = Math.max(0, ...values);
  return (value) => (most === 0 ? 0 : value / most);
}

function trendSection({ report, format, methods }: SectionInput): Sections {
  const { t, number, issues } = format;
  const { unit, parts } = trendOf(report);
  if (report.issues.length === 0 || parts.length < 2) return [];
  const unitName = { day: t("day"), week: t("week"), month: t("month") }[unit];
  const nameOf = ({ firstDate, lastDate }: TrendPart): string => {
    if (unit === "month") return format.date(firstDate, "month");
    return firstDate === lastDate ? format.date(firstDate, "day") : `${format.date(firstDate, "day")} – ${format.date(lastDate, "day")}`;
  };
  const counts = scaled(parts.map((part) => part.issues.length));
  const most = Math.max(...parts.map((part) => part.issues.length));
  const links = parts.map((part) => issues(`trend/${part.firstDate}`, t("Reported {0}", nameOf(part)), part.issues.map(({ issue }) => issue)));
  const points = parts.map((part, index): MetricsPoint => ({ name: nameOf(part), value: counts(part.issues.length), text: number(part.issues.length), ...links[index] }));
  const times = [
    { name: t("Time to acknowledge"), medians: parts.map((part) => medianOf(part.issues, (one) => one.timeToAcknowledge?.[format.clock])) },
    { name: t("Time to resolve"), medians: parts.map((part) => medianOf(part.issues, (one) => one.timeToResolve?.[format.clock])) },
  ];
  const lines = times.filter(({ medians }) => medians.some((value) => value !== undefined)).map(({ name, medians }): MetricsChart => {
    const known = medians.flatMap((value) => value ?? []);
    const scale = scaled(known);
    const title = t("{0}: median per {1}", name, unitName);
    return {
      kind: "lines", title, top: formatLength(Math.max(...known)),
      description: `${title}. ${parts.flatMap((part, index) => (medians[index] === undefined ? [] : [`${nameOf(part)}: ${formatLength(medians[index])}`])).join(". ")}`,
      lines: [{ name, points: parts.map((part, index): MetricsPoint => {
        const value = medians[index];
        return { name: nameOf(part), text: value === undefined ? "–" : formatLength(value), ...(value === undefined ? {} : { value: scale(value) }), ...links[index] };
      }) }],
    };
  });
  const title = t("Reported per {0}", unitName);
  const shown = points.filter(({ text }) => text !== number(0));
  return [{
    id: "trend", title: t("Over time"), method: `${methods.trend} ${methods.time}`,
    charts: [{ kind: "columns", title, description: `${title}. ${shown.map(({ name, text }) => `${name}: ${text}`).join(". ")}`, top: number(most), points }, ...lines],
    tables: [{
      columns: [{ day: t("Day"), week: t("Week"), month: t("Month") }[unit], t("Reported"), ...times.map(({ name }) => t("{0}: median", name))],
      rows: parts.map((part, index) => [cell(nameOf(part)), cell(number(part.issues.length), links[index]), ...times.map(({ medians }) => cell(medians[index] === undefined ? "–" : formatLength(medians[index])))]),
    }],
  }];
}

function medianOf(issues: readonly IssueMeasures[], lengthOf: (one: IssueMeasures) => number | undefined): number | undefined {
  return summarize(issues.flatMap((one) => lengthOf(one) ?? [])).median;
}

function stageSection({ report: { stages, issues: measures }, format, methods }: SectionInput): Sections {
  if (stages.length === 0) return [];
  const { t, number, summary, issues } = format;
  const scale = scaled(stages.map(({ time }) => summary(time).median ?? 0));
  const links = stages.map(({ stage }) => issues(`stage/${stage}`, t("Issues that were at the stage {0}", stage), measures.filter((one) => one.stages.some((each) => sameName(each.stage, stage))).map(({ issue }) => issue)));
  const title = t("Time at each stage: median");
  return [{
    id: "stages", title: t("Time at each stage"), method: `${methods.stages} ${methods.percentiles} ${methods.time}`,
    charts: [barChart(title, stages.map(({ stage, time }, index) => {
      const { n, median = 0 } = summary(time);
      return { name: stage, value: scale(median), text: n === 1 ? t("{0}, one issue", formatLength(median)) : t("{0}, {1} issues", formatLength(median), number(n)), ...links[index] };
    }))],
    tables: [{
      columns: [t("Stage"), t("Issues"), t("Median"), t("90th percentile")],
      rows: stages.map(({ stage, time }, index) => {
        const { n, median = 0, p90 = 0 } = summary(time);
        return [cell(stage), cell(number(n), links[index]), cell(formatLength(median)), cell(formatLength(p90))];
      }),
    }],
  }];
}

function ageSection({ report: { openByAge }, format, methods }: SectionInput): Sections {
  if (openByAge.every(({ issues }) => issues.length === 0)) return [];
  const { t, number, issues } = format;
  const scale = scaled(openByAge.map((group) => group.issues.length));
  const rows = openByAge.map(({ from, to, issues: all }) => {
    const name = to === undefined ? t("{0} days or more", number(from)) : from === 0 ? t("Less than a day") : t("{0} to {1} days", number(from), number(to));
    return { name, count: all.length, link: issues(`age/${from}`, t("Open: {0}", name), all) };
  });
  return [{
    id: "ages", title: t("Open at the end of the period, by age"), method: methods.ages,
    charts: [barChart(t("Open issues by age"), rows.map(({ name, count, link }) => ({ name, value: scale(count), text: number(count), ...link })))],
    tables: [{ columns: [t("Age"), t("Open issues")], rows: rows.map(({ name, count, link }) => [cell(name), cell(number(count), link)]) }],
  }];
}

function availabilitySection({ report: { availability }, format, methods }: SectionInput): Sections {
  if (availability.length === 0) return [];
  const { t, percent, clock, issues } = format;
  const rows = availability.map(({ service, impact, affected, share, issues: all }) => ({
    service, value: share[clock],
    text: share[clock] === undefined ? "–" : percent(share[clock], 3),
    impact: formatLength(impact[clock]), affected: formatLength(affected[clock]), hasImpact: impact[clock] > 0,
    link: issues(`service/${service}`, t("Impact on {0}", service), all),
  }));
  return [{
    id: "availability", title: t("Availability of services"), method: `${methods.availability} ${methods.time}`,
    charts: [barChart(t("Available time"), rows.map(({ service, value = 0, text, impact, hasImpact, link }) => ({ name: service, value, text: hasImpact ? t("{0}, impact {1}", text, impact) : text, ...link })))],
    tables: [{
      columns: [t("Service"), t("Available"), t("Weighted impact"), t("Any impact")],
      rows: rows.map(({ service, text, impact, affected, link }) => [cell(service, link), cell(text), cell(impact), cell(affected)]),
    }],
  }];
}

function updateSection({ report: { updates, issues: measures }, format, methods }: SectionInput): Sections {
  if (updates.length === 0) return [];
  const { t, issues, share } = format;
  const rows = updates.map(({ audience, ...figures }) => ({
    audience, figures,
    link: issues(`audience/${audience}`, t("Updates for {0}", audience), measures.filter((one) => one.updates.some((each) => sameName(each.audience, audience))).map(({ issue }) => issue)),
  }));
  return [{
    id: "updates", title: t("Updates in time"), method: methods.updates,
    charts: [barChart(t("Updates in time per audience"), rows.map(({ audience, figures, link }) => ({ name: audience, value: figures.share ?? 0, text: share(figures), ...link })))],
    tables: [{ columns: [t("Audience"), t("In time"), t("Sent or due")], rows: rows.map(({ audience, figures, link }) => [cell(audience, link), cell(format.number(figures.good)), cell(format.number(figures.n))]) }],
  }];
}

function actionSection({ report: { actions }, format, methods }: SectionInput): Sections {
  const { t, number, issues, share } = format;
  if (actions.n === 0 && actions.undated === 0) return [];
  const done = actions.issues.filter((issue) => !actions.late.includes(issue));
  const rows = [
    { name: t("Done in time"), count: done.length, link: issues("actions/done", t("Action items done in time"), done) },
    { name: t("Not done in time"), count: actions.late.length, link: issues("actions/late", t("Action items not done in time"), actions.late) },
  ];
  const scale = scaled(rows.map(({ count }) => count));
  return [{
    id: "actions", title: t("Action items in time"), method: methods.actions,
    text: [...(actions.n === 0 ? [t("No action item was due in the period.")] : [t("{0} were done in time.", share(actions))]), ...(actions.undated === 0 ? [] : [actions.undated === 1 ? t("One open action item has no due date and does not count.") : t("{0} open action items have no due date and do not count.", number(actions.undated))])].join(" "),
    charts: actions.n === 0 ? [] : [barChart(t("Action items that were due"), rows.map(({ name, count, link }) => ({ name, value: scale(count), text: number(count), ...link })))],
    tables: actions.n === 0 ? [] : [{ columns: ["", t("Action items")], rows: rows.map(({ name, count, link }) => [cell(name), cell(number(count), link)]) }],
  }];
}

function satisfactionSection({ report: { satisfaction, issues: measures }, format, methods }: SectionInput): Sections {
  const { asked, answers, good, share, answered } = satisfaction;
  if (asked === 0) return [];
  const { t, number, percent, issues } = format;
  const withScore = (score: number | undefined): readonly Issue[] => measures.filter((one) => one.satisfaction !== undefined && one.satisfaction.score === score).map(({ issue }) => issue);
  const rows = [5, 4, 3, 2, 1, undefined].map((score) => {
    const found = withScore(score);
    const name = score === undefined ? t("No answer") : t("{0} of 5", score);
    return { name, count: found.length, link: issues(`score/${score ?? "none"}`, t("Satisfaction: {0}", name), found) };
  });
  const scale = scaled(rows.map(({ count }) => count));
  return [{
    id: "satisfaction", title: t("Satisfaction"), method: methods.satisfaction,
    text: [
      ...(share === undefined ? [] : [t("{0} of {1} answers are 4 or 5 ({2}).", number(good), number(answers), percent(share))]),
      t("{0} of {1} people who were asked answered ({2}).", number(answers), number(asked), percent(answered ?? 0)),
    ].join(" "),
    charts: [barChart(t("Answers"), rows.map(({ name, count, link }) => ({ name, value: scale(count), text: number(count), ...link })))],
    tables: [{ columns: [t("Score"), t("Issues")], rows: rows.map(({ name, count, link }) => [cell(name), cell(number(count), link)]) }],
  }];
}

function runbookSection({ report: { runbooks }, format, methods }: SectionInput): Sections {
  if (runbooks.length === 0) return [];
  const { t, number, summary, issues } = format;
  const scale = scaled(runbooks.map(({ started }) => started));
  const links = runbooks.map(({ runbook, issues: all }) => issues(`runbook/${runbook}`, t("Checklists of {0}", runbook), all));
  const loops = runbooks.flatMap(({ runbook, loops: all }) => all.map(({ step, passes }) => ({ runbook, step, passes })));
  const most = scaled(loops.map(({ passes }) => passes.median ?? 0));
  const steps = runbooks.flatMap(({ runbook, steps: all }) => {
    const longest = scaled(all.map(({ time }) => summary(time).median ?? 0));
    return all.length === 0 ? [] : [barChart(t("Time per step: {0}", runbook), all.map(({ step, time }) => {
      const { n, median = 0 } = summary(time);
      return { name: withoutMarkup(step), value: longest(median), text: n === 1 ? t("{0}, once", formatLength(median)) : t("{0}, median of {1}", formatLength(median), number(n)) };
    }), true)];
  });
  return [{
    id: "runbooks", title: t("Runbooks"), method: `${methods.runbooks} ${methods.percentiles}`,
    charts: [
      barChart(t("Checklists started in the period"), runbooks.map(({ runbook, started, finished }, index) => ({ name: runbook, value: scale(started), text: t("{0} started, {1} finished", number(started), number(finished)), ...links[index] }))),
      ...(loops.length === 0 ? [] : [barChart(t("Passes per loop: median"), loops.map(({ runbook, step, passes: { n, median = 0, max = 0 } }) => ({ name: `${withoutMarkup(step)} (${runbook})`, value: most(median), text: t("{0}, most {1}, {2} checklists", number(median), number(max), number(n)) })))]),
      ...steps,
    ],
    tables: [
      { columns: [t("Runbook"), t("Started"), t("Finished")], rows: runbooks.map(({ runbook, started, finished }, index) => [cell(runbook), cell(number(started), links[index]), cell(number(finished))]) },
      ...(loops.length === 0 ? [] : [{ columns: [t("Runbook"), t("Step that leads back"), t("Checklists"), t("Median passes"), t("90th percentile"), t("Most")], rows: loops.map(({ runbook, step, passes: { n, median = 0, p90 = 0, max = 0 } }) => [cell(runbook), cell(withoutMarkup(step)), cell(number(n)), cell(number(median)), cell(number(p90)), cell(number(max))]) }]),
      ...(steps.length === 0 ? [] : [{
        columns: [t("Runbook"), t("Step"), t("Times"), t("Median"), t("90th percentile")],
        rows: runbooks.flatMap(({ runbook, steps: all }) => all.map(({ step, time }) => {
          const { n, median = 0, p90 = 0 } = summary(time);
          return [cell(runbook), cell(withoutMarkup(step)), cell(number(n)), cell(formatLength(median)), cell(formatLength(p90))];
        })),
      }]),
    ],
  }];
}

function loadSection({ report: { load }, format, methods, nameOf }: SectionInput): Sections {
  if (load.length === 0) return [];
  const { t, number, issues } = format;
  const scale = scaled(load.map(({ assigned }) => assigned));
  const links = load.map(({ login, issues: all }) => issues(`person/${login}`, t("Issues of {0}", nameOf(login)), all));
  return [{
    id: "load", title: t("Load per person"), method: methods.load,
    text: t("In alphabetical order by login. The list shows who may need help, not who works more."),
    charts: [barChart(t("Issues of the period per person"), load.map(({ login, assigned, open }, index) => ({ name: nameOf(login), value: scale(assigned), text: t("{0} assigned, {1} open", number(assigned), number(open)), ...links[index] })))],
    tables: [{ columns: [t("Person"), t("Issues of the period"), t("Open at its end")], rows: load.map(({ login, assigned, open }, index) => [cell(nameOf(login), links[index]), cell(number(assigned)), cell(number(open))]) }],
  }];
}

/** The same figures by each property of issues, as one section each. */
export function breakdownSections({ report, format, methods }: SectionInput): Sections {
  const { t } = format;
  const titles: Readonly<Record<Grouping, string>> = { priority: t("By priority"), severity: t("By severity"), kind: t("By kind"), service: t("By service"), runbook: t("By runbook") };
  return groupings.flatMap((by) => {
    const groups = report.groups.filter((group) => group.by === by);
    return groups.some(({ name }) => name !== undefined) ? [breakdown(by, titles[by], groups, { report, format, methods })] : [];
  });
}

function breakdown(by: Grouping, title: string, groups: readonly Group[], { report: { issues: measures }, format, methods }: Omit<SectionInput, "nameOf">): MetricsSection {
  const { t, number, share, summary, change, issues } = format;
  const length = (value: number | undefined): string => (value === undefined ? "–" : formatLength(value));
  const rows = groups.map((group) => {
    const name = group.name ?? t("Without");
    return { ...group, name, link: issues(`group/${by}/${group.name ?? ""}`, `${title}: ${name}`, measures.filter((one) => isInGroup(one, group)).map(({ issue }) => issue)) };
  });
  const counts = scaled(rows.map(({ figures }) => figures.count));
  const resolves = scaled(rows.map(({ figures }) => summary(figures.timeToResolve).median ?? 0));
  return {
    id: by, title, method: `${methods.groups} ${methods.count} ${methods.percentiles} ${methods.time}`,
    charts: [
      barChart(t("Reported"), rows.map(({ name, figures, previous: { figures: before }, link }) => ({ name, value: counts(figures.count), text: `${number(figures.count)} · ${change(figures.count, before.count, number)}`, ...link }))),
      ...(rows.some(({ figures }) => figures.withinGoal.n > 0) ? [barChart(t("Acknowledged within the goal"), rows.map(({ name, figures, link }) => ({ name, value: figures.withinGoal.share ?? 0, text: share(figures.withinGoal), ...(figures.withinGoal.n === 0 ? {} : link) })))] : []),
      ...(rows.some(({ figures }) => figures.timeToResolve.wall.n > 0) ? [barChart(t("Time to resolve: median"), rows.map(({ name, figures, link }) => {
        const { n, median = 0 } = summary(figures.timeToResolve);
        return { name, value: resolves(median), text: n === 0 ? "–" : n === 1 ? t("{0}, one issue", formatLength(median)) : t("{0}, {1} issues", formatLength(median), number(n)), ...(n === 0 ? {} : link) };
      }))] : []),
    ],
    tables: [{
      columns: ["", t("Issues"), t("Before"), t("Open"), t("Acknowledge: n"), t("Median"), t("90th percentile"), t("Within the goal"), t("Resolve: n"), t("Median"), t("90th percentile")],
      rows: rows.map(({ name, figures, previous: { figures: before }, link }) => {
        const [acknowledge, resolve] = [summary(figures.timeToAcknowledge), summary(figures.timeToResolve)];
        return [
          cell(name), cell(number(figures.count), link), cell(number(before.count)), cell(number(figures.open)),
          cell(number(acknowledge.n)), cell(length(acknowledge.median)), cell(length(acknowledge.p90)), cell(share(figures.withinGoal)),
          cell(number(resolve.n)), cell(length(resolve.median)), cell(length(resolve.p90)),
        ];
      }),
    }],
  };
}
