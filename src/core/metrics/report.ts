import { dateTextOf } from "../calendar/localTime";
import type { TriageAnswer } from "../incident/answerLog";
import { closeReasonOf } from "../issue/closeReason";
import { actionLabel, hasTestLabel } from "../markup/labels";
import { instantAt, isInstant, millisecondsOf } from "../model/instant";
import type { BrokenReason, Issue } from "../model/issue";
import type { IssueRef } from "../model/issueRef";
import { distinctNames, hasName, sameName } from "../model/names";
import { actionDue } from "../postmortem/library/actionDraft";
import { type Availability, availability } from "./availability";
import type { Times } from "./deskHistory";
import { type Share, shareOf, summarize, type Summary, summarizeTimes, type TimesSummary } from "./figures";
import { everAssigned, incidentKind, type IssueHistory, type IssueRecord } from "./issueHistory";
import { createMeasureCache, type MeasureCache } from "./measureCache";
import { type IssueMeasures, kindOf, type LeftOutReason, type MeasureContext } from "./measures";
import { namesAt } from "./nameSpans";
import { isInPeriod, type Period, periodBefore, periodOf } from "./period";
import { type RunbookFigures, runbookFigures, type StartedChecklist } from "./runbookFigures";

/** What a report is asked for: a period of whole days in the desk's time zone, both dates inclusive, and a kind of issue if any. */
export interface ReportRequest {
  readonly from: string;
  readonly to: string;
  readonly kind?: string;
}

/** Everything that a report is made from. */
export interface ReportInput extends MeasureContext {
  readonly records: readonly IssueRecord[];
  /** Reports that were answered at once and have no issue, if the desk records them. */
  readonly answers?: readonly TriageAnswer[];
  /** What was measured before. Keep it, so that a second report measures only what changed. */
  readonly cache?: MeasureCache;
  /** Issues that cannot be read: the path of the file or the name of the repository, and why. */
  readonly unreadable: readonly UnreadableIssue[];
}

/** A file, a repository or an issue that cannot be read. */
export interface UnreadableIssue {
  readonly name: string;
  readonly reason: BrokenReason | SourceProblem;
  /** When an issue was created, in milliseconds since the epoch. It is listed only in reports on that time, or the period after it. */
  readonly created?: number;
}

/** Why the issues of a repository, or the events of an issue, are missing. */
export type SourceProblem = "noRepository" | "noAccess" | "rateLimit" | "noAnswer" | "noHistory";

/** An issue, or a measure of an issue, that is in no figure. */
export interface LeftOut {
  readonly ref?: IssueRef;
  /** What stands for the issue if there is no reference: a path, or a repository. */
  readonly name?: string;
  readonly reason: LeftOutReason | UnreadableIssue["reason"];
}

/** A length of time that is measured on issues: those that have it, and those that do not. */
export interface MeasureFigures extends TimesSummary {
  /** Open issues that do not have it yet. */
  readonly open: number;
  /** Closed issues that nobody knows it of. */
  readonly unknown: number;
}

/** The figures of a group of issues, by when they were reported. */
export interface GroupFigures {
  readonly count: number;
  readonly open: number;
  readonly timeToAcknowledge: MeasureFigures;
  /** Whether issues with a goal were acknowledged within it. Those that are late already count, those that still have time do not. */
  readonly withinGoal: Share;
  readonly timeToMitigate: MeasureFigures;
  readonly timeToResolve: MeasureFigures;
  /** How many were reopened, and how often in total. */
  readonly reopened: number;
  readonly reopenings: number;
  /** What happened in the period, regardless of when the issues were reported. */
  readonly inPeriod: { readonly resolved: number; readonly reopened: number };
}

/** What figures are grouped by. */
export const groupings = ["priority", "severity", "kind", "service", "runbook"] as const;

export type Grouping = (typeof groupings)[number];

/** The figures of the issues with one value, such as one priority. The name is absent for issues without a value. */
export interface Group {
  readonly by: Grouping;
  readonly name?: string;
  readonly figures: GroupFigures;
  readonly before: GroupFigures;
}

