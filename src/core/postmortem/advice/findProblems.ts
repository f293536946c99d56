import { dateTextOf } from "../../calendar/localTime";
import { compareInstants, instantAt, millisecondsOf } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { isOpenAction } from "../library/library";
import { type Postmortem, type PostmortemAction, type PostmortemInstant, postmortemInstants } from "../postmortem";
import type { PostmortemEdit } from "../postmortemEdit";
import { countedRow, isOutdated, milestoneRows, reopenings, timedRows, type TimedRow, timesOf } from "./rowEvents";
import { misplacedRows } from "./rowOrder";
import { isUnreadTime } from "./unreadTime";

/** What a problem is shown beside. */
export type ProblemTarget =
  | { readonly kind: "entry"; readonly id: string }
  | { readonly kind: "instant"; readonly instant: PostmortemInstant }
  | { readonly kind: "action"; readonly id: string }
  | { readonly kind: "document" };

/** What is wrong, as data. `host` formats it. */
export type ProblemDetails =
  /** A milestone before the start of the incident. `endBeforeStart`: it is the end. */
  | { readonly code: "beforeStart" | "endBeforeStart"; readonly milestone: PostmortemInstant; readonly at: Instant; readonly start: Instant }
  | { readonly code: "missingMilestone"; readonly milestone: PostmortemInstant }
  | { readonly code: "future"; readonly at: Instant }
  | { readonly code: "reviewedInFuture"; readonly date: string }
  | { readonly code: "outOfOrder"; readonly at: Instant }
  /** So many rows are out of order that the table is in another order. */
  | { readonly code: "unsorted"; readonly rows: number }
  | { readonly code: "unreadTime"; readonly words: string }
  /** So many of them that this table states its times in another way. `words` is one of them. */
  | { readonly code: "unreadTimes"; readonly rows: number; readonly words: string }
  /** A time in the front matter that no row of this milestone has. */
  | { readonly code: "contradictsRow"; readonly milestone: PostmortemInstant; readonly at: Instant; readonly row: string; readonly rowAt: Instant }
  | { readonly code: "actionWithoutOwner" | "actionWithoutDue" }
  | { readonly code: "dueBeforeIncident"; readonly due: string; readonly incident: string };

export type ProblemCode = ProblemDetails["code"];

export interface ConsistencyContext {
  readonly now: Instant;
  readonly timezone: string;
  /** Whether the issue of the incident is open. Absent if that is not known. */
  readonly isOpen?: boolean;
  /** Milestones that the incident never had, such as an acknowledgement of an incident that was entered afterwards. */
  readonly lacks?: readonly PostmortemInstant[];
  /** Who the issues of accepted actions are assigned to, by the id of the action. */
  readonly assignees?: Readonly<Record<string, string>>;
}

/** A problem. `certain` returns an edit that resolves exactly this problem, whatever else the post-mortem contains. */
export type FoundProblem = ProblemDetails & { readonly place: ProblemTarget; readonly certain?: () => PostmortemEdit };

/** Identifies a problem while its post-mortem is edited. */
export function problemKey({ code, place }: Pick<FoundProblem, "code" | "place">): string {
  const at = place.kind === "instant" ? place.instant : place.kind === "document" ? "" : place.id;
  return `${code} ${place.kind} ${at}`;
}

/**
 * Finds what cannot be right in a post-mortem. The milestones are partly ordered: none is before the start, and that is all. In
 * particular
 * - an incident can be acknowledged before the recorded detection, because a person took it on before monitoring found it,
 * - it can be detected, acknowledged or both only when it was mitigated or resolved already, because it ended by itself,
 * - it can be mitigated after it was resolved, because the cause can be removed before its effects end, and after it was reopened.
 *
 * Of a reopened incident, the first start and the last mitigation and resolution count. Times of the same minute are in any order,
 * because people enter minutes.
 */
export function findProblems(postmortem: Postmortem, context: ConsistencyContext): readonly FoundProblem[] {
  const rows = timedRows(postmortem);
  const latest = instantAt(millisecondsOf(context.now) + clockTolerance);
  return [...milestoneProblems(postmortem, rows, { ...context, latest }), ...rowProblems(postmortem, rows, latest), ...reviewProblems(postmortem, context), ...actionProblems(postmortem, rows, context)];
}

function milestoneProblems(postmortem: Postmortem, rows: readonly TimedRow[], context: ConsistencyContext & { readonly latest: Instant }): readonly FoundProblem[] {
  const { instants } = postmortem;
  const start = instants.started ?? milestoneRows(rows, "started")[0]?.at;
  const required = requiredMilestones(postmortem, context);
  return postmortemInstants.flatMap((milestone): readonly FoundProblem[] => {
    const place: ProblemTarget = { kind: "instant", instant: milestone };
    const at = instants[milestone];
    const own = milestoneRows(rows, milestone);
    if (at === undefined) {
      const last = own.at(-1);
      const missing: readonly FoundProblem[] = required.includes(milestone) ? [{ code: "missingMilestone", milestone, place }] : [];
      if (milestone === "started" || last === undefined || start === undefined || !isBefore(last.at, start)) return missing;
      return [...missing, { ...beforeStart(milestone, last.at, start), place: { kind: "entry", id: last.row.id } }];
    }
    const contradicted = contradictedBy(milestone, at, own, rows);
    return [
      ...(compareInstants(at, context.latest) > 0 ? [{ code: "future" as const, at, place }] : []),
      ...(milestone !== "started" && start !== undefined && isBefore(at, start) ? [{ ...beforeStart(milestone, at, start), place }] : []),
      ...(contradicted === undefined ? [] : [{ code: "contradictsRow" as const, milestone, at, row: contradicted.row.id, rowAt: contradicted.at, place }]),
    ];
  });
}

