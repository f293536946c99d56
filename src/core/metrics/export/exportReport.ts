import { instantAt } from "../../model/instant";
import { formatRef } from "../../model/issueRef";
import type { Times } from "../history/deskHistory";
import { type Share, type Summary, summarizeTimes, type TimesSummary } from "../figures";
import type { IssueMeasures } from "../measures";
import { method } from "./method";
import { groupings } from "../groups";
import type { ComparedFigures, MeasureFigures, PeriodFigures } from "../periodFigures";
import type { LeftOut, MetricsReport } from "../report";
import { trendOf } from "../trend";

/** The report as JSON, with notes about what it is made from: instants in UTC, lengths in seconds. What is unknown is absent. */
export function reportJson(report: MetricsReport, notes: readonly string[] = []): string {
  return `${JSON.stringify({ ...reportRecord(report), notes }, null, 2)}\n`;
}

function reportRecord(report: MetricsReport) {
  const { period, before, timezone, only, now } = report;
  return {
    from: period.firstDate,
    to: period.lastDate,
    timezone,
    ...only,
    now,
    issues: report.issues.map(issueRecord),
    leftOut: report.leftOut.map((one) => ({ ref: nameOf(one), reason: one.reason })),
    figures: {
      ...figuresRecord(report),
      answeredAtOnce: answersRecord(report.answeredAtOnce),
      ...Object.fromEntries(groupings.map((by) => [by, Object.fromEntries(report.groups.filter((group) => group.by === by).map((group) => [group.name ?? "", comparedRecord(group)]))])),
      overTime: trendOf(report).parts.map(({ firstDate, lastDate, issues }) => ({ from: firstDate, to: lastDate, ...partRecord(issues) })),
      before: { from: before.firstDate, to: before.lastDate, ...figuresRecord(report.previous), answeredAtOnce: answersRecord(report.answeredBefore), availability: availabilityRecord(report.previous) },
    },
    availability: availabilityRecord(report),
    method,
  };
}

function comparedRecord(figures: ComparedFigures) {
  const { previous } = figures;
  return { ...figuresRecord(figures), availability: availabilityRecord(figures), before: { ...figuresRecord(previous), availability: availabilityRecord(previous) } };
}

function figuresRecord({ figures, stages, openByAge, load, updates, actions, runbooks, satisfaction }: PeriodFigures) {
  const { count, open, timeToAcknowledge, withinGoal, timeToMitigate, timeToResolve, reopened, reopenings, inPeriod } = figures;
  return {
    count, open,
    timeToAcknowledge: { ...measureRecord(timeToAcknowledge), withinGoal: shareRecord(withinGoal) },
    timeToMitigate: measureRecord(timeToMitigate),
    timeToResolve: measureRecord(timeToResolve),
    reopened, reopenings, inPeriod,
    stages: Object.fromEntries(stages.map(({ stage, time }) => [stage, timesSummaryRecord(time)])),
    openByAge: openByAge.map(({ from, to, issues }) => ({ fromDays: from, toDays: to, n: issues.length, issues: issues.map(({ ref }) => formatRef(ref, "")) })),
    load: Object.fromEntries(load.map(({ login, assigned, open: has }) => [login, { assigned: assigned.length, open: has.length }])),
    updates: Object.fromEntries(updates.map(({ audience, ...share }) => [audience, shareRecord(share)])),
    actions: { ...shareRecord(actions), late: actions.late.map(({ ref }) => formatRef(ref, "")), undated: actions.undated.length },
    runbooks: Object.fromEntries(runbooks.map(({ runbook, started, finished, loops, steps }) => [runbook, {
      started, finished,
      loops: loops.map(({ step, passes: { max, ...passes } }) => ({ step, passes: { ...summaryRecord(passes, 1), max } })),
      steps: steps.map(({ step, time }) => ({ step, ...timesSummaryRecord(time) })),
    }])),
    satisfaction: { ...satisfaction, share: rounded(satisfaction.share), answered: rounded(satisfaction.answered) },
  };
}

function answersRecord({ n, minutes }: MetricsReport["answeredAtOnce"]) {
  return { n, minutes: summaryRecord(minutes, 1) };
}

function issueRecord(one: IssueMeasures) {
  const { issue, kind, priority, severity, services, acknowledged, mitigated, resolved, goal, withinGoal, remarks, satisfaction } = one;
  return {
    ref: formatRef(issue.ref, ""),
    title: issue.title,
    kind, priority, severity, services,
    reported: instantAt(one.reported),
    acknowledged: instantOf(acknowledged),
    mitigated: instantOf(mitigated),
    resolved: instantOf(resolved),
    open: one.isOpen,
    reopened: one.reopened,
    goal: seconds(goal),
    withinGoal,
    timeToAcknowledge: timesRecord(one.timeToAcknowledge),
    timeToMitigate: timesRecord(one.timeToMitigate),
    timeToResolve: timesRecord(one.timeToResolve),
    stages: Object.fromEntries(one.stages.map(({ stage, time }) => [stage, timesRecord(time)])),
    runbooks: one.runbooks,
    satisfaction: satisfaction?.score,
    remarks: remarks.length === 0 ? undefined : remarks,
  };
}