/** The issues that are open at the end of the period, by the wall-clock time since they were reported. */
interface AgeGroup {
  /** Days: at least, and less than. */
  readonly from: number;
  readonly to?: number;
  readonly issues: readonly Issue[];
}

/** How many issues of the period somebody was assigned to, and how many open ones at its end. In alphabetical order: it is not a ranking. */
export interface Load {
  readonly login: string;
  readonly assigned: number;
  readonly open: number;
  /** Both. */
  readonly issues: readonly Issue[];
}

/** How satisfied the reporters of the issues of a period were. */
interface SatisfactionFigures {
  /** Issues whose reporter was asked. */
  readonly asked: number;
  readonly answers: number;
  /** Scores of 4 and 5. */
  readonly good: number;
  /** Good ones among the answers, and answers among those asked. Absent without any. */
  readonly share?: number;
  readonly answered?: number;
}

/** Action items of post-mortems that were due in the period. Those that were closed without being done, or are late, were not done in time. */
interface ActionFigures extends Share {
  readonly issues: readonly Issue[];
  readonly late: readonly Issue[];
  /** Action items that are open and have no due date. They do not count. */
  readonly undated: number;
}

/** The figures of a period, as data. Times are in milliseconds since the epoch, lengths in milliseconds. */
export interface MetricsReport {
  readonly timezone: string;
  readonly now: string;
  readonly kind?: string;
  readonly period: Period;
  readonly before: Period;
  /** In the order in which they were reported. */
  readonly issues: readonly IssueMeasures[];
  readonly leftOut: readonly LeftOut[];
  readonly figures: GroupFigures;
  readonly figuresBefore: GroupFigures;
  /** The issues that were resolved and reopened in the period, reported at any time. */
  readonly inPeriod: { readonly resolved: readonly Issue[]; readonly reopened: readonly Issue[] };
  readonly groups: readonly Group[];
  readonly stages: readonly { readonly stage: string; readonly time: TimesSummary }[];
  readonly openByAge: readonly AgeGroup[];
  readonly load: readonly Load[];
  readonly updates: readonly ({ readonly audience: string } & Share)[];
  readonly actions: ActionFigures;
  readonly runbooks: readonly RunbookFigures[];
  readonly satisfaction: SatisfactionFigures;
  /** Reports that were answered at once in the period, and the minutes that it took where somebody counted them. */
  readonly answeredAtOnce: { readonly n: number; readonly minutes: Summary };
  /** Empty if the report is about another kind than incidents. */
  readonly availability: readonly ServiceFigures[];
}

interface ServiceFigures extends Availability {
  /** The issues with impact on the service in the period. */
  readonly issues: readonly Issue[];
}

