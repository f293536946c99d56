import { dateTextOf } from "../calendar/localTime";
import { closeReasonOf } from "../issue/closeReason";
import { actionLabel, hasTestLabel } from "../markup/labels";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Issue } from "../model/issue";
import { distinctNames, hasName, nameIndex, sameName } from "../model/names";
import { actionDue } from "../postmortem/library/actionDraft";
import { type Availability, availability } from "./availability";
import type { Times } from "./history/deskHistory";
import { type Share, shareOf, summarizeTimes, type TimesSummary } from "./figures";
import { everAssigned, type Impact, incidentKind, type IssueHistory } from "./history/issueHistory";
import type { IssueMeasures, MeasureContext } from "./measures";
import { namesAt } from "./history/nameSpans";
import { isInPeriod, type Period } from "./period";
import { type MeasuredChecklist, type RunbookFigures, runbookFigures } from "./runbookFigures";

/** A length of time that is measured on issues: those that have it, and those that do not. */
export interface MeasureFigures extends TimesSummary {
  /** Open issues that do not have it yet. */
  readonly open: number;
  /** Closed issues that nobody knows it of. */
  readonly unknown: number;
}

/** The figures of a group of issues, by when they were reported. */
interface GroupFigures {
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

/** The issues that are open at the end of the period, by the wall-clock time since they were reported. */
interface AgeGroup {
  /** Days: at least, and less than. */
  readonly from: number;
  readonly to?: number;
  readonly issues: readonly Issue[];
}

/** The issues of the period that somebody was assigned to, and the open ones at its end. In alphabetical order: it is not a ranking. */
export interface Load {
  readonly login: string;
  readonly assigned: readonly Issue[];
  readonly open: readonly Issue[];
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
  readonly undated: readonly Issue[];
}

interface ServiceFigures extends Availability {
  /** The issues with impact on the service in the period. */
  readonly issues: readonly Issue[];
}

/** The figures of some issues in a period. Times are in milliseconds since the epoch, lengths in milliseconds. */
export interface PeriodFigures {
  /** The issues that were reported in the period, in that order. */
  readonly issues: readonly IssueMeasures[];
  readonly figures: GroupFigures;
  /** The issues that were resolved and reopened in the period, reported at any time. */
  readonly inPeriod: { readonly resolved: readonly Issue[]; readonly reopened: readonly Issue[] };
  readonly stages: readonly { readonly stage: string; readonly time: TimesSummary }[];
  readonly openByAge: readonly AgeGroup[];
  readonly load: readonly Load[];
  readonly updates: readonly ({ readonly audience: string } & Share)[];
  readonly actions: ActionFigures;
  readonly runbooks: readonly RunbookFigures[];
  readonly satisfaction: SatisfactionFigures;
  readonly availability: readonly ServiceFigures[];
}

/** The figures of a period, and those of the previous one. */
export interface ComparedFigures extends PeriodFigures {
  readonly previous: PeriodFigures;
}

/** A part of the figures, such as those of one stage, in the period and in the previous one. */
interface ComparedPart<T> {
  readonly name: string;
  readonly now?: T;
  readonly past?: T;
}

/** The parts of both periods by their names. A part that only the previous period has comes after the one that it came after there. */
export function comparedParts<T>(figures: ComparedFigures, partsOf: (of: PeriodFigures) => readonly T[], nameOf: (part: T) => string): readonly ComparedPart<T>[] {
  const now = partsOf(figures).map((part): ComparedPart<T> => ({ name: nameOf(part), now: part }));
  return partsOf(figures.previous).reduce<{ readonly parts: readonly ComparedPart<T>[]; readonly next: number }>(({ parts, next }, past) => {
    const name = nameOf(past);
    const found = parts.findIndex((part) => sameName(part.name, name));
    const [at, part] = found < 0 ? [next, { name, past }] : [found, { name, ...parts[found], past }];
    return { parts: parts.toSpliced(at, found < 0 ? 0 : 1, part), next: at + 1 };
  }, { parts: now, next: 0 }).parts;
}

/** The load of everybody who has some in one of the periods, in alphabetical order as in each of them. */
export function comparedLoad(figures: ComparedFigures): readonly ComparedPart<Load>[] {
  return comparedParts(figures, ({ load }) => load, ({ login }) => login).toSorted((a, b) => compareLogins(a.name, b.name));
}

function compareLogins(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

/** An issue that counts. */
export interface Counted {
  readonly history: IssueHistory;
  readonly measures: IssueMeasures;
}

/** An impact on a service, and the issue that had it. */
interface IssueImpact {
  readonly issue: Issue;
  readonly impact: Impact;
}

/** All impacts of issues. */
export function impactsIn(counted: readonly Counted[]): readonly IssueImpact[] {
  return counted.flatMap(({ history: { issue, impacts } }) => impacts.map((impact) => ({ issue, impact })));
}

/** What figures are made from: of all times, because an issue can be open or have impact long after it was reported. */
export interface CountedIssues {
  /** In the order in which they were reported. */
  readonly counted: readonly Counted[];
  readonly actions: readonly IssueHistory[];
  readonly checklists: readonly MeasuredChecklist[];
  readonly impacts: readonly IssueImpact[];
  /** The services whose availability is given even without impact. */
  readonly services: readonly string[];
}

/** Calculates the figures of a period, or of its part until now. */
export function periodFigures({ counted, actions, checklists, impacts, services }: CountedIssues, period: Period, context: MeasureContext): PeriodFigures {
  const own = counted.filter(({ history }) => isInPeriod(period, history.reported));
  const now = millisecondsOf(context.now);
  const end = Math.min(period.to, now);
  // What happens at the very end of the period belongs to the next one.
  const lastMoment = Math.min(period.to - 1, now);
  const issues = own.map(({ measures }) => measures);
  const resolved = counted.flatMap(({ measures }) => (measures.resolved !== undefined && isInPeriod(period, measures.resolved) ? [measures.issue] : []));
  const reopenings = counted.flatMap(({ history }) => history.rounds.slice(1).flatMap(({ from }) => (isInPeriod(period, from) ? [history.issue] : [])));
  return {
    issues,
    figures: figuresOf(issues, { resolved: resolved.length, reopened: reopenings.length }),
    inPeriod: { resolved, reopened: [...new Set(reopenings)] },
    stages: stageFigures(issues, context.desks.current.desk.stages),
    openByAge: ageGroups(counted.filter(({ history }) => isOpenAt(history, lastMoment)), end),
    load: loadOf(own, counted, lastMoment),
    updates: updateFigures(issues),
    actions: actionFigures(actions, period, context),
    runbooks: runbookFigures(checklists.filter(({ startedAt }) => isInPeriod(period, startedAt))),
    satisfaction: satisfactionOf(issues),
    availability: availabilityOf(impacts, services, { from: period.from, to: end }, context),
  };
}

function figuresOf(measures: readonly IssueMeasures[], inPeriod: GroupFigures["inPeriod"]): GroupFigures {
  return {
    count: measures.length,
    open: measures.filter(({ isOpen }) => isOpen).length,
    timeToAcknowledge: measureFigures(measures, ({ timeToAcknowledge }) => timeToAcknowledge),
    withinGoal: shareOf(measures.flatMap(({ withinGoal }) => withinGoal ?? [])),
    timeToMitigate: measureFigures(measures.filter(({ kind, timeToMitigate }) => kind === incidentKind || timeToMitigate !== undefined), ({ timeToMitigate }) => timeToMitigate),
    timeToResolve: measureFigures(measures, ({ timeToResolve }) => timeToResolve),
    reopened: measures.filter(({ reopened }) => reopened > 0).length,
    reopenings: measures.reduce((sum, { reopened }) => sum + reopened, 0),
    inPeriod,
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

/** The time at each stage of the issues that were in it, in the desk's order. */
function stageFigures(measures: readonly IssueMeasures[], order: readonly string[]): PeriodFigures["stages"] {
  const all = measures.flatMap(({ stages }) => stages);
  const withName = nameIndex(all, ({ stage }) => [stage]);
  return distinctNames([...order, ...all.map(({ stage }) => stage)]).flatMap((stage) => {
    const times = withName(stage).map(({ time }) => time);
    return times.length === 0 ? [] : [{ stage, time: summarizeTimes(times) }];
  });
}

const day = 24 * 60 * 60_000;

/** The bounds of age groups in days. */
const ages: readonly { readonly from: number; readonly to?: number }[] = [{ from: 0, to: 1 }, { from: 1, to: 7 }, { from: 7, to: 30 }, { from: 30, to: 90 }, { from: 90 }];

function isOpenAt({ reported, rounds, end }: IssueHistory, at: number): boolean {
  return end !== undefined && reported <= at && rounds.some(({ from, closed }) => from <= at && at < (closed ?? Infinity));
}

function ageGroups(open: readonly Counted[], end: number): readonly AgeGroup[] {
  return ages.map(({ from, to = Infinity }) => ({
    from, ...(to === Infinity ? {} : { to }),
    issues: open.filter(({ history: { reported } }) => end - reported >= from * day && end - reported < to * day).map(({ history }) => history.issue),
  }));
}

function loadOf(own: readonly Counted[], counted: readonly Counted[], at: number): readonly Load[] {
  const assigned = own.map(({ history }) => ({ issue: history.issue, logins: everAssigned(history) }));
  const open = counted.filter(({ history }) => isOpenAt(history, at)).map(({ history }) => ({ issue: history.issue, logins: distinctNames(namesAt(history.assignees, at)) }));
  const [assignedTo, openOf] = [nameIndex(assigned, (one) => one.logins), nameIndex(open, (one) => one.logins)];
  const logins = distinctNames([...assigned, ...open].flatMap((one) => one.logins)).toSorted(compareLogins);
  const issuesIn = (found: readonly { readonly issue: Issue }[]): readonly Issue[] => found.map(({ issue }) => issue);
  return logins.map((login) => ({ login, assigned: issuesIn(assignedTo(login)), open: issuesIn(openOf(login)) }));
}

function updateFigures(measures: readonly IssueMeasures[]): PeriodFigures["updates"] {
  const all = measures.flatMap(({ updates }) => updates);
  return distinctNames(all.map(({ audience }) => audience)).map((audience) => {
    const own = all.filter((one) => sameName(one.audience, audience));
    const [n, good] = [own.reduce((sum, one) => sum + one.n, 0), own.reduce((sum, one) => sum + one.inTime, 0)];
    return { audience, n, good, ...(n === 0 ? {} : { share: good / n }) };
  });
}

/** Whether an issue is an action item of a post-mortem that counts. */
export function isActionItem({ issue: { labels }, facts }: IssueHistory): boolean {
  return hasName(labels, actionLabel) && !hasTestLabel(labels) && facts.duplicateOf.length === 0;
}

/** An action item is done in time if its issue was closed as completed on the day when it was due, or before. */
function actionFigures(actions: readonly IssueHistory[], { firstDate, lastDate }: Period, { desks, now }: MeasureContext): ActionFigures {
  const { desk } = desks.current;
  const today = dateTextOf(now, desk.timezone);
  const judged: { readonly issue: Issue; readonly isInTime: boolean }[] = [];
  const undated: Issue[] = [];
  for (const { issue, rounds, end } of actions) {
    const due = actionDue(issue);
    if (due === undefined) {
      if (issue.state === "open") undated.push(issue);
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

function availabilityOf(all: readonly IssueImpact[], services: readonly string[], { from, to }: { readonly from: number; readonly to: number }, { desks }: MeasureContext): readonly ServiceFigures[] {
  const impacts = all.filter(({ impact }) => impact.from < to && impact.to > from);
  const names = distinctNames([...services, ...impacts.map(({ impact }) => impact.value).toSorted()]);
  const found = from >= to ? [] : availability(names, impacts.map(({ impact }) => impact), { from, to }, desks);
  const impactsOn = nameIndex(impacts, ({ impact }) => [impact.value]);
  return found.map((one) => ({ ...one, issues: [...new Set(impactsOn(one.service).map(({ issue }) => issue))] }));
}
