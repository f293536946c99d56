import { shareOf } from "../../../core/metrics/figures";
import type { IssueMeasures } from "../../../core/metrics/measures";
import { comparedLoad, comparedParts, type PeriodFigures } from "../../../core/metrics/periodFigures";
import { sameName } from "../../../core/model/names";
import { runbookSection } from "./runbookSection";
import { barChart, figure, figureTable, lengthCells, lengthText, type Link, medianText, scaled, type SectionInput, type Sections } from "./sectionParts";
import { trendSection } from "./trendSection";

/** The sections of the page below the summary. Those without values are omitted. */
export function metricsSections(input: SectionInput): Sections {
  return [trendSection, stageSection, ageSection, availabilitySection, updateSection, actionSection, satisfactionSection, loadSection, runbookSection].flatMap((section) => section(input));
}

function stageSection({ report, format, methods }: SectionInput): Sections {
  const { t, count, summary, measured, length } = format;
  const stages = comparedParts(report, (figures) => figures.stages, ({ stage }) => stage);
  if (stages.length === 0) return [];
  const listOf = (of: string, stage: string, issues: readonly IssueMeasures[]): Link => {
    const timeOf = (one: IssueMeasures) => one.stages.find((each) => sameName(each.stage, stage))?.time;
    return measured(of, t("Issues that were at the stage {0}", stage), issues.filter((one) => timeOf(one) !== undefined), (one) => {
      const own = timeOf(one);
      return own && t("at this stage {0}", length(own));
    });
  };
  const rows = stages.map(({ name, now, past }) => ({
    name, now: now && summary(now.time), past: past && summary(past.time),
    link: listOf(`stage/${name}`, name, report.issues), before: listOf(`stage/${name}/before`, name, report.previous.issues),
  }));
  const scale = scaled(rows.map(({ now }) => now?.median ?? 0));
  return [{
    id: "stages", title: t("Time at each stage"), facts: [], method: `${methods.stages} ${methods.percentiles} ${methods.time}`,
    charts: [barChart(t("Median of the issues that were at the stage"), rows.flatMap(({ name, now, link }) => (now === undefined ? [] : [{ name, value: scale(now.median ?? 0), facts: [figure(medianText(now, format), link)] }])))],
    tables: [figureTable({ names: [t("Stage")], columns: [t("Issues"), t("Median"), t("90th percentile"), { group: t("Before"), columns: [t("Issues"), t("Median")] }], rows: rows.map(({ name, now, past, link, before }) => [
      figure(name), ...lengthCells(now ?? none, format, link), figure(count(past ?? none), before), figure(lengthText(past?.median), before),
    ]) }, t)],
  }];
}

function ageSection({ report: { openByAge, previous }, format, methods }: SectionInput): Sections {
  if (openByAge.every(({ issues }) => issues.length === 0)) return [];
  const { t, number, issues } = format;
  const scale = scaled(openByAge.map((group) => group.issues.length));
  const rows = openByAge.map(({ from, to, issues: all }, index) => {
    const name = to === undefined ? t("{0} days or more", number(from)) : from === 0 ? t("Less than a day") : t("{0} to {1} days", number(from), number(to));
    const past = previous.openByAge[index]?.issues ?? [];
    return {
      name, count: all.length,
      fact: figure(number(all.length), issues(`age/${from}`, t("Open: {0}", name), all)),
      before: figure(number(past.length), issues(`age/${from}/before`, t("Open at the end of the previous period: {0}", name), past)),
    };
  });
  return [{
    id: "ages", title: t("Open at the end of the period, by age"), facts: [], method: methods.ages,
    charts: [barChart(t("Open issues by age"), rows.map(({ name, count, fact }) => ({ name, value: scale(count), facts: [fact] })))],
    tables: [figureTable({ names: [t("Age")], columns: [t("Open issues"), t("Before")], rows: rows.map(({ name, fact, before }) => [figure(name), fact, before]) }, t)],
  }];
}

