import { dateTextOf } from "../../../core/calendar/localTime";
import { deskFolder } from "../../../core/markup/issueFile";
import { groupings, namesOf } from "../../../core/metrics/groups";
import type { IssueMeasures } from "../../../core/metrics/measures";
import { datesOf, periodFlaw, periodNames } from "../../../core/metrics/period";
import type { MetricsReport, ReportRequest } from "../../../core/metrics/report";
import { formatLength } from "../../../core/metrics/export/reportTables";
import type { Desk } from "../../../core/model/desk";
import type { Failure } from "../../../core/model/failure";
import { instantAt } from "../../../core/model/instant";
import type { BrokenReason, Instant, Issue } from "../../../core/model/issue";
import { formatRef } from "../../../core/model/issueRef";
import { distinctNames } from "../../../core/model/names";
import type { MetricsButton, MetricsContent, MetricsControls, MetricsList, MetricsNotice, MetricsReportView, MetricsState, MetricsSubject } from "../../../protocol/metrics";
import type { MetricsNote } from "../../app/metricsService";
import type { Translate } from "../../ui/operationLabels";
import { nameIn } from "../../ui/people";
import { describePeriod, formatRange } from "../../ui/periodLabels";
import { breakdownSections } from "./breakdownSections";
import { headFigures } from "./metricsFigures";
import { type IssueList, metricsFormat } from "./metricsFormat";
import { describeHistoryRemark, describeNotes, describeOmission, formatMoment, metricsLabels, metricsMethods } from "./metricsLabels";
import { metricsSections } from "./metricsSections";
import { runbookNames } from "./runbookNames";

/** What is known about the figures: they are made, or why not. */
export type MetricsOutcome =
  | { readonly kind: "report"; readonly report: MetricsReport; readonly notes: readonly MetricsNote[] }
  | { readonly kind: "reading" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly text: string; readonly signIn: boolean };

/** Why the figures are older than the issues. */
export type MetricsProblem = { readonly kind: "failed"; readonly text: string } | { readonly kind: "cancelled" };

/** What the page is built from. */
interface MetricsInput {
  readonly desk: Desk;
  readonly stale: boolean;
  readonly subject: MetricsSubject;
  readonly outcome: MetricsOutcome;
  /** What is being read, and how many issues of it were read. */
  readonly progress: { readonly done: number; readonly of: number } | undefined;
  /** The figure whose issues are listed. */
  readonly list: string | undefined;
  /** Set if the last reading of the issues did not end, and what is shown is older. */
  readonly problem: MetricsProblem | undefined;
  /** The titles of runbooks, by path. */
  readonly runbookTitles: ReadonlyMap<string, string>;
  readonly now: Instant;
  readonly language: string;
  readonly t: Translate;
  /** Why a file cannot be read, as the end of a sentence. */
  readonly brokenReason: (reason: BrokenReason) => string;
  readonly describeFailure: (failure: Failure) => string;
}

/** The period and the filter that a subject stands for. */
export function requestOf({ period, from, to, only }: MetricsSubject, desk: Desk, now: Instant): ReportRequest {
  const isDates = period === undefined && from !== undefined && to !== undefined && periodFlaw(from, to) === undefined;
  const dates = isDates ? { from, to } : datesOf(period ?? "thisMonth", dateTextOf(now, desk.timezone));
  return { ...dates, only: only === undefined ? {} : { [only.by]: only.name } };
}

/** Notes about how times are counted. Without issues, there are none. */
const aboutTimes: ReadonlySet<MetricsNote["kind"]> = new Set(["deskOfToday", "shallow", "uncommitted"]);

