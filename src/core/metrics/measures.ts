import { businessLength } from "../calendar/businessLength";
import { incidentState } from "../incident/incidentState";
import { readSatisfaction } from "../incident/ending";
import { missedUpdates } from "../incident/updates";
import { closeReasonOf } from "../issue/closeReason";
import { hasBackfilledLabel, hasTestLabel } from "../markup/labels";
import { readMilestone } from "../markup/milestone";
import { compareInstants, instantAt, millisecondsOf } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import { isWork } from "../model/issue";
import { sameName } from "../model/names";
import { responseGoal, runbookDurations } from "../response/responseClock";
import { type DeskHistory, noTime, sumTimes, type Times } from "./history/deskHistory";
import { heldAt, type IssueHistory, type IssueRecord, lastHeld, lastServices } from "./history/issueHistory";
import type { HistoryRemark, IssueRound } from "./history/issueRounds";
import type { Held } from "./history/nameSpans";

/** Why an issue is not counted at all. */
export type LeftOutReason =
  | "test"
  | "cancelled"
  | "duplicate"
  /** A checklist or a handoff, which organizes the team's own work. */
  | "notWork"
  /** It was reported after now. */
  | "future";

/** What is measured on one issue. Times are in milliseconds since the epoch, lengths in milliseconds. What is unknown is absent. */
export interface IssueMeasures {
  readonly issue: Issue;
  readonly kind?: string;
  /** The priority that decided about the goal, or the first one set later. */
  readonly priority?: string;
  /** The severity in the end. */
  readonly severity?: string;
  readonly services: readonly string[];
  /** Paths of the runbooks that it was worked on with. */
  readonly runbooks: readonly string[];
  readonly reported: number;
  readonly acknowledged?: number;
  readonly acknowledgedBy?: string;
  readonly mitigated?: number;
  readonly resolved?: number;
  /** Whether it is open now. A resolved issue can be. */
  readonly isOpen: boolean;
  /** How often it was reopened. */
  readonly reopened: number;
  /** The business time within which it was to be acknowledged, by the desk at that time. */
  readonly goal?: number;
  /** Absent while it is not acknowledged and there is still time, and where nobody knows. */
  readonly withinGoal?: boolean;
  readonly timeToAcknowledge?: Times;
  readonly timeToMitigate?: Times;
  readonly timeToResolve?: Times;
  /** The time at each stage, in the order in which it came to them. They add up to its life. */
  readonly stages: readonly StageTime[];
  readonly updates: readonly AudienceUpdates[];
  /** Absent if nobody asked the reporter. The score is absent without an answer. */
  readonly satisfaction?: { readonly score?: number };
  readonly remarks: readonly HistoryRemark[];
}

/** The total time that an issue was at a stage. */
interface StageTime {
  readonly stage: string;
  readonly time: Times;
}

/** The updates that an audience received on an issue, or should have received, and how many were in time. */
interface AudienceUpdates {
  readonly audience: string;
  readonly n: number;
  readonly inTime: number;
}

/** What the measures of an issue depend on. */
export interface MeasureContext {
  readonly desks: DeskHistory;
  /** Folder of the desk's configuration, relative to the workspace folder. Empty for that folder itself. */
  readonly deskFolder: string;
  readonly now: Instant;
}

/** Why an issue is left out of all figures. Returns `undefined` for an issue that counts. */
export function leftOutReason(history: IssueHistory, { now }: MeasureContext): LeftOutReason | undefined {
  const { issue, facts, reported, rounds } = history;
  if (!isWork(kindOf(history))) return "notWork";
  if (hasTestLabel(issue.labels)) return "test";
  if (facts.duplicateOf.length > 0 || closeReasonOf(issue) === "duplicate") return "duplicate";
  if (rounds.at(-1)?.isCancelled === true) return "cancelled";
  return reported > millisecondsOf(now) ? "future" : undefined;
}

/** The kind of an issue at its end. */
export function kindOf({ kinds, end = Infinity }: IssueHistory): string | undefined {
  return lastHeld(kinds, end);
}

/** Measures an issue that is not left out. */
export function measure(history: IssueHistory, record: IssueRecord, context: MeasureContext): IssueMeasures {
  const { desks } = context;
  const { issue, reported, rounds, facts: { checklists } } = history;
  const now = millisecondsOf(context.now);
  const state = incidentState(desks.current.desk, issue);
  const [first] = rounds;
  const final = rounds.at(-1) ?? first;
  const isOpen = history.end !== undefined && final.closed === undefined;
  const isBackfilled = hasBackfilledLabel(issue.labels);
  const acknowledged = first.acknowledged;
  const timeToAcknowledge = acknowledged === undefined ? undefined : desks.between(reported, acknowledged.at);
  const goal = isBackfilled ? undefined : goalOf(history, context, acknowledged?.at ?? first.closed ?? now);
  const withinGoal = goal === undefined ? undefined : isWithin(goal, timeToAcknowledge?.business, desks.between(reported, first.closed ?? (history.end === undefined ? reported : now)).business);
  const kind = kindOf(history);
  const priority = heldOrNext(history.priorities, acknowledged?.at ?? first.closed ?? now);
  const severity = lastHeld(history.severities, history.end ?? now);
  const mitigated = rounds.findLast((round) => round.mitigated !== undefined)?.mitigated;
  const satisfaction = readSatisfaction(state);
  const toMitigate = timeTo(rounds, desks, (round) => round.mitigated ?? round.resolved);
  const toResolve = timeTo(rounds, desks, (round) => round.resolved);
  const runbooks = [...new Set(checklists.map(({ runbook }) => runbook))];
  return {
    issue, reported, isOpen, runbooks,
    // As the desk spells them, so that they can be looked up in its availability.
    services: lastServices(history).map((name) => desks.current.desk.services.find((service) => sameName(service, name)) ?? name),
    reopened: rounds.length - 1,
    stages: history.end === undefined ? [] : stageTimes(history, desks),
    updates: updatesOn(history, record, context),
    remarks: [...history.remarks, ...(isBackfilled ? ["backfilled" as const] : [])],
    ...optional({ kind, priority, severity, goal, withinGoal, timeToAcknowledge, satisfaction }),
    ...(acknowledged === undefined ? {} : { acknowledged: acknowledged.at, acknowledgedBy: acknowledged.by }),
    ...(mitigated === undefined || toMitigate === undefined ? {} : { mitigated, timeToMitigate: toMitigate }),
    ...(final.resolved === undefined || toResolve === undefined ? {} : { resolved: final.resolved, timeToResolve: toResolve }),
  };
}

