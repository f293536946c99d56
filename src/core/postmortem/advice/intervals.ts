import { type BusinessTime, wallTime } from "../../calendar/businessTime";
import { compareInstants, millisecondsOf } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { type Postmortem, type PostmortemInstant, postmortemInstants } from "../postmortem";
import { countedRow, isOutdated, milestoneRows, reopenings, timedRows, type TimedRow, timesOf } from "./rowEvents";

/** What is measured of one incident. It is one time, never a mean. */
export type IntervalName = "detect" | "acknowledge" | "mitigate" | "resolve";

const intervalNames: readonly IntervalName[] = ["detect", "acknowledge", "mitigate", "resolve"];

/** Two instants and the milliseconds between them. `business`: in business time, if the desk has business hours and it is not longer than a year. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  readonly milliseconds: number;
  readonly business?: number;
}

export interface IncidentInterval extends Stretch {
  readonly name: IntervalName;
  /** The milestones that it lies between. */
  readonly start: PostmortemInstant;
  readonly end: PostmortemInstant;
}

/** A part of the incident that the timeline says nothing about. */
export interface TimelineGap extends Stretch {
  /** The ids of the rows before and after it. Absent where a milestone without a row limits it. */
  readonly before?: string;
  readonly after?: string;
}

/** The milestones with a time, in order of time. */
export interface MilestonePoint {
  readonly milestone: PostmortemInstant;
  readonly at: Instant;
}

export interface IncidentIntervals {
  readonly points: readonly MilestonePoint[];
  readonly intervals: readonly IncidentInterval[];
  /** In order of time. */
  readonly gaps: readonly TimelineGap[];
  /** How often the timeline says that the incident was reopened. */
  readonly reopened: number;
}

/** The milestones between which each interval lies. */
const limits: Readonly<Record<IntervalName, readonly [PostmortemInstant, PostmortemInstant]>> = {
  detect: ["started", "detected"],
  acknowledge: ["detected", "acknowledged"],
  mitigate: ["started", "mitigated"],
  resolve: ["started", "resolved"],
};

/**
 * The times to detect, mitigate and resolve since the start, and to acknowledge since the detection, and the gaps of the timeline.
 * Intervals without both times, and those that would be negative, are omitted. Of an incident that was reopened, the first start and
 * the last mitigation and resolution count. `time` adds business time.
 */
export function incidentIntervals(postmortem: Postmortem, time?: BusinessTime): IncidentIntervals {
  const rows = timedRows(postmortem);
  const instants = countedInstants(postmortem, rows);
  const points = postmortemInstants.flatMap((milestone) => (instants[milestone] === undefined ? [] : [{ milestone, at: instants[milestone] }]));
  return {
    points: points.toSorted((a, b) => compareInstants(a.at, b.at)),
    intervals: intervalNames.flatMap((name): readonly IncidentInterval[] => {
      const [start, end] = limits[name];
      const [from, to] = [instants[start], instants[end]];
      return from === undefined || to === undefined || compareInstants(from, to) > 0 ? [] : [{ name, start, end, ...stretch(from, to, time) }];
    }),
    gaps: timelineGaps(postmortem, rows, points, time),
    reopened: reopenings(rows).length,
  };
}

/** The times of the milestones that count if the incident was reopened: the first start, and the last mitigation and resolution. */
function countedInstants({ instants }: Postmortem, rows: readonly TimedRow[]): Postmortem["instants"] {
  const opened = reopenings(rows);
  return Object.fromEntries(postmortemInstants.flatMap((milestone) => {
    const at = instants[milestone];
    if (at === undefined) return [];
    const counts = countedRow(milestone, milestoneRows(rows, milestone))?.at;
    return [[milestone, counts !== undefined && isOutdated(milestone, at, counts, opened) ? counts : at] as const];
  }));
}

function stretch(from: Instant, to: Instant, time: BusinessTime | undefined): Stretch {
  const milliseconds = millisecondsOf(to) - millisecondsOf(from);
  return { from, to, milliseconds, ...(time === undefined || time === wallTime || milliseconds > longestBusiness ? {} : { business: time.between(from, to) }) };
}

/** While somebody types a year, it is long ago. Counting the business hours of centuries would take minutes. */
const longestBusiness = 366 * 24 * 3_600_000;

/** The share of the incident that a gap must exceed, its shortest length in milliseconds, and how many are listed. */
const gapShare = 0.2;

const minGap = 15 * 60_000;

const maxGaps = 3;