function beforeStart(milestone: PostmortemInstant, at: Instant, start: Instant): Extract<ProblemDetails, { readonly code: "beforeStart" | "endBeforeStart" }> {
  return { code: milestone === "resolved" ? "endBeforeStart" : "beforeStart", milestone, at, start };
}

/**
 * The milestones that must have a time: none in the draft of an incident that is open or not known to be closed. Otherwise start,
 * detection and acknowledgement, and mitigation or resolution. A closed post-mortem needs the resolution.
 */
function requiredMilestones({ status, instants }: Postmortem, { isOpen, lacks = [] }: ConsistencyContext): readonly PostmortemInstant[] {
  if (status === "Draft" && isOpen !== false) return [];
  const hasEnd = instants.resolved !== undefined || (status !== "Closed" && instants.mitigated !== undefined);
  const required: readonly PostmortemInstant[] = ["started", "detected", "acknowledged", ...(hasEnd ? [] : (["resolved"] as const))];
  return required.filter((milestone) => !lacks.includes(milestone));
}

/** The row that counts for a milestone if the front matter has another time. Rows from before a closing or reopening are about another time. */
function contradictedBy(milestone: PostmortemInstant, at: Instant, own: readonly TimedRow[], rows: readonly TimedRow[]): TimedRow | undefined {
  const opened = reopenings(rows);
  const counts = countedRow(milestone, own);
  if (counts !== undefined && isOutdated(milestone, at, counts.at, opened)) return counts;
  const limits = [...opened, ...timesOf(rows, "closed")];
  const roundOf = (time: Instant): number => limits.filter((limit) => compareInstants(limit, time) <= 0).length;
  const same = own.filter((row) => roundOf(row.at) === roundOf(at));
  return same.some((row) => isSameMinute(row.at, at)) ? undefined : countedRow(milestone, same);
}

/** `latest`: after this, a time is in the future. */
function rowProblems({ timeline }: Postmortem, rows: readonly TimedRow[], latest: Instant): readonly FoundProblem[] {
  const future = new Set(rows.flatMap(({ at, row }) => (compareInstants(at, latest) > 0 ? [row.id] : [])));
  // A row with a wrong date is not a reason to move the others, and what was recorded has the right time.
  const misplaced = misplacedRows(timeline, rows, ({ row }) => (future.has(row.id) ? 0 : row.origin === undefined ? 1 : 2));
  const isUnsorted = rows.length > 2 && misplaced.length * 2 > rows.length;
  const unread = timeline.flatMap(({ id, time }) => (time.kind === "words" && isUnreadTime(time.words) ? [{ id, words: time.words }] : []));
  const [first] = unread;
  return [
    ...rows.flatMap(({ at, row: { id } }) => (future.has(id) ? [{ code: "future" as const, at, place: { kind: "entry" as const, id } }] : [])),
    ...(first !== undefined && unread.length > 3 && unread.length * 2 > timeline.length
      ? [{ code: "unreadTimes" as const, rows: unread.length, words: first.words, place: { kind: "document" as const } }]
      : unread.map(({ id, words }) => ({ code: "unreadTime" as const, words, place: { kind: "entry" as const, id } }))),
    ...(isUnsorted
      ? [{ code: "unsorted" as const, rows: misplaced.length, place: { kind: "document" as const }, certain: () => ({ kind: "sortEntries" as const }) }]
      : misplaced.map(({ row, fix }) => ({ code: "outOfOrder" as const, at: row.at, place: { kind: "entry" as const, id: row.row.id }, certain: fix }))),
  ];
}

function reviewProblems({ reviewed }: Postmortem, { now, timezone }: ConsistencyContext): readonly FoundProblem[] {
  return reviewed !== undefined && reviewed > dateTextOf(now, timezone) ? [{ code: "reviewedInFuture", date: reviewed, place: { kind: "document" } }] : [];
}

function actionProblems(postmortem: Postmortem, rows: readonly TimedRow[], { timezone }: ConsistencyContext): readonly FoundProblem[] {
  const started = startOf(postmortem, rows);
  const incident = started === undefined ? undefined : dateTextOf(started, timezone);
  return postmortem.actions.filter(isPending).flatMap(({ id, owner, due }): readonly FoundProblem[] => {
    const place: ProblemTarget = { kind: "action", id };
    const inReview = postmortem.status !== "Draft";
    return [
      ...(inReview && owner.trim() === "" ? [{ code: "actionWithoutOwner" as const, place }] : []),
      ...(inReview && due === undefined ? [{ code: "actionWithoutDue" as const, place }] : []),
      ...(due !== undefined && incident !== undefined && due < incident ? [{ code: "dueBeforeIncident" as const, due, incident, place }] : []),
    ];
  });
}

/** Whether an action is still to be done. */
export function isPending({ action, state }: PostmortemAction): boolean {
  return action.trim() !== "" && isOpenAction({ state });
}

/** When the incident started, or the first thing known of it. */
function startOf({ instants }: Postmortem, rows: readonly TimedRow[]): Instant | undefined {
  return instants.started ?? milestoneRows(rows, "started")[0]?.at ?? postmortemInstants.flatMap((name) => instants[name] ?? []).toSorted(compareInstants)[0];
}

/** Clocks of a team differ a little, so this number of milliseconds after now is not the future. */
const clockTolerance = 5 * 60_000;

function isBefore(at: Instant, start: Instant): boolean {
  return compareInstants(at, start) < 0 && at.slice(0, 16) !== start.slice(0, 16);
}

/** Whether both are the same time as people enter it. */
function isSameMinute(a: Instant, b: Instant): boolean {
  return Math.abs(millisecondsOf(a) - millisecondsOf(b)) < 60_000;
}
