import { formatRef } from "../../model/issueRef";
import type { Times } from "../history/deskHistory";
import { nameOf } from "./exportReport";
import { type Share, summarize, type Summary, type TimesSummary } from "../figures";
import type { HistoryRemark } from "../history/issueRounds";
import { type Group, groupings } from "../groups";
import { comparedLoad, comparedParts, type MeasureFigures, type PeriodFigures } from "../periodFigures";
import type { LeftOut, MetricsReport } from "../report";

/** A table of the report as text. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a reader needs to know to read it. */
  readonly note?: string;
}

/** The report as tables, in English as everything that is written into documents. Tables without rows are omitted. */
export function reportTables(report: MetricsReport): readonly ReportTable[] {
  return [
    timesTable(report),
    countsTable(report),
    ...groupings.flatMap((by) => groupTables(report.groups.filter((group) => group.by === by), groupTitles[by])),
    stagesTable(report),
    ageTable(report),
    loadTable(report),
    updatesTable(report),
    ...runbookTables(report),
    availabilityTable(report),
    remarksTable(report),
    leftOutTable(report),
  ].filter(({ rows }) => rows.length > 0);
}

const groupTitles = { priority: "By priority", severity: "By severity", kind: "By kind", service: "By service", runbook: "By runbook" } as const;

function timesTable({ figures, previous }: MetricsReport): ReportTable {
  const row = (name: string, now: MeasureFigures, before: MeasureFigures): readonly string[] => [name, numberOf(now.wall), pair(now, "median"), pair(now, "p90"), String(now.open), String(now.unknown), numberOf(before.wall), pair(before, "median")];
  const past = previous.figures;
  return {
    title: "Times",
    columns: ["", "n", "median", "90th percentile", "open", "unknown", "before: n", "before: median"],
    rows: [
      row("Time to acknowledge", figures.timeToAcknowledge, past.timeToAcknowledge),
      row("Time to mitigate", figures.timeToMitigate, past.timeToMitigate),
      row("Time to resolve", figures.timeToResolve, past.timeToResolve),
    ],
    note: "“Open” issues do not have the time yet; “unknown” are closed ones of which nobody recorded it. * marks fewer than 11 values.",
  };
}

function countsTable(report: MetricsReport): ReportTable {
  const { previous, answeredAtOnce, answeredBefore } = report;
  const row = (name: string, of: (figures: PeriodFigures) => string): readonly string[] => [name, of(report), of(previous)];
  return {
    title: "Counts",
    columns: ["", "period", "before"],
    rows: [
      row("Reported", ({ figures }) => String(figures.count)),
      row("Of these still open", ({ figures }) => String(figures.open)),
      row("Acknowledged within the goal", ({ figures }) => shareText(figures.withinGoal)),
      row("Of these reopened (times in all)", ({ figures: { reopened, reopenings } }) => `${reopened} (${reopenings})`),
      row("Resolved in the period, reported at any time", ({ figures }) => String(figures.inPeriod.resolved)),
      row("Reopened in the period, reported at any time", ({ figures }) => String(figures.inPeriod.reopened)),
      ...(answeredAtOnce.n + answeredBefore.n === 0 ? [] : [["Answered at once, without an issue", answersText(answeredAtOnce), answersText(answeredBefore)]]),
      row("Action items done in time, of those due", ({ actions }) => shareText(actions)),
      ...(report.actions.undated.length === 0 ? [] : [["Open action items without a due date", String(report.actions.undated.length), ""]]),
      row("Satisfied (4 or 5 of 5), of the answers", ({ satisfaction: { good, answers, share } }) => shareText({ n: answers, good, ...(share === undefined ? {} : { share }) })),
      row("Answered, of those asked", ({ satisfaction: { asked, answers, answered: share } }) => shareText({ n: asked, good: answers, ...(share === undefined ? {} : { share }) })),
    ],
  };
}

function answersText({ n, minutes: { median } }: MetricsReport["answeredAtOnce"]): string {
  return median === undefined ? String(n) : `${n} (median ${decimal(median)} minutes)`;
}

/** A property that no issue has would only repeat the whole. */
function groupTables(groups: readonly Group[], title: string): readonly ReportTable[] {
  return groups.some(({ name }) => name !== undefined) ? [groupTable(groups, title)] : [];
}

function groupTable(groups: readonly Group[], title: string): ReportTable {
  return {
    title,
    columns: ["", "issues", "open", "acknowledge: n", "median", "90th percentile", "within the goal", "resolve: n", "median", "90th percentile", "before: issues", "before: within the goal", "before: resolve, median"],
    rows: groups.map(({ name = "–", figures: { count, open, timeToAcknowledge, withinGoal, timeToResolve }, previous: { figures: past } }) => [
      name, String(count), String(open),
      numberOf(timeToAcknowledge.wall), pair(timeToAcknowledge, "median"), pair(timeToAcknowledge, "p90"), shareText(withinGoal),
      numberOf(timeToResolve.wall), pair(timeToResolve, "median"), pair(timeToResolve, "p90"),
      String(past.count), shareText(past.withinGoal), pair(past.timeToResolve, "median"),
    ]),
  };
}