/** Makes the report of a period. */
export function metricsReport(input: ReportInput, request: ReportRequest): MetricsReport {
  const { desks, now } = input;
  const { desk } = desks.current;
  const { timezone } = desk;
  const period = periodOf(request.from, request.to, timezone);
  const before = periodBefore(period, timezone);
  const nowAt = millisecondsOf(now);

  const counted: Counted[] = [];
  const out: (LeftOut & { readonly at: number })[] = [];
  const checklists: StartedChecklist[] = [];
  const histories: IssueHistory[] = [];
  const { measured } = input.cache ?? createMeasureCache();
  for (const record of input.records) {
    const { history, result } = measured(record, input);
    histories.push(history);
    if (request.kind !== undefined && !sameName(kindOf(history) ?? "", request.kind)) continue;
    if (!hasTestLabel(record.issue.labels)) checklists.push(...history.facts.checklists.map((checklist) => ({ issue: history.issue, checklist })));
    if (result.kind === "counted") counted.push({ history, measures: result.measures });
    else out.push({ ref: record.issue.ref, reason: result.reason, at: history.reported });
  }
  counted.sort((a, b) => a.history.reported - b.history.reported || compareRefs(a.measures.issue.ref, b.measures.issue.ref));
  const own = counted.filter(({ history }) => isInPeriod(period, history.reported));
  const earlier = counted.filter(({ history }) => isInPeriod(before, history.reported));
  const end = Math.min(period.to, nowAt);
  const started = checklists.filter(({ checklist: { startedAt } }) => isInstant(startedAt) && isInPeriod(period, millisecondsOf(startedAt)));
  const measures = own.map((one) => one.measures);
  return {
    timezone, now, period, before,
    ...(request.kind === undefined ? {} : { kind: request.kind }),
    issues: measures,
    leftOut: [
      ...out.filter(({ at }) => isInPeriod(period, at)).toSorted((a, b) => a.at - b.at).map(({ at: _at, ...one }) => one),
      ...input.unreadable.flatMap(({ name, reason, created }) => (created === undefined || (before.from <= created && created < period.to) ? [{ name, reason }] : [])),
    ],
    figures: figuresOf(own, counted, period),
    figuresBefore: figuresOf(earlier, counted, before),
    inPeriod: {
      resolved: issuesOf(counted, (one) => one.measures.resolved !== undefined && isInPeriod(period, one.measures.resolved)),
      reopened: issuesOf(counted, ({ history }) => history.rounds.slice(1).some((round) => isInPeriod(period, round.from))),
    },
    groups: groupings.flatMap((by) => groupsBy(by, { own, earlier, counted, period, before, order: orderOf(by, input) })),
    stages: stageFigures(measures, desk.stages),
    openByAge: ageGroups(counted, end),
    load: loadOf(own, counted, end),
    updates: updateFigures(measures),
    actions: actionFigures(histories, period, input),
    runbooks: runbookFigures(started, desks),
    satisfaction: satisfactionOf(measures),
    answeredAtOnce: answersIn(input.answers ?? [], period),
    availability: request.kind === undefined || sameName(request.kind, incidentKind) ? availabilityOf(counted, { from: period.from, to: end }, input) : [],
  };
}

interface Counted {
  readonly history: IssueHistory;
  readonly measures: IssueMeasures;
}

function compareRefs(a: IssueRef, b: IssueRef): number {
  return a.repository === b.repository ? a.number - b.number : a.repository < b.repository ? -1 : 1;
}

function figuresOf(own: readonly Counted[], all: readonly Counted[], period: Period): GroupFigures {
  const measures = own.map((one) => one.measures);
  return {
    count: own.length,
    open: measures.filter(({ isOpen }) => isOpen).length,
    timeToAcknowledge: measureFigures(measures, ({ timeToAcknowledge }) => timeToAcknowledge),
    withinGoal: shareOf(measures.flatMap(({ withinGoal }) => withinGoal ?? [])),
    timeToMitigate: measureFigures(measures.filter(({ kind, timeToMitigate }) => kind === incidentKind || timeToMitigate !== undefined), ({ timeToMitigate }) => timeToMitigate),
    timeToResolve: measureFigures(measures, ({ timeToResolve }) => timeToResolve),
    reopened: measures.filter(({ reopened }) => reopened > 0).length,
    reopenings: measures.reduce((sum, { reopened }) => sum + reopened, 0),
    inPeriod: {
      resolved: all.filter(({ measures: { resolved } }) => resolved !== undefined && isInPeriod(period, resolved)).length,
      reopened: all.reduce((sum, { history }) => sum + history.rounds.slice(1).filter((round) => isInPeriod(period, round.from)).length, 0),
    },
  };
}

function measureFigures(measures: readonly IssueMeasures[], timeOf: (one: IssueMeasures) => Times | undefined): MeasureFigures {
  const without = measures.filter((one) => timeOf(one) === undefined);
  return {
    ...summarizeTimes(measures.flatMap((one) => timeOf(one) ?? [])),
    open: without.filter(({ isOpen }) => isOpen).length,
    unknown: without.filter(({ isOpen }) => !isOpen).length,
  };
}

interface GroupInput {
  readonly own: readonly Counted[];
  readonly earlier: readonly Counted[];
  readonly counted: readonly Counted[];
  readonly period: Period;
  readonly before: Period;
  readonly order: readonly string[];
}

