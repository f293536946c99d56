import type { IssueMeasures } from "../../../core/metrics/measures";
import type { LeftOut, SourceProblem } from "../../../core/metrics/report";
import type { Desk } from "../../../core/model/desk";
import type { BrokenReason, Instant } from "../../../core/model/issue";
import { assertNever } from "../../../core/model/result";
import type { MetricsLabels } from "../../../protocol/metrics";
import type { MetricsNote } from "../../app/metricsService";
import type { Translate } from "../../ui/operationLabels";

/** The texts of the page that do not depend on its content. */
export function metricsLabels(t: Translate): MetricsLabels {
  return {
    heading: t("Metrics"),
    period: t("Period"),
    from: t("First day"),
    to: t("Last day"),
    reversed: t("The first day is after the last day. The figures are still those of the dates below."),
    issues: t("Issues"),
    clock: t("Times"),
    actions: t("Use these metrics"),
    cancel: t("Cancel"),
    figures: t("Summary"),
    breakdown: t("Compare"),
    table: t("Table"),
    method: t("How is this counted?"),
    leftOut: t("Left out of all figures"),
    notes: t("Notes"),
    noneLeftOut: t("Nothing was left out."),
    remarks: t("Counted with a remark"),
    noRemarks: t("No history has gaps or contradictions."),
    allMethods: t("How metrics are counted"),
    definitions: t("All Definitions"),
    close: t("Close"),
    showIssues: t("{0}. Show issues"),
    open: t("Open"),
    closed: t("Closed"),
    chart: t("{0}. Use the arrow keys to move between values."),
    more: t("{0} more"),
    below: t("The table below has the same values."),
  };
}

/** How figures are counted, a sentence or two each. `docs/metrics.md` has the full definitions. */
export function metricsMethods(t: Translate) {
  return {
    count: t("An issue belongs to the period in which it was reported, in the desk's time zone. Open issues count. Tests, cancelled incidents, duplicates, checklists and handoffs are left out and listed at the end."),
    open: t("Issues of the period that are open now."),
    goal: t("The goal is the strictest one of kind, priority and runbooks, according to desk.yml and the priority when the issue was acknowledged. A time equal to the goal is within it. Issues that are late and not acknowledged count as missed; those that still have time are not judged yet."),
    acknowledge: t("From the report to the first acknowledgement that was not withdrawn, before the issue was first closed. An acknowledgement before the report counts as 0."),
    mitigate: t("From the report to the milestone Mitigated, or to the resolution if there is none. For reopened issues, each round counts until its own end."),
    resolve: t("From the report to the last resolution: the milestone Resolved, or the closing. The time in which an issue was closed before it was reopened does not count."),
    reopened: t("Issues of the period that were reopened, and how often in total."),
    inPeriod: t("What happened in the period, regardless of when the issues were reported."),
    percentiles: t("Median and 90th percentile are interpolated linearly between the closest ranks, like PERCENTILE.INC in spreadsheets. With fewer than 11 values, the 90th percentile means little. There are no averages."),
    time: t("Business time counts the hours, holidays and closures of the desk that were in force at each moment. Wall-clock time counts all time."),
    trend: t("Issues grouped by when they were reported. Times are medians of these issues."),
    stages: t("The time at each stage adds up to the life of an issue, from its report to its last closing, or to now. A closed issue is in the last stage."),
    ages: t("Issues that were open at the end of the period, or now if that is earlier, by the wall-clock time since their report."),
    availability: t("An incident has impact on its services from its start until it is mitigated, resolved or closed. A major impact counts in full, a partial one as three tenths, unless desk.yml sets other values. Where impacts overlap, only the worst one counts. The share is the rest of the period."),
    load: t("How many issues of the period each person was ever assigned to, and how many open ones at its end. A reassigned issue counts for everyone it was assigned to. The order is alphabetical: the list shows who may need help and is not a ranking."),
    satisfaction: t("Scores of 4 and 5, divided by all answers; and answers, divided by the issues whose reporter was asked."),
    actions: t("Action items of post-mortems that were due in the period, and whose issues were closed as completed on that day or before."),
    updates: t("Updates that were sent within the minute in which they were due, of all that were sent after the acknowledgement or were due and never sent."),
    runbooks: t("Checklists that were started in the period. A pass is one way through a loop. The time of a step is the time since the last mark in its checklist."),
    groups: t("The same figures for the issues with each value. An issue with two services or two runbooks is in both."),
  };
}

export type MetricsMethods = ReturnType<typeof metricsMethods>;

interface NoteLabels {
  readonly t: Translate;
  readonly desk: Pick<Desk, "timezone">;
  readonly language: string;
}

