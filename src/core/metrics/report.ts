import type { TriageAnswer } from "../incident/answerLog";
import { hasTestLabel } from "../markup/labels";
import { isInstant, millisecondsOf } from "../model/instant";
import type { BrokenReason } from "../model/issue";
import type { IssueRef } from "../model/issueRef";
import { sameName } from "../model/names";
import { summarize, type Summary } from "./figures";
import { type Group, groupsOf, type ReportFilter, hasValues } from "./groups";
import { incidentKind, type IssueHistory, type IssueRecord } from "./history/issueHistory";
import { createMeasureCache, type MeasureCache } from "./measureCache";
import { type IssueMeasures, kindOf, type LeftOutReason, type MeasureContext } from "./measures";
import { isInPeriod, type Period, periodBefore, periodOf } from "./period";
import { type ComparedFigures, type Counted, type CountedIssues, impactsIn, isActionItem, periodFigures } from "./periodFigures";
import { measureChecklist, type MeasuredChecklist } from "./runbookFigures";

/** What a report is asked for: a period of whole days in the desk's time zone, both dates inclusive, and which issues if not all. */
export interface ReportRequest {
  readonly from: string;
  readonly to: string;
  readonly only?: ReportFilter;
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
  readonly reason: BrokenReason | StrayReason | SourceProblem;
  /** When an issue was created, in milliseconds since the epoch. It is listed only in reports on that time, or the period after it. */
  readonly created?: number;
}

/** Why a file counts for no issue: its name or place is not that of an issue, or it is a log and there is no issue. */
export type StrayReason = "misplaced" | "noIssue";

/** Why the issues of a repository, or the events of an issue, are missing. */
export type SourceProblem = "noRepository" | "noAccess" | "rateLimit" | "noAnswer" | "noHistory";

/** An issue, or a measure of an issue, that is in no figure. */
export interface LeftOut {
  readonly ref?: IssueRef;
  /** What stands for the issue if there is no reference: a path, or a repository. */
  readonly name?: string;
  readonly reason: LeftOutReason | UnreadableIssue["reason"];
}

/** The figures of a period, as data. Times are in milliseconds since the epoch, lengths in milliseconds. */
export interface MetricsReport extends ComparedFigures {
  readonly timezone: string;
  readonly now: string;
  /** Which issues the report is about. Empty for all. */
  readonly only: ReportFilter;
  readonly period: Period;
  /** The previous period. */
  readonly before: Period;
  readonly leftOut: readonly LeftOut[];
  /** All issues that count, reported at any time, in the order in which they were reported. */
  readonly counted: readonly IssueMeasures[];
  /** The same figures of the issues with one value, such as one priority. */
  readonly groups: readonly Group[];
  readonly answeredAtOnce: AnswerFigures;
  readonly answeredBefore: AnswerFigures;
}

/** Reports that were answered at once in a period, and the minutes that it took where somebody counted them. */
interface AnswerFigures {
  readonly n: number;
  readonly minutes: Summary;
}

/** Makes the report of a period. */
export function metricsReport(input: ReportInput, request: ReportRequest): MetricsReport {
  const { desks, now } = input;
  const { desk } = desks.current;
  const { timezone } = desk;
  const period = periodOf(request.from, request.to, timezone);
  const before = periodBefore(period, timezone);
  const range = { from: before.from, to: period.to };

  // Action items are of another kind than the incidents that they follow from, and count for any kind.
  const { kind, ...others } = request.only ?? {};
  const isNarrow = Object.values(others).length > 0;
  const counted: Counted[] = [];
  const out: (LeftOut & { readonly at: number })[] = [];
  const checklists: MeasuredChecklist[] = [];
  const actions: IssueHistory[] = [];
  const { measured } = input.cache ?? createMeasureCache();
  for (const record of input.records) {
    const { history, result } = measured(record, input);
    const isMatch = result.kind === "counted" ? hasValues(result.measures, others) : !isNarrow;
    if (isMatch && isActionItem(history)) actions.push(history);
    if (kind !== undefined && !sameName(kindOf(history) ?? "", kind)) continue;
    if (result.kind === "leftOut") out.push({ ref: record.issue.ref, reason: result.reason, at: history.reported });
    if (!isMatch) continue;
    if (!hasTestLabel(record.issue.labels)) checklists.push(...checklistsIn(history, range, input));
    if (result.kind === "counted") counted.push({ history, measures: result.measures });
  }
  counted.sort((a, b) => a.history.reported - b.history.reported || compareRefs(a.measures.issue.ref, b.measures.issue.ref));
  const isAboutIncidents = kind === undefined || sameName(kind, incidentKind);
  const impacts = impactsIn(counted);
  const figuresOf = (issues: CountedIssues): ComparedFigures => ({ ...periodFigures(issues, period, input), previous: periodFigures(issues, before, input) });
  return {
    timezone, now, period, before,
    only: request.only ?? {},
    leftOut: [
      ...out.filter(({ at }) => isInPeriod(period, at)).toSorted((a, b) => a.at - b.at).map(({ at: _at, ...one }) => one),
      ...input.unreadable.flatMap(({ name, reason, created }) => (created === undefined || isInPeriod(range, created) ? [{ name, reason }] : [])),
    ],
    counted: counted.map(({ measures }) => measures),
    ...figuresOf({ counted, actions, checklists, impacts, services: isAboutIncidents && !isNarrow ? desk.services : [] }),
    groups: groupsOf({ counted, actions, checklists, impacts, desk, range, figuresOf }),
    answeredAtOnce: answersIn(input.answers ?? [], period),
    answeredBefore: answersIn(input.answers ?? [], before),
  };
}

function checklistsIn({ issue, facts }: IssueHistory, period: Pick<Period, "from" | "to">, { desks }: MeasureContext): readonly MeasuredChecklist[] {
  const started = facts.checklists.filter(({ startedAt }) => isInstant(startedAt) && isInPeriod(period, millisecondsOf(startedAt)));
  return started.map((checklist) => measureChecklist(issue, checklist, desks));
}

function compareRefs(a: IssueRef, b: IssueRef): number {
  return a.repository === b.repository ? a.number - b.number : a.repository < b.repository ? -1 : 1;
}

function answersIn(answers: readonly TriageAnswer[], period: Period): AnswerFigures {
  const own = answers.filter(({ at }) => isInPeriod(period, millisecondsOf(at)));
  return { n: own.length, minutes: summarize(own.flatMap(({ minutes }) => minutes ?? [])) };
}