function availabilitySection({ report, format, methods }: SectionInput): Sections {
  const { t, percent, clock, length, issues } = format;
  const services = comparedParts(report, ({ availability }) => availability, ({ service }) => service);
  if (services.length === 0) return [];
  const available = (one: PeriodFigures["availability"][number] | undefined): string => (one?.share[clock] === undefined ? "–" : percent(one.share[clock], 3));
  // With many services, those with impact are seen first.
  const sorted = services.toSorted((a, b) => Number((b.now?.affected.wall ?? 0) > 0) - Number((a.now?.affected.wall ?? 0) > 0));
  const rows = sorted.map(({ name, now, past }) => ({
    name, now,
    text: available(now),
    link: issues(`service/${name}`, t("Impact on {0}", name), now?.issues ?? []),
    before: figure(available(past), issues(`service/${name}/before`, t("Impact on {0} in the previous period", name), past?.issues ?? [])),
  }));
  return [{
    id: "availability", title: t("Availability of services"), facts: [], method: `${methods.availability} ${methods.time}`,
    charts: [barChart(t("Available time"), rows.flatMap(({ name, now, text, link }) => (now === undefined ? [] : [{ name, value: now.share[clock] ?? 0, facts: [figure(text, link), ...(now.impact[clock] > 0 ? [figure(t("impact {0}", length(now.impact)), link)] : [])] }])))],
    tables: [figureTable({ names: [t("Service")], columns: [t("Available"), t("Weighted impact"), t("Any impact"), { group: t("Before"), columns: [t("Available")] }], rows: rows.map(({ name, now, text, link, before }) => [
      figure(name), figure(text, link), figure(now === undefined ? "–" : length(now.impact), link), figure(now === undefined ? "–" : length(now.affected), link), before,
    ]) }, t)],
  }];
}

function updateSection({ report, format, methods }: SectionInput): Sections {
  const { t, number, measured, share } = format;
  const audiences = comparedParts(report, ({ updates }) => updates, ({ audience }) => audience);
  if (audiences.length === 0) return [];
  const rows = audiences.map(({ name, now = shareOf([]), past = shareOf([]) }) => {
    const ownOf = ({ updates }: IssueMeasures) => updates.find((each) => sameName(each.audience, name));
    const list = (id: string, title: string, issues: readonly IssueMeasures[], suits: (own: NonNullable<ReturnType<typeof ownOf>>) => boolean = () => true): Link => measured(`audience/${name}/${id}`, title, issues.filter((one) => { const own = ownOf(one); return own !== undefined && suits(own); }), (one) => {
      const own = ownOf(one);
      return own && t("{0} of {1} updates in time", number(own.inTime), number(own.n));
    });
    return {
      name, now,
      all: list("all", t("Updates for {0}", name), report.issues),
      good: list("good", t("Updates for {0} in time", name), report.issues, ({ inTime }) => inTime > 0),
      missed: list("missed", t("Updates for {0} late or not sent", name), report.issues, ({ n, inTime }) => inTime < n),
      before: figure(share(past), list("before", t("Updates for {0} in the previous period", name), report.previous.issues)),
    };
  });
  return [{
    id: "updates", title: t("Updates in time"), facts: [], method: methods.updates,
    charts: [barChart(t("Updates in time per audience"), rows.filter(({ now }) => now.n > 0).map(({ name, now, all, missed }) => ({ name, value: now.good / now.n, facts: [figure(share(now), all), ...(now.good === now.n ? [] : [figure(t("{0} late or not sent", number(now.n - now.good)), missed)])] })))],
    tables: [figureTable({ names: [t("Audience")], columns: [t("In time"), t("Late or not sent"), t("Sent or due"), { group: t("Before"), columns: [t("In time")] }], rows: rows.map(({ name, now: { n, good }, all, good: inTime, missed, before }) => [figure(name), figure(number(good), inTime), figure(number(n - good), missed), figure(number(n), all), before]) }, t)],
  }];
}

function actionSection({ report: { actions, previous }, format, methods }: SectionInput): Sections {
  const { t, number, issues, share } = format;
  const { n, undated } = actions;
  const past = previous.actions;
  if (n + past.n === 0 && undated.length === 0) return [];
  const list = (id: string, title: string, all: PeriodFigures["actions"]["issues"]) => ({ count: all.length, fact: figure(number(all.length), issues(`actions/${id}`, title, all)) });
  const doneIn = ({ issues: all, late }: PeriodFigures["actions"]): PeriodFigures["actions"]["issues"] => all.filter((issue) => !late.includes(issue));
  const rows = [
    { name: t("Done in time"), now: list("done", t("Action items done in time"), doneIn(actions)), past: list("done/before", t("Action items done in time in the previous period"), doneIn(past)) },
    { name: t("Not done in time"), now: list("late", t("Action items not done in time"), actions.late), past: list("late/before", t("Action items not done in time in the previous period"), past.late) },
  ];
  const scale = scaled(rows.map(({ now }) => now.count));
  const without = undated.length === 0 ? [] : [figure(undated.length === 1 ? t("One open action item has no due date and does not count.") : t("{0} open action items have no due date and do not count.", number(undated.length)), issues("actions/undated", t("Open action items without a due date"), undated))];
  return [{
    id: "actions", title: t("Action items in time"), method: methods.actions,
    facts: [n === 0 ? figure(t("No action item was due in the period.")) : figure(t("{0} were done in time.", share(actions)), issues("actions/due", t("Action items that were due"), actions.issues)), ...without],
    charts: n === 0 ? [] : [barChart(t("Action items that were due"), rows.map(({ name, now }) => ({ name, value: scale(now.count), facts: [now.fact] })))],
    tables: n + past.n === 0 ? [] : [figureTable({ names: [""], columns: [t("Action items"), t("Before")], rows: rows.map((row) => [figure(row.name), row.now.fact, row.past.fact]) }, t)],
  }];
}