/** What a reader should know besides the figures, each in a sentence or two. What could not be read is described elsewhere. */
export function describeNotes(notes: readonly MetricsNote[], { t, desk, language }: NoteLabels): readonly string[] {
  const all = new Intl.ListFormat(language);
  const describe = (note: MetricsNote): readonly string[] => {
    switch (note.kind) {
      case "deskOfToday":
        return [t("The Git history of desk.yml cannot be read, so the current goals, hours and holidays apply to all times.")];
      case "shallow":
        return [t("The repository is a shallow clone, so older versions of desk.yml are unknown. The oldest known version applies to the time before it.")];
      case "uncommitted":
        return [t("Changes to desk.yml, its calendars and its runbooks that are not committed apply from now on.")];
      case "noScope":
        return [t("Moves on the project boards of {0} are not included, because the account lacks the permission “read:project”. Stages come from labels only. To include the moves, sign in with a token that has this permission.", all.format(notes.flatMap((one) => (one.kind === "noScope" ? [one.repository] : []))))];
      case "noBoards":
        return [t("Moves on the project boards of {0} cannot be read, so stages come from labels only. Server response: {1}", all.format(notes.flatMap((one) => (one.kind === "noBoards" && one.reason === note.reason ? [one.repository] : []))), note.reason)];
      case "hiddenBoards":
        return [t("Moves on some project boards of {0} cannot be read. Server response: {1}", note.repository, note.reason)];
      case "fewEvents":
        return [t("The server does not list events of {0} before {1}, so older issues are left out.", note.repository, formatMoment(note.before, desk.timezone, language))];
      case "unread":
        return [];
      default:
        return assertNever(note);
    }
  };
  // The same reason in several repositories is described once.
  return [...new Set(notes.flatMap(describe))];
}

/** A date and a time in a time zone, such as “Nov 20, 2026, 12:00 PM”. */
export function formatMoment(at: Instant, timezone: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: timezone }).format(new Date(at));
}

/** One sentence about how a gap or a contradiction in the history of an issue was counted. */
export function describeHistoryRemark(remark: IssueMeasures["remarks"][number], t: Translate): string {
  switch (remark) {
    case "acknowledgedBeforeReport":
      return t("It was acknowledged before it was reported. The time to acknowledge counts as 0.");
    case "mitigatedBeforeReport":
      return t("It was mitigated before it was reported or reopened. The time of the report or reopening counts instead.");
    case "resolvedBeforeReport":
      return t("It was resolved before it was reported or reopened. The time of the report or reopening counts instead.");
    case "closedBeforeReport":
      return t("It was closed before it was reported. The time of the report counts instead.");
    case "resolvedAfterClosing":
      return t("It was resolved after it was closed. The closing counts.");
    case "mitigatedAfterResolution":
      return t("It was mitigated after it was resolved. The resolution counts.");
    case "noClosingTime":
      return t("It is closed, but there is no record of when. No time at stages is counted, and none to resolve unless the resolution was recorded.");
    case "reopenedWithoutClosing":
      return t("It was reopened, but there is no record of when it had been closed. That reopening is not counted.");
    case "noReopeningTime":
      return t("It is open again, but there is no record of when it was reopened. It counts as open from when it was closed.");
    case "acknowledgedLater":
      return t("It was acknowledged only after it was closed. No time to acknowledge is counted.");
    case "future":
      return t("Some of its events are in the future. They are ignored.");
    case "missingEvents":
      return t("Some of its changes have no event, so it is not known when they were made.");
    case "eventsBeforeCreation":
      return t("Some of its events are older than the issue itself. They count as if they happened when it was reported.");
    case "renamedLabel":
      return t("One of its labels was renamed. Its times under both names count as one.");
    case "unknownStage":
      return t("It was in a stage that desk.yml does not have. The stage is listed under its own name.");
    case "incomplete":
      return t("Some of its events, or their times, could not be read.");
    case "backfilled":
      return t("It was entered after it was over. No goal applies.");
    default:
      return assertNever(remark);
  }
}

interface OmissionLabels {
  readonly t: Translate;
  /** Why a file cannot be read, as the end of a sentence. */
  readonly brokenReason: (reason: BrokenReason) => string;
}

/** Why something is in no figure, in one sentence. */
export function describeOmission(reason: LeftOut["reason"], { t, brokenReason }: OmissionLabels): string {
  switch (reason) {
    case "test":
      return t("It is a test.");
    case "cancelled":
      return t("It was cancelled: it was not an incident.");
    case "duplicate":
      return t("It is a duplicate. The issue that stays is counted.");
    case "notWork":
      return t("It is a checklist or a handoff.");
    case "noRepository":
    case "noAccess":
    case "rateLimit":
    case "noAnswer":
    case "noHistory":
      return describeSourceProblem(reason, t);
    case "future":
      return t("It was reported in the future.");
    case "misplaced":
      return t("It is not counted, because issues are in files named .desk/FOLDER/NUMBER-NAME.md.");
    case "noIssue":
      return t("It is not counted, because there is no issue with the number or the id in its name.");
    default:
      return t("The file is not counted: {0}.", brokenReason(reason));
  }
}

function describeSourceProblem(problem: SourceProblem, t: Translate): string {
  switch (problem) {
    case "noRepository":
      return t("The repository does not exist, or the account cannot see it.");
    case "noAccess":
      return t("The server refused to show the issues of the repository.");
    case "rateLimit":
      return t("The server is rate-limiting requests. Refresh later to read the rest.");
    case "noAnswer":
      return t("The server did not respond, or returned an error. Refresh later to read the rest.");
    case "noHistory":
      return t("Its events could not be read. Refresh later to read them.");
    default:
      return assertNever(problem);
  }
}