function stagesTable(report: MetricsReport): ReportTable {
  return {
    title: "Time at each stage",
    columns: ["stage", "issues", "median", "90th percentile", "before: issues", "before: median"],
    rows: comparedParts(report, ({ stages }) => stages, ({ stage }) => stage).map(({ name, now, past }) => [name, numberOf(now?.time.wall), pair(now?.time, "median"), pair(now?.time, "p90"), numberOf(past?.time.wall), pair(past?.time, "median")]),
  };
}

function ageTable({ openByAge, previous }: MetricsReport): ReportTable {
  const rows = openByAge.map(({ from, to, issues }, index) => [
    to === undefined ? `${from} days and more` : `${from} to ${to} days`,
    String(issues.length),
    String(previous.openByAge[index]?.issues.length ?? 0),
    issues.length > listed ? `${issues.slice(0, listed).map(({ ref }) => formatRef(ref, "")).join(", ")} and ${issues.length - listed} more` : issues.map(({ ref }) => formatRef(ref, "")).join(", "),
  ]);
  return { title: "Open at the end of the period, by age", columns: ["reported before", "n", "before: n", "issues"], rows: openByAge.some(({ issues }) => issues.length > 0) ? rows : [] };
}

/** The number of issues that a cell lists. */
const listed = 20;

function loadTable(report: MetricsReport): ReportTable {
  return {
    title: "Load per person",
    columns: ["login", "issues of the period", "open at its end", "before: issues", "before: open"],
    rows: comparedLoad(report).map(({ name, now, past }) => [name, ...[now?.assigned, now?.open, past?.assigned, past?.open].map((issues = []) => String(issues.length))]),
    note: "In alphabetical order. It shows who may need help, not who works more.",
  };
}

function updatesTable(report: MetricsReport): ReportTable {
  return {
    title: "Updates in time",
    columns: ["audience", "updates in time, of those sent or due", "before"],
    rows: comparedParts(report, ({ updates }) => updates, ({ audience }) => audience).map(({ name, now, past }) => [name, shareText(now), shareText(past)]),
  };
}

function runbookTables(report: MetricsReport): readonly ReportTable[] {
  const { runbooks } = report;
  return [
    {
      title: "Checklists",
      columns: ["runbook", "started", "finished", "before: started", "before: finished"],
      rows: comparedParts(report, (figures) => figures.runbooks, ({ runbook }) => runbook).map(({ name, now, past }) => [name, ...[now?.started, now?.finished, past?.started, past?.finished].map((count = 0) => String(count))]),
    },
    {
      title: "Passes of loops",
      columns: ["runbook", "step that leads back", "checklists", "median", "90th percentile", "most", "before: median"],
      rows: runbooks.flatMap(({ runbook, loops }) => loops.map(({ id, step, passes: { n, median, p90, max } }) => {
        const past = pastRunbook(report, runbook)?.loops.find((one) => one.id === id);
        return [runbook, step, String(n), decimal(median), decimal(p90), decimal(max), decimal(past?.passes.median)];
      })),
    },
    {
      title: "Time per step",
      columns: ["runbook", "step", "n", "median", "90th percentile", "before: n", "before: median"],
      rows: runbooks.flatMap(({ runbook, steps }) => steps.map(({ id, step, time }) => {
        const past = pastRunbook(report, runbook)?.steps.find((one) => one.id === id)?.time;
        return [runbook, step, numberOf(time.wall), pair(time, "median"), pair(time, "p90"), numberOf(past?.wall), pair(past, "median")];
      })),
    },
  ];
}

function pastRunbook({ previous }: MetricsReport, name: string): PeriodFigures["runbooks"][number] | undefined {
  return previous.runbooks.find(({ runbook }) => runbook === name);
}

function availabilityTable(report: MetricsReport): ReportTable {
  return {
    title: "Availability",
    columns: ["service", "weighted impact", "any impact", "available", "before: available"],
    rows: comparedParts(report, ({ availability }) => availability, ({ service }) => service).map(({ name, now, past }) => [name, timesText(now?.impact), timesText(now?.affected), availableText(now), availableText(past)]),
  };
}

function availableText(one: PeriodFigures["availability"][number] | undefined): string {
  return one === undefined ? "–" : [one.share.business, one.share.wall].map((share) => (share === undefined ? "–" : percent(share, 3))).join(" / ");
}