function satisfactionSection({ report, format, methods }: SectionInput): Sections {
  const { asked, answers, good, share, answered } = report.satisfaction;
  const past = report.previous.satisfaction;
  if (asked + past.asked === 0) return [];
  const { t, number, percent, measured } = format;
  const askedIn = ({ issues }: PeriodFigures, suits: (score: number | undefined) => boolean) => issues.filter(({ satisfaction }) => satisfaction !== undefined && suits(satisfaction.score));
  const list = (id: string, title: string, all: readonly IssueMeasures[]): Link => measured(`score/${id}`, title, all, ({ satisfaction }) => (satisfaction?.score === undefined ? t("no answer") : t("{0} of 5", satisfaction.score)));
  const rows = [5, 4, 3, 2, 1, undefined].map((score) => {
    const name = score === undefined ? t("No answer") : t("{0} of 5", score);
    const [now, before] = [report, report.previous].map((figures) => askedIn(figures, (given) => given === score));
    const factOf = (id: string, title: string, all: readonly IssueMeasures[] = []) => figure(number(all.length), list(id, title, all));
    return { name, count: now?.length ?? 0, fact: factOf(String(score ?? "none"), t("Satisfaction: {0}", name), now), before: factOf(`${score ?? "none"}/before`, t("Satisfaction in the previous period: {0}", name), before) };
  });
  const scale = scaled(rows.map(({ count }) => count));
  return [{
    id: "satisfaction", title: t("Satisfaction"), method: methods.satisfaction,
    facts: [
      ...(share === undefined ? [] : [figure(t("{0} of {1} answers are 4 or 5 ({2}).", number(good), number(answers), percent(share)), list("good", t("Answers of 4 or 5"), askedIn(report, (score) => score !== undefined && score >= 4)))]),
      asked === 0 ? figure(t("Nobody was asked in the period.")) : figure(t("{0} of {1} people who were asked answered ({2}).", number(answers), number(asked), percent(answered ?? 0)), list("asked", t("Issues whose reporter was asked"), askedIn(report, () => true))),
      ...(past.share === undefined ? [] : [figure(t("Before: {0} of {1} answers were 4 or 5 ({2}).", number(past.good), number(past.answers), percent(past.share)), list("good/before", t("Answers of 4 or 5 in the previous period"), askedIn(report.previous, (score) => score !== undefined && score >= 4)))]),
    ],
    charts: asked === 0 ? [] : [barChart(t("Answers"), rows.map(({ name, count, fact }) => ({ name, value: scale(count), facts: [fact] })))],
    tables: [figureTable({ names: [t("Score")], columns: [t("Issues"), t("Before")], rows: rows.map(({ name, fact, before }) => [figure(name), fact, before]) }, t)],
  }];
}

function loadSection({ report, format, methods, nameOf }: SectionInput): Sections {
  const { t, number, issues } = format;
  const people = comparedLoad(report);
  if (people.length === 0) return [];
  const scale = scaled(report.load.map(({ assigned }) => assigned.length));
  const rows = people.map(({ name: login, now, past }) => {
    const name = nameOf(login);
    const fact = (id: string, title: string, all: PeriodFigures["load"][number]["open"] = []) => ({ count: all.length, link: issues(`person/${login}/${id}`, title, all) });
    return {
      name, isNow: now !== undefined,
      had: fact("assigned", t("Issues of the period that {0} was assigned to", name), now?.assigned),
      has: fact("open", t("Open issues of {0} at the end of the period", name), now?.open),
      before: fact("assigned/before", t("Issues of the previous period that {0} was assigned to", name), past?.assigned),
      openBefore: fact("open/before", t("Open issues of {0} at the end of the previous period", name), past?.open),
    };
  });
  return [{
    id: "load", title: t("Load per person"), method: methods.load,
    facts: [figure(t("In alphabetical order by login. The list shows who may need help, not who works more."))],
    charts: [barChart(t("Issues of the period per person"), rows.filter(({ isNow }) => isNow).map(({ name, had, has }) => ({ name, value: scale(had.count), facts: [figure(t("{0} assigned", number(had.count)), had.link), figure(t("{0} open", number(has.count)), has.link)] })))],
    tables: [figureTable({ names: [t("Person")], columns: [t("Issues of the period"), t("Open at its end"), { group: t("Before"), columns: [t("Issues"), t("Open")] }], rows: rows.map(({ name, had, has, before, openBefore }) => [figure(name), ...[had, has, before, openBefore].map((one) => figure(number(one.count), one.link))]) }, t)],
  }];
}

/** What a period has no values of. */
const none = { n: 0, isSmall: true } as const;