/** What the page shows. */
export function metricsState(input: MetricsInput): MetricsState {
  const { t, language, stale, outcome, progress, problem } = input;
  return {
    language,
    labels: metricsLabels(t),
    controls: controlsOf(input),
    banners: [
      ...(problem === undefined ? [] : [{ tone: "warning" as const, text: problem.kind === "failed" ? t("The issues could not be read again, so these figures are out of date. {0}", problem.text) : t("Reading was canceled, so these figures are out of date."), button: refresh(t) }]),
      ...(stale ? [{ tone: "warning" as const, text: t("desk.yml has errors, so its last valid version is used. Open the file and correct the marked lines."), button: { label: t("Open desk.yml"), icon: "go-to-file", action: "openDesk" as const } }] : []),
      ...(outcome.kind === "report" ? unread(outcome.notes, input) : []),
    ],
    notes: outcome.kind === "report" ? [...describeNotes(outcome.notes.filter(({ kind }) => !isEmpty(outcome.report) || !aboutTimes.has(kind)), input)] : [],
    ...(progress === undefined ? {} : { progress: progressOf(progress, input) }),
    content: contentOf(input),
  };
}

/** Beside figures, it is unknown how much changed. Without them, the notice says already that histories are read. */
function progressOf({ done, of }: NonNullable<MetricsInput["progress"]>, { t, language, outcome }: MetricsInput): NonNullable<MetricsState["progress"]> {
  const numbers = new Intl.NumberFormat(language);
  if (outcome.kind === "report") return { done: 0, of: 0, text: t("Checking for changes…") };
  return { done, of, text: of === 0 || outcome.kind !== "reading" ? t("Reading issue histories…") : t("{0} of {1} issues", numbers.format(done), numbers.format(of)) };
}

/** What could not be read. The figures are without it. */
function unread(notes: readonly MetricsNote[], { t, describeFailure }: MetricsInput): MetricsState["banners"] {
  const reasons = new Set(notes.flatMap((note) => (note.kind === "unread" ? [describeFailure(note.failure)] : [])));
  return [...reasons].map((reason) => ({ tone: "warning", text: t("Not all issues or changes could be read, so the figures cover what was read before. {0}", reason), button: refresh(t) }));
}

function refresh(t: Translate): MetricsButton {
  return { label: t("Refresh"), icon: "refresh", action: "refresh" };
}

/** Points out what is listed at the end of the page. */
function endOf({ leftOut, issues }: MetricsReport, t: Translate): string {
  const remarks = issues.reduce((sum, one) => sum + one.remarks.length, 0);
  if (leftOut.length + remarks === 0) return "";
  if (remarks === 0) return ` ${t("Left out: {0}, listed at the end of the page.", leftOut.length)}`;
  if (leftOut.length === 0) return ` ${t("Remarks: {0}, listed at the end of the page.", remarks)}`;
  return ` ${t("Left out: {0}. Remarks: {1}. Both are listed at the end of the page.", leftOut.length, remarks)}`;
}

function controlsOf(input: MetricsInput): MetricsControls {
  const { desk, subject, outcome, now, language, t } = input;
  const { from, to } = requestOf(subject, desk, now);
  const isNamed = subject.period !== undefined || subject.from === undefined || subject.to === undefined;
  const today = dateTextOf(now, desk.timezone);
  const range = formatRange({ from, to }, language);
  const text = outcome.kind === "report"
    ? t("{0} in {1}. Previous period: {2}. As known on {3}.", range, desk.timezone, formatRange({ from: outcome.report.before.firstDate, to: outcome.report.before.lastDate }, language), formatMoment(outcome.report.now, desk.timezone, language)) + endOf(outcome.report, t)
    : t("{0} in {1}.", range, desk.timezone);
  return {
    periods: [...periodNames.map((name) => ({ value: name, label: `${describePeriod(name, t)} (${formatRange(datesOf(name, today), language)})` })), { value: "dates", label: t("Other Dates") }],
    period: isNamed ? subject.period ?? "thisMonth" : "dates",
    from, to,
    issues: [{ choices: [{ label: t("All Issues") }] }, ...filterChoices(input)],
    ...(subject.only === undefined ? {} : { only: subject.only }),
    ...(desk.hours.length === 0 ? {} : { clocks: [{ value: "business", label: t("Business hours") }, { value: "wall", label: t("Wall clock") }] }),
    clock: subject.clock ?? "business",
    text,
    buttons: outcome.kind === "report" ? [
      { label: t("Insert Report"), icon: "note", action: "insertReport" },
      { label: t("Export as CSV…"), icon: "export", action: "exportCsv" },
      { label: t("Export as Markdown…"), icon: "export", action: "exportMarkdown" },
      refresh(t),
    ] : [],
  };
}

