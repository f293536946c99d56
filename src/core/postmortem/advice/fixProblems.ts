import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateOf, dateTextOf, wallTimeOf } from "../../calendar/localTime";
import { type CalendarDate, dateFrom, dateText, isDate } from "../../model/calendarDate";
import { compareInstants } from "../../model/instant";
import type { Instant } from "../../model/issue";
import type { ConsistencyContext, FoundProblem } from "./findProblems";
import { type Postmortem, type PostmortemEntry, type PostmortemInstant, postmortemInstants } from "../postmortem";
import type { PostmortemEdit } from "../postmortemEdit";
import { readInstant } from "../postmortemTime";
import { countedRow, milestoneRows, timedRows, type TimedRow, timesOf } from "./rowEvents";
import { readWrittenTime } from "./unreadTime";

/** A fix sets a missing due date to this number of days after today. */
const daysToDue = 30;

interface FixContext extends ConsistencyContext {
  readonly postmortem: Postmortem;
  readonly rows: readonly TimedRow[];
}

/** The edits that may resolve a problem, best first. Each must be tried, because it can cause another problem. */
export function possibleFixes(problem: FoundProblem, postmortem: Postmortem, context: ConsistencyContext): readonly PostmortemEdit[] {
  const rows = timedRows(postmortem);
  return editsFor(problem, { ...context, postmortem, rows }).slice(0, maxFixes);
}

const maxFixes = 12;

function editsFor(problem: FoundProblem, context: FixContext): readonly PostmortemEdit[] {
  const { place } = problem;
  switch (problem.code) {
    case "beforeStart":
    case "endBeforeStart":
      return place.kind === "entry" ? entryTimes(place.id, onOtherDates(problem.at, context)) : lateEnough(problem.milestone, problem.at, problem.start, context);
    case "missingMilestone":
      return instantTimes(problem.milestone, [...ownTimes(problem.milestone, context), ...recordedTimes(problem.milestone, context)]);
    case "contradictsRow":
      return [...instantTimes(problem.milestone, [problem.rowAt, ...ownTimes(problem.milestone, context)]), ...entryTimes(problem.row, [problem.at])];
    case "future":
      if (place.kind === "entry") return entryTimes(place.id, onOtherDates(problem.at, context, place.id));
      return place.kind === "instant" ? [...instantTimes(place.instant, [...ownTimes(place.instant, context), ...onOtherDates(problem.at, context), ""])] : [];
    case "reviewedInFuture":
      return [{ kind: "field", field: "reviewed", value: dateTextOf(context.now, context.timezone) }];
    case "unreadTime":
      return place.kind === "entry" ? entryTimes(place.id, writtenTimes(problem.words, place.id, context)) : [];
    case "actionWithoutOwner":
      return place.kind === "action" ? actionEdits(place.id, "owner", [context.assignees?.[place.id] ?? ""].filter((login) => login !== "")) : [];
    case "actionWithoutDue":
      return place.kind === "action" ? actionEdits(place.id, "due", [dateText(addDays(dateOf(context.now, context.timezone), daysToDue))]) : [];
    case "dueBeforeIncident":
      return place.kind === "action" ? actionEdits(place.id, "due", [...laterYears(problem.due, problem.incident), ""]) : [];
    case "outOfOrder":
    case "unsorted":
    case "unreadTimes":
      return [];
  }
}

function instantTimes(instant: PostmortemInstant, values: readonly string[]): readonly PostmortemEdit[] {
  return values.map((value) => ({ kind: "instant", instant, value }));
}

function entryTimes(id: string, values: readonly string[]): readonly PostmortemEdit[] {
  return values.map((value) => ({ kind: "entry", id, column: "time", value }));
}

function actionEdits(id: string, column: "owner" | "due", values: readonly string[]): readonly PostmortemEdit[] {
  return values.map((value) => ({ kind: "action", id, column, value }));
}