/** The names of a grouping in the desk's order. */
function orderOf(by: Grouping, { desks }: MeasureContext): readonly string[] {
  const { priorities, severities, kinds, services } = desks.current.desk;
  return { priority: priorities.map(({ name }) => name), severity: severities, kind: kinds.map(({ name }) => name), service: services, runbook: [] }[by];
}

function valuesOf({ measures }: Counted, by: Grouping): readonly string[] {
  const { priority, severity, kind, services, runbooks } = measures;
  switch (by) {
    case "priority":
      return priority === undefined ? [] : [priority];
    case "severity":
      return severity === undefined ? [] : [severity];
    case "kind":
      return kind === undefined ? [] : [kind];
    case "service":
      return services;
    case "runbook":
      return runbooks;
  }
}

/** Groups in the desk's order, then others in alphabetical order, then the issues without a value. An issue with several values is in each group. */
function groupsBy(by: Grouping, { own, earlier, counted, period, before, order }: GroupInput): readonly Group[] {
  const names = distinctNames([...own, ...earlier].flatMap((one) => valuesOf(one, by)));
  const rank = (name: string): number => (hasName(order, name) ? order.findIndex((other) => sameName(other, name)) : order.length);
  const sorted = names.toSorted((a, b) => rank(a) - rank(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const group = (name: string | undefined): Group => {
    const suits = (one: Counted): boolean => (name === undefined ? valuesOf(one, by).length === 0 : hasName(valuesOf(one, by), name));
    const all = counted.filter(suits);
    return { by, ...(name === undefined ? {} : { name }), figures: figuresOf(own.filter(suits), all, period), before: figuresOf(earlier.filter(suits), all, before) };
  };
  const groups = [...sorted, undefined].map(group);
  return groups.filter(({ figures, before: past }) => figures.count > 0 || past.count > 0);
}

/** The time at each stage of the issues that were in it, in the desk's order. */
function stageFigures(measures: readonly IssueMeasures[], order: readonly string[]): MetricsReport["stages"] {
  const names = distinctNames([...order, ...measures.flatMap(({ stages }) => stages.map(({ stage }) => stage))]);
  return names.flatMap((stage) => {
    const times = measures.flatMap(({ stages }) => stages.filter((one) => sameName(one.stage, stage)).map(({ time }) => time));
    return times.length === 0 ? [] : [{ stage, time: summarizeTimes(times) }];
  });
}

const day = 24 * 60 * 60_000;

/** The bounds of age groups in days. */
const ages: readonly { readonly from: number; readonly to?: number }[] = [{ from: 0, to: 1 }, { from: 1, to: 7 }, { from: 7, to: 30 }, { from: 30, to: 90 }, { from: 90 }];

function isOpenAt({ reported, rounds, end }: IssueHistory, at: number): boolean {
  return end !== undefined && reported <= at && rounds.some(({ from, closed }) => from <= at && at < (closed ?? Infinity));
}

function ageGroups(counted: readonly Counted[], end: number): readonly AgeGroup[] {
  const open = counted.filter(({ history }) => isOpenAt(history, end));
  return ages.map(({ from, to = Infinity }) => ({
    from, ...(to === Infinity ? {} : { to }),
    issues: open.filter(({ history: { reported } }) => end - reported >= from * day && end - reported < to * day).map(({ history }) => history.issue),
  }));
}

function loadOf(own: readonly Counted[], counted: readonly Counted[], end: number): readonly Load[] {
  const assigned = own.map(({ history }) => ({ issue: history.issue, logins: everAssigned(history) }));
  const open = counted.filter(({ history }) => isOpenAt(history, end)).map(({ history }) => ({ issue: history.issue, logins: distinctNames(namesAt(history.assignees, end)) }));
  const issuesWith = (all: typeof assigned, login: string): readonly Issue[] => all.filter(({ logins }) => hasName(logins, login)).map(({ issue }) => issue);
  const logins = distinctNames([...assigned, ...open].flatMap((one) => one.logins)).toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return logins.map((login) => {
    const [had, has] = [issuesWith(assigned, login), issuesWith(open, login)];
    return { login, assigned: had.length, open: has.length, issues: [...new Set([...had, ...has])] };
  });
}

function updateFigures(measures: readonly IssueMeasures[]): MetricsReport["updates"] {
  const all = measures.flatMap(({ updates }) => updates);
  return distinctNames(all.map(({ audience }) => audience)).map((audience) => {
    const own = all.filter((one) => sameName(one.audience, audience));
    const [n, good] = [own.reduce((sum, one) => sum + one.n, 0), own.reduce((sum, one) => sum + one.inTime, 0)];
    return { audience, n, good, ...(n === 0 ? {} : { share: good / n }) };
  });
}

/** An action item is done in time if its issue was closed as completed on the day when it was due, or before. */
function actionFigures(histories: readonly IssueHistory[], { firstDate, lastDate }: Period, { desks, now }: MeasureContext): ActionFigures {
  const { desk } = desks.current;
  const today = dateTextOf(now, desk.timezone);
  const judged: { readonly issue: Issue; readonly isInTime: boolean }[] = [];
  let undated = 0;
  for (const { issue, facts, rounds, end } of histories) {
    if (!hasName(issue.labels, actionLabel) || hasTestLabel(issue.labels) || facts.duplicateOf.length > 0) continue;
    const due = actionDue(issue);
    if (due === undefined) {
      if (issue.state === "open") undated += 1;
      continue;
    }
    if (due < firstDate || due > lastDate) continue;
    const closedAt = rounds.at(-1)?.closed;
    const closed = closedAt === undefined ? undefined : dateTextOf(instantAt(closedAt), desk.timezone);
    if (end === undefined || (closed === undefined && due >= today)) continue;
    judged.push({ issue, isInTime: closed !== undefined && closed <= due && closeReasonOf(issue) !== "notPlanned" });
  }
  return { ...shareOf(judged.map(({ isInTime }) => isInTime)), issues: judged.map(({ issue }) => issue), late: judged.filter(({ isInTime }) => !isInTime).map(({ issue }) => issue), undated };
}

function satisfactionOf(measures: readonly IssueMeasures[]): SatisfactionFigures {
  const asked = measures.flatMap(({ satisfaction }) => satisfaction ?? []);
  const scores = asked.flatMap(({ score }) => score ?? []);
  const good = scores.filter((score) => score >= 4).length;
  return {
    asked: asked.length, answers: scores.length, good,
    ...(scores.length === 0 ? {} : { share: good / scores.length }),
    ...(asked.length === 0 ? {} : { answered: scores.length / asked.length }),
  };
}

function answersIn(answers: readonly TriageAnswer[], period: Period): MetricsReport["answeredAtOnce"] {
  const own = answers.filter(({ at }) => isInPeriod(period, millisecondsOf(at)));
  return { n: own.length, minutes: summarize(own.flatMap(({ minutes }) => minutes ?? [])) };
}

function issuesOf(counted: readonly Counted[], suits: (one: Counted) => boolean): readonly Issue[] {
  return counted.filter(suits).map(({ history }) => history.issue);
}

function availabilityOf(counted: readonly Counted[], period: { readonly from: number; readonly to: number }, { desks }: MeasureContext): readonly ServiceFigures[] {
  const impacts = counted.flatMap(({ history }) => history.impacts);
  const isWithin = ({ from, to }: { readonly from: number; readonly to: number }): boolean => from < period.to && to > period.from;
  const used = impacts.filter(isWithin).map(({ value }) => value);
  const found = period.from >= period.to ? [] : availability(distinctNames([...desks.current.desk.services, ...used.toSorted()]), impacts, period, desks);
  return found.map((one) => ({ ...one, issues: issuesOf(counted, ({ history }) => history.impacts.some((impact) => isWithin(impact) && sameName(impact.value, one.service))) }));
}