/** The values of the desk, and those that issues of the period have. */
function filterChoices({ desk, subject: { only }, outcome, runbookTitles, t }: MetricsInput): MetricsControls["issues"] {
  const runbooks = runbookNames(runbookTitles);
  const groups = outcome.kind === "report" ? outcome.report.groups : [];
  const titles = { priority: t("Priority"), severity: t("Severity"), kind: t("Kind"), service: t("Service"), runbook: t("Runbook") } as const;
  return groupings.flatMap((by) => {
    const names = distinctNames([...namesOf(by, desk), ...groups.flatMap((group) => (group.by === by ? group.name ?? [] : [])), ...(only === undefined || only.by !== by ? [] : [only.name])]);
    return names.length === 0 ? [] : [{ title: titles[by], choices: names.map((name) => ({ ...(by === "runbook" ? { label: runbooks.name(name), ...runbooks.hint(name) } : { label: name }), only: { by, name } })) }];
  });
}

/** The time that figures are shown in. Without business hours, both are the same. */
function clockOf({ hours }: Desk, { clock = "business" }: MetricsSubject): "business" | "wall" {
  return hours.length === 0 ? "wall" : clock;
}

function contentOf(input: MetricsInput): MetricsContent {
  const { outcome, t } = input;
  const notice = (icon: string, title: string, text: string, buttons: readonly MetricsButton[]): MetricsNotice => ({ kind: "notice", icon, title, text, buttons: [...buttons] });
  const again: MetricsButton = { label: t("Refresh"), icon: "refresh", action: "read" };
  switch (outcome.kind) {
    case "reading":
      return notice("loading", t("Reading issue histories…"), t("Figures are calculated from the events of the issues. The first time takes the longest."), []);
    case "cancelled":
      return notice("circle-slash", t("Reading was canceled"), t("No figures are shown until all histories are read, because partial figures would be wrong. Refresh to continue."), [again]);
    case "failed":
      return notice("error", t("The issues could not be read"), outcome.text, [outcome.signIn ? { label: t("Sign In"), icon: "sign-in", action: "signIn" } : again]);
    case "report":
      return isEmpty(outcome.report)
        ? notice("graph", t("No issues in this period"), ...withoutIssues(outcome.report, input))
        : reportView(outcome.report, input);
  }
}

/** Why there are none, and what to do. A new incident is only in a period that is not over. */
function withoutIssues({ period }: MetricsReport, { t, language, subject: { only }, now, runbookTitles }: MetricsInput): readonly [string, readonly MetricsButton[]] {
  const range = formatRange({ from: period.firstDate, to: period.lastDate }, language);
  if (only !== undefined) return [t("No issue with “{0}” was reported in this period ({1}) or open at its end. Select all issues or another period above.", only.by === "runbook" ? runbookNames(runbookTitles).name(only.name) : only.name, range), []];
  if (period.to <= Date.parse(now)) return [t("Nothing was reported in this period ({0}), and nothing was open at its end. Select another period above.", range), []];
  return [
    t("Nothing was reported in this period ({0}), and nothing is open. Select another period above. Figures come from the histories of issues: each incident or request that you work on here counts.", range),
    [{ label: t("Declare Incident…"), icon: "add", action: "declare" }],
  ];
}