/** An incident of this length in milliseconds is not worked on all the time if the desk has business hours. */
const longIncident = 24 * 3_600_000;

/**
 * The longest parts of the incident without a row: longer than a share of it and than a minimum. A part with a row without a time does
 * not count, because something happened there, nor does the time in which the incident was closed before it was reopened. Of incidents
 * longer than a day, only business time counts.
 */
function timelineGaps(postmortem: Postmortem, rows: readonly TimedRow[], points: readonly MilestonePoint[], time: BusinessTime | undefined): readonly TimelineGap[] {
  const whole = spanOf(rows, points);
  if (whole === undefined || rows.length < 2) return [];
  const total = stretch(whole.from, whole.to, time);
  const countsBusiness = total.milliseconds > longIncident && (total.business ?? 0) > 0;
  const lengthOf = ({ milliseconds, business }: Stretch): number => (countsBusiness ? (business ?? milliseconds) : milliseconds);
  const marks = marksIn(rows, points, whole);
  const closed = closedSpans(rows);
  const worded = rowsBeforeWords(postmortem);
  const gaps = marks.slice(1).flatMap((to, index): readonly TimelineGap[] => {
    const from = marks[index];
    if (from === undefined || closed.some((span) => compareInstants(span.from, from.at) <= 0 && compareInstants(to.at, span.to) <= 0)) return [];
    if (from.id !== undefined && worded.has(from.id)) return [];
    return [{ ...stretch(from.at, to.at, time), ...(from.id === undefined ? {} : { before: from.id }), ...(to.id === undefined ? {} : { after: to.id }) }];
  });
  const long = gaps.filter((gap) => gap.milliseconds >= minGap && lengthOf(gap) >= minGap && lengthOf(gap) > gapShare * lengthOf(total));
  const longest = long.toSorted((a, b) => lengthOf(b) - lengthOf(a) || compareInstants(a.from, b.from)).slice(0, maxGaps);
  return longest.toSorted((a, b) => compareInstants(a.from, b.from));
}

/** From the start to the last of mitigation and resolution. Without these, from the first row to the last. */
function spanOf(rows: readonly TimedRow[], points: readonly MilestonePoint[]): { readonly from: Instant; readonly to: Instant } | undefined {
  const times = rows.map(({ at }) => at).toSorted(compareInstants);
  const ends = points.flatMap(({ milestone, at }) => (milestone === "mitigated" || milestone === "resolved" ? [at] : [])).toSorted(compareInstants);
  const from = points.find(({ milestone }) => milestone === "started")?.at ?? times[0];
  const to = ends.at(-1) ?? times.at(-1);
  return from === undefined || to === undefined || compareInstants(from, to) >= 0 ? undefined : { from, to };
}

interface Mark {
  readonly at: Instant;
  readonly id?: string;
}

/** Rows and milestones within a span, in order of time. */
function marksIn(rows: readonly TimedRow[], points: readonly MilestonePoint[], { from, to }: { readonly from: Instant; readonly to: Instant }): readonly Mark[] {
  const marks: readonly Mark[] = [...rows.map(({ at, row }) => ({ at, id: row.id })), ...points.map(({ at }) => ({ at }))];
  const within = marks.filter(({ at }) => compareInstants(from, at) <= 0 && compareInstants(at, to) <= 0).toSorted((a, b) => compareInstants(a.at, b.at));
  // A milestone that has a row is not a second mark.
  return within.filter(({ at, id }) => id !== undefined || !within.some((other) => other.id !== undefined && compareInstants(other.at, at) === 0));
}

/** From when the incident was first resolved or closed until it was reopened, for each time that it was. */
function closedSpans(rows: readonly TimedRow[]): readonly { readonly from: Instant; readonly to: Instant }[] {
  const ends = [...timesOf(rows, "closed"), ...milestoneRows(rows, "resolved").map(({ at }) => at)].toSorted(compareInstants);
  return reopenings(rows).flatMap((to, index, all) => {
    const from = ends.find((at) => compareInstants(at, all[index - 1]) > 0 && compareInstants(at, to) < 0);
    return from === undefined ? [] : [{ from, to }];
  });
}

/** The ids of the rows with a time that rows without one follow. */
function rowsBeforeWords({ timeline }: Postmortem): ReadonlySet<string> {
  return new Set(timeline.flatMap((row, index) => (row.time.kind === "instant" && timeline[index + 1]?.time.kind === "words" ? [row.id] : [])));
}