/** The times of the milestone's own rows, first the one that counts. */
function ownTimes(milestone: PostmortemInstant, { rows }: FixContext): readonly Instant[] {
  const own = milestoneRows(rows, milestone);
  const counts = countedRow(milestone, own);
  return counts === undefined ? [] : [counts.at, ...own.flatMap(({ at }) => (at === counts.at ? [] : [at]))];
}

/** What a new post-mortem assumes for a milestone that nobody recorded. */
function recordedTimes(milestone: PostmortemInstant, { rows }: FixContext): readonly Instant[] {
  if (milestone === "started" || milestone === "detected") return timesOf(rows, "opened").slice(0, 1);
  return milestone === "resolved" ? timesOf(rows, "closed").slice(-1) : [];
}

/** Times for a milestone that is before the start, or for the start itself. A start that its row confirms stays. */
function lateEnough(milestone: PostmortemInstant, at: Instant, start: Instant, context: FixContext): readonly PostmortemEdit[] {
  const starts = milestoneRows(context.rows, "started");
  const isConfirmed = starts.some((row) => row.at.slice(0, 16) === start.slice(0, 16));
  return [
    ...instantTimes(milestone, [...ownTimes(milestone, context), ...onOtherDates(at, context).filter((time) => compareInstants(time, start) >= 0)]),
    ...(isConfirmed ? [] : instantTimes("started", [...starts.map((row) => row.at), at])),
    ...(milestone === "detected" ? instantTimes("detected", [start]) : []),
    ...instantTimes("started", [at]),
    ...instantTimes(milestone, [""]),
  ];
}

/** The same time of day on the dates of the incident, as for a date that was mistyped. The dates of neighbouring rows come first. */
function onOtherDates(at: Instant, context: FixContext, id?: string): readonly Instant[] {
  const { timezone } = context;
  const [date = "", clock = ""] = wallTimeOf(at, timezone).split("T");
  return datesOf(context, id).flatMap((other) => (other === date ? [] : (readInstant(`${other} ${clock}`, timezone) ?? [])));
}

function writtenTimes(words: string, id: string, context: FixContext): readonly Instant[] {
  const written = readWrittenTime(words);
  if (written === undefined) return [];
  const dates = written.date === undefined ? datesOf(context, id) : [written.date];
  return dates.flatMap((date) => readInstant(`${date} ${written.clock}${written.zone === undefined ? "" : ` ${written.zone}`}`, context.timezone) ?? []);
}

/** The dates on which the incident took place, and the days after them: first those of the rows around a row. */
function datesOf({ postmortem, rows, timezone }: FixContext, id: string | undefined): readonly string[] {
  const { timeline, instants } = postmortem;
  const index = timeline.findIndex((row) => row.id === id);
  const timeAt = ({ time }: PostmortemEntry): readonly Instant[] => (time.kind === "instant" ? [time.at] : []);
  const before = index < 0 ? [] : timeline.slice(0, index).flatMap(timeAt).slice(-1);
  const after = index < 0 ? [] : timeline.slice(index + 1).flatMap(timeAt).slice(0, 1);
  const others = rows.filter(({ row }) => row.id !== id);
  const near = [...before, ...after].map((at) => dateOf(at, timezone));
  const all = [...postmortemInstants.map((name) => instants[name]), others[0]?.at, others.at(-1)?.at].flatMap((at) => (at === undefined ? [] : [dateOf(at, timezone)]));
  const withNext = (dates: readonly CalendarDate[]): readonly string[] => [...dates, ...dates.map((date) => addDays(date, 1))].map(dateText);
  return [...new Set([...withNext(near), ...withNext(all)])];
}

/** The same day in the year of the incident and the year after it, as for a year that was mistyped. */
function laterYears(due: string, incident: string): readonly string[] {
  const year = dateFrom(incident).year;
  return [year, year + 1].map((one) => `${String(one).padStart(4, "0")}${due.slice(4)}`).filter((date) => isDate(date) && date >= incident);
}