function isEmpty({ figures, previous, leftOut, openByAge, inPeriod, actions, answeredAtOnce }: MetricsReport): boolean {
  return figures.count + previous.figures.count + leftOut.length + inPeriod.resolved.length + actions.n + answeredAtOnce.n === 0 && openByAge.every(({ issues }) => issues.length === 0);
}

function reportView(report: MetricsReport, input: MetricsInput): MetricsReportView {
  const { t, language, desk, subject, list } = input;
  const format = metricsFormat(t, language, clockOf(desk, subject));
  const methods = metricsMethods(t);
  const sections = { report, format, methods, nameOf: (login: string) => nameIn(desk, login), runbookNames: runbookNames(input.runbookTitles) };
  const view = {
    kind: "report" as const,
    figures: [...headFigures(report, format, methods)],
    sections: [...metricsSections(sections)],
    breakdowns: [...breakdownSections(sections)],
    leftOut: report.leftOut.map(({ ref, name, reason }) => ({ name: ref === undefined ? name ?? "" : formatRef(ref, ""), ...(ref === undefined ? isFile(name) ? { file: name } : {} : { ref }), text: describeOmission(reason, input) })),
    remarks: report.issues.flatMap(({ issue: { ref }, remarks }) => remarks.map((remark) => ({ name: formatRef(ref, ""), ref, text: describeHistoryRemark(remark, t) }))),
    method: [methods.count, methods.time, methods.percentiles, methods.goal, methods.acknowledge, methods.resolve],
  };
  const shown = list === undefined ? undefined : format.lists.get(list);
  return { ...view, ...(list === undefined || shown === undefined ? {} : { list: listOf(list, shown, report, input) }) };
}

/** Whether the name of what is left out is a file of an issue and not a repository. */
function isFile(name: string | undefined): name is string {
  return name?.startsWith(`${deskFolder}/`) === true;
}

/** The number of issues that a list shows. */
const maxRows = 200;

function listOf(of: string, { title, issues, factOf }: IssueList, report: MetricsReport, input: MetricsInput): MetricsList {
  const { t } = input;
  const measures = new Map(report.counted.map((one) => [one.issue, one]));
  return {
    of,
    title: issues.length === 1 ? t("{0}: one issue", title) : t("{0}: {1} issues", title, issues.length),
    rows: issues.slice(0, maxRows).map((issue) => ({ ref: issue.ref, reference: formatRef(issue.ref, ""), title: issue.title, isOpen: issue.state === "open", facts: factsOf(issue, { measures: measures.get(issue), own: factOf(issue) }, input) })),
    ...(issues.length > maxRows ? { more: t("…and {0} more. Export as CSV to see all.", issues.length - maxRows) } : {}),
  };
}

/** What was measured on an issue, in one line, with what it adds to a figure at the end. */
function factsOf(issue: Issue, { measures, own }: { readonly measures: IssueMeasures | undefined; readonly own: string | undefined }, { t, language, desk, subject }: MetricsInput): string {
  const clock = clockOf(desk, subject);
  const { priority, timeToAcknowledge, timeToMitigate, timeToResolve, mitigated } = measures ?? {};
  const reported = measures === undefined ? issue.createdAt : instantAt(measures.reported);
  return [
    ...(priority === undefined ? [] : [priority]),
    t("reported {0}", formatMoment(reported, desk.timezone, language)),
    ...(timeToAcknowledge === undefined ? [] : [t("acknowledged after {0}", formatLength(timeToAcknowledge[clock]))]),
    ...(timeToMitigate === undefined || mitigated === undefined || mitigated === measures?.resolved ? [] : [t("mitigated after {0}", formatLength(timeToMitigate[clock]))]),
    ...(timeToResolve === undefined ? [] : [t("resolved after {0}", formatLength(timeToResolve[clock]))]),
    ...(own === undefined ? [] : [own]),
  ].join(" · ");
}