type Optional<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function optional<T extends object>(values: T): Optional<T>;

function optional(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Whether the issue was acknowledged in time. Unknown while there is still time. A time equal to the goal is in time. */
function isWithin(goal: number, taken: number | undefined, waited: number): boolean | undefined {
  if (taken !== undefined) return taken <= goal;
  return waited > goal ? false : undefined;
}

/** The strictest goal of kind, priority and runbooks, by the desk in force when the response clock stopped. */
function goalOf(history: IssueHistory, { desks, deskFolder }: MeasureContext, at: number): number | undefined {
  const { reported, facts: { checklists } } = history;
  const then = desks.at(Math.max(at, reported));
  const [kind, priority] = [heldOrNext(history.kinds, at), heldAt(history.priorities, at)];
  const started = checklists.filter(({ startedAt }) => startedAt === "" || compareInstants(startedAt, instantAt(Math.max(at, reported))) <= 0);
  const runbooks = runbookDurations({ desk: then.desk, deskFolder, details: then.details ?? (() => undefined) }, { checklists: started, ...(kind === undefined ? {} : { kind }) }, "respondWithin");
  const goal = responseGoal(then.desk, { runbooks, ...(kind === undefined ? {} : { kind }), ...(priority === undefined ? {} : { priority }) });
  return goal === undefined ? undefined : businessLength(then.desk, goal);
}

/** What held at a time, otherwise the first value that was set after it. */
function heldOrNext<T>(held: readonly Held<T | undefined>[], at: number): T | undefined {
  return heldAt(held, at) ?? held.find(({ from, value }) => from >= at && value !== undefined)?.value ?? lastHeld(held, Infinity);
}

/** The sum over the rounds, each from its start to its own end. The time in which an issue was closed in between does not count. */
function timeTo(rounds: readonly IssueRound[], desks: DeskHistory, endOf: (round: IssueRound) => number | undefined): Times | undefined {
  const ends = rounds.map(endOf);
  return ends.includes(undefined) ? undefined : sumTimes(rounds.map(({ from }, index) => desks.between(from, ends[index] ?? from)));
}

function stageTimes({ stages }: IssueHistory, desks: DeskHistory): readonly StageTime[] {
  const times = new Map<string, Times>();
  for (const { value, from, to } of stages) times.set(value, sumTimes([times.get(value) ?? noTime, desks.between(from, to)]));
  return [...times].map(([stage, time]) => ({ stage, time }));
}

/**
 * The updates of each audience. Every update after the first acknowledgement counts, and every one that was due and never sent. It
 * was in time if it was sent within the minute in which it was due.
 */
function updatesOn(history: IssueHistory, { events }: IssueRecord, { desks, deskFolder, now }: MeasureContext): readonly AudienceUpdates[] {
  const { issue, rounds, facts: { checklists } } = history;
  const acknowledged = rounds.flatMap((round) => (round.acknowledged === undefined ? [] : [round.acknowledged.at])).toSorted((a, b) => a - b)[0];
  if (acknowledged === undefined) return [];
  const { desk, time, details = () => undefined } = desks.at(acknowledged);
  const kind = heldOrNext(history.kinds, acknowledged);
  if (desk.audiences.length === 0) return [];
  const every = runbookDurations({ desk, deskFolder, details }, { checklists, ...(kind === undefined ? {} : { kind }) }, "updateEvery");
  const [runbook] = every.toSorted((a, b) => businessLength(desk, a) - businessLength(desk, b));
  const until = rounds.at(-1)?.closed;
  const missed = missedUpdates({ desk, time, ...(runbook === undefined ? {} : { runbook }) }, issue, events, until === undefined ? now : instantAt(until));
  const sent = new Set(events.flatMap((event) => {
    const comment = event.kind === "commented" ? readMilestone(event.markdown) : undefined;
    return comment?.milestone !== "update" || comment.audience === undefined || millisecondsOf(event.at) < acknowledged || compareInstants(event.at, now) > 0 ? [] : [JSON.stringify([comment.audience.toLowerCase(), event.at])];
  }));
  return desk.audiences.flatMap(({ name }): readonly AudienceUpdates[] => {
    const received = [...sent].filter((key) => key.startsWith(`${JSON.stringify([name.toLowerCase()]).slice(0, -1)},`)).length;
    const late = missed.filter(({ audience }) => sameName(audience, name));
    const n = received + late.filter((one) => one.sent === undefined).length;
    return n === 0 ? [] : [{ audience: name, n, inTime: Math.max(0, received - late.filter((one) => one.sent !== undefined).length) }];
  });
}