function remarksTable({ issues }: MetricsReport): ReportTable {
  return { title: "Counted with a remark", columns: ["issue", "remark"], rows: issues.flatMap(({ issue, remarks }) => remarks.map((remark) => [formatRef(issue.ref, ""), remarkTexts[remark]])) };
}

function leftOutTable({ leftOut }: MetricsReport): ReportTable {
  return { title: "Left out", columns: ["issue", "reason"], rows: leftOut.map((one) => [nameOf(one), leftOutTexts[one.reason]]) };
}

/** One sentence about how a gap or a contradiction in the history of an issue was counted. */
const remarkTexts: Readonly<Record<HistoryRemark, string>> = {
  acknowledgedBeforeReport: "It was acknowledged before it was reported. The time to acknowledge counts as 0.",
  mitigatedBeforeReport: "It was mitigated before it was reported or reopened. The time of the report or reopening counts instead.",
  resolvedBeforeReport: "It was resolved before it was reported or reopened. The time of the report or reopening counts instead.",
  closedBeforeReport: "It was closed before it was reported. The time of the report counts instead.",
  resolvedAfterClosing: "It was resolved after it was closed. The closing counts.",
  mitigatedAfterResolution: "It was mitigated after it was resolved. The resolution counts.",
  noClosingTime: "It is closed, but there is no record of when. No time at stages is counted, and none to resolve unless the resolution was recorded.",
  reopenedWithoutClosing: "It was reopened, but there is no record of when it had been closed. That reopening is not counted.",
  noReopeningTime: "It is open again, but there is no record of when it was reopened. It counts as open from when it was closed.",
  acknowledgedLater: "It was acknowledged only after it was closed. No time to acknowledge is counted.",
  future: "Some of its events are in the future. They are ignored.",
  eventsBeforeCreation: "Some of its events are older than the issue itself. They count as if they happened when it was reported.",
  missingEvents: "Some of its changes have no event, so it is not known when they were made.",
  renamedLabel: "One of its labels was renamed. Its times under both names count as one.",
  unknownStage: "It was in a stage that desk.yml does not have. The stage is listed under its own name.",
  incomplete: "Some of its events, or their times, could not be read.",
  backfilled: "It was entered after it was over. No goal applies.",
};

/** Why something is in no figure, in one sentence. */
const leftOutTexts: Readonly<Record<LeftOut["reason"], string>> = {
  test: "It is a test.",
  cancelled: "It was cancelled: it was not an incident.",
  duplicate: "It is a duplicate. The issue that stays is counted.",
  notWork: "It is a checklist or a handoff.",
  future: "It was reported in the future.",
  unreadable: "The file cannot be read.",
  noFrontMatter: "The file has no front matter.",
  toml: "The front matter of the file is TOML, not YAML.",
  badYaml: "The front matter of the file is not valid YAML.",
  tooLarge: "The front matter of the file is too large.",
  badFields: "A field in the front matter of the file is missing or not valid.",
  badRegion: "A hidden mark in the text is broken.",
  sameNumber: "Another file has the same number.",
  mergeConflict: "The file contains a Git conflict.",
  misplaced: "It is not counted, because issues are in files named .desk/FOLDER/NUMBER-NAME.md.",
  noIssue: "It is not counted, because there is no issue with the number or the id in its name.",
  noRepository: "The repository does not exist, or the account cannot see it.",
  noAccess: "The server refused to show the issues of the repository.",
  rateLimit: "The server is rate-limiting requests. Run the command again later.",
  noAnswer: "The server did not respond, or returned an error.",
  noHistory: "The events of the issue cannot be read.",
};

function numberOf(summary: Summary | undefined): string {
  const { n, isSmall } = summary ?? summarize([]);
  return n > 0 && isSmall ? `${n}*` : String(n);
}

function pair(summary: TimesSummary | undefined, value: "median" | "p90"): string {
  const [one, other] = [summary?.business[value], summary?.wall[value]];
  return one === undefined || other === undefined ? "–" : `${formatLength(one)} / ${formatLength(other)}`;
}

function timesText(times: Times | undefined): string {
  return times === undefined ? "–" : `${formatLength(times.business)} / ${formatLength(times.wall)}`;
}

function shareText(of: Share | undefined): string {
  return of?.share === undefined ? "–" : `${of.good} of ${of.n} (${percent(of.share)})`;
}

function percent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)}%`;
}

function decimal(value: number | undefined): string {
  return value === undefined ? "–" : String(Math.round(value * 10) / 10);
}

/** A length of time such as `45s`, `12m` or `3h 05m`, rounded to the unit shown. */
export function formatLength(milliseconds: number): string {
  if (milliseconds < 59_500) return `${Math.round(milliseconds / 1000)}s`;
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 60 ? `${minutes}m` : `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, "0")}m`;
}