function partRecord(issues: readonly IssueMeasures[]) {
  const summary = (timeOf: (one: IssueMeasures) => Times | undefined) => timesSummaryRecord(summarizeTimes(issues.flatMap((one) => timeOf(one) ?? [])));
  return { count: issues.length, timeToAcknowledge: summary(({ timeToAcknowledge }) => timeToAcknowledge), timeToMitigate: summary(({ timeToMitigate }) => timeToMitigate), timeToResolve: summary(({ timeToResolve }) => timeToResolve) };
}

function measureRecord({ open, unknown, ...times }: MeasureFigures) {
  return { n: times.wall.n, open, unknown, ...timesSummaryRecord(times) };
}

function timesSummaryRecord({ business, wall }: TimesSummary) {
  return { business: summaryRecord(business, 1000), wall: summaryRecord(wall, 1000) };
}

function summaryRecord({ n, median, p90, isSmall }: Summary, unit: number) {
  const inUnit = (value: number | undefined): number | undefined => (value === undefined ? undefined : rounded(value / unit));
  return { n, median: inUnit(median), p90: inUnit(p90), small: isSmall };
}

function shareRecord({ n, good, share }: Share) {
  return { n, good, share: rounded(share) };
}

function availabilityRecord({ availability }: PeriodFigures) {
  return Object.fromEntries(availability.map(({ service, impact, affected, share }) => [service, {
    impact: seconds(impact.wall), share: rounded(share.wall), affected: seconds(affected.wall),
    business: { impact: seconds(impact.business), share: rounded(share.business), affected: seconds(affected.business) },
  }]));
}

function timesRecord(times: Times | undefined) {
  return times === undefined ? undefined : { business: seconds(times.business), wall: seconds(times.wall) };
}

function instantOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : instantAt(at);
}

function seconds(milliseconds: number | undefined): number | undefined {
  return rounded(milliseconds === undefined ? undefined : milliseconds / 1000);
}

/** Without the noise of binary fractions. */
function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toPrecision(12));
}

/** How an issue that is left out is named: by its reference, otherwise by its file or repository. */
export function nameOf({ ref, name = "" }: LeftOut): string {
  return ref === undefined ? name : formatRef(ref, "");
}

const columns = [
  "ref", "title", "kind", "priority", "severity", "services", "reported", "acknowledged", "mitigated", "resolved", "open", "reopened", "goal", "within goal",
  "time to acknowledge (business)", "time to acknowledge (wall clock)", "time to mitigate (business)", "time to mitigate (wall clock)",
  "time to resolve (business)", "time to resolve (wall clock)",
] as const;

/** The issues of the report as CSV (RFC 4180), one a row, with those that are left out. Instants are in UTC, lengths in seconds. */
export function reportCsv({ issues, leftOut }: MetricsReport): string {
  const stages = [...new Set(issues.flatMap((one) => one.stages.map(({ stage }) => stage)))];
  const header = [...columns, ...stages.flatMap((stage) => [`stage ${stage} (business)`, `stage ${stage} (wall clock)`]), "remarks", "left out"];
  const times = (one: Times | undefined): readonly Cell[] => [seconds(one?.business), seconds(one?.wall)];
  const rows = issues.map((one): readonly Cell[] => [
    formatRef(one.issue.ref, ""), one.issue.title, one.kind, one.priority, one.severity, one.services.join("; "),
    instantAt(one.reported), instantOf(one.acknowledged), instantOf(one.mitigated), instantOf(one.resolved), String(one.isOpen), one.reopened, seconds(one.goal), one.withinGoal === undefined ? undefined : String(one.withinGoal),
    ...times(one.timeToAcknowledge), ...times(one.timeToMitigate), ...times(one.timeToResolve),
    ...stages.flatMap((stage) => times(one.stages.find((each) => each.stage === stage)?.time)),
    one.remarks.join("; "), undefined,
  ]);
  const others = leftOut.map((one): readonly Cell[] => [nameOf(one), ...header.slice(2).map(() => undefined), one.reason]);
  return csv([header, ...rows, ...others]);
}

/** A text, a number, or nothing. */
export type Cell = string | number | undefined;

/** Renders rows as CSV (RFC 4180). Text that a spreadsheet would take for a formula starts with an apostrophe, and what controls a terminal is removed. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/** Where a spreadsheet can see the start of a formula: in a cell, also after spaces, and after what separates cells where lists are separated by semicolons. */
const formulaStart = /(?<=^|[;\t\r\n])(?=\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])|^(?=[\t\r\n])/g;

const unprintable = /(?![\t\r\n])\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

function csvCell(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = cell.replace(unprintable, " ").replace(formulaStart, "'");
  return /[",\r\n]|^\s|\s$|^'/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
