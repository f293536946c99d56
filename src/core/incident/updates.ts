import { businessLength } from "../calendar/businessLength";
import { type BusinessTime, businessTime } from "../calendar/businessTime";
import { readMilestone } from "../markup/milestone";
import type { Audience, Desk, Duration } from "../model/desk";
import { compareInstants, instantAt, latest, millisecondsOf } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import { hasName, sameName } from "../model/names";
import { assertNever } from "../model/result";
import type { TimelineEvent } from "../model/timelineEvent";
import { longestPromise } from "./promisedTime";
import { incidentState, type IncidentState, milestoneTime, type SentUpdate } from "./incidentState";

/** What decides when updates on an issue are due: the desk, its business time, and the cadence of the issue's runbooks if any. */
export interface UpdateRules {
  readonly desk: Desk;
  readonly time: BusinessTime;
  readonly runbook?: Duration;
}

/** The next update for an audience. */
export interface DueUpdate {
  readonly audience: string;
  readonly at: Instant;
  /** Since when the audience waits: its last update, or what started the clock. */
  readonly since: Instant;
  /** Whether all time until then counts, and not only business hours. */
  readonly aroundTheClock: boolean;
}

/** An update that was not sent within the minute in which it was due. `sent` is when the audience received one after all. */
export interface MissedUpdate {
  readonly audience: string;
  readonly at: Instant;
  readonly sent?: Instant;
}

/**
 * The next update for each audience, in the desk's order. It is due at the time promised in the audience's last update. Without
 * such a promise it is due one cadence after the last update, or, before the first one, after the acknowledgement: until then, the
 * response is what is due. Updates from before the incident was reopened do not count. A priority that was set after the last
 * update shortens a longer promise, but an update is never overdue from before that. Nothing is due once the incident is resolved,
 * and on tests and backfilled incidents.
 */
export function nextUpdates(rules: UpdateRules, state: IncidentState, priority: string | undefined): readonly DueUpdate[] {
  if (state.isTest || state.isBackfilled || hasEnded(state)) return [];
  return rules.desk.audiences.flatMap((audience) => nextUpdate(rules, audience, priority, historyOf(state, audience.name)) ?? []);
}

/** The update cadence for an audience: its own for the priority, otherwise that of the priority, otherwise that of the runbooks. */
function cadenceFor({ desk, runbook }: Pick<UpdateRules, "desk" | "runbook">, audience: Audience, priority: string | undefined): Duration | undefined {
  const own = priority === undefined ? undefined : audience.updateEvery[priority];
  return own ?? desk.priorities.find(({ name }) => name === priority)?.updateEvery ?? runbook;
}

/** When the next update is due if one is sent to these audiences now: the earliest of their regular times. */
export function regularUpdate(rules: UpdateRules, audiences: readonly Audience[], priority: string | undefined, now: Instant): Instant | undefined {
  return audiences.flatMap((audience) => regularTime(rules, audience, cadenceFor(rules, audience, priority), now) ?? []).toSorted(compareInstants)[0];
}

/**
 * The updates that an issue's audiences missed until `now`, in order of time, from its events in any order. Each update that was
 * late is listed once, at the time when it was due.
 */
export function missedUpdates(rules: UpdateRules, issue: Issue, events: readonly TimelineEvent[], now: Instant): readonly MissedUpdate[] {
  const { isTest, isBackfilled } = incidentState(rules.desk, issue);
  if (isTest || isBackfilled) return [];
  const turns = turnsOf(rules.desk, events);
  const current = rules.desk.priorities.find(({ label }) => hasName(issue.labels, label))?.name;
  return rules.desk.audiences.flatMap((audience) => missedBy(rules, audience, turns, current, now)).toSorted((a, b) => compareInstants(a.at, b.at));
}

/** What an audience received, and what started its clock. */
interface UpdateHistory {
  readonly acknowledged?: Instant;
  readonly update?: Pick<SentUpdate, "at" | "next">;
  /** When the priority was last set. */
  readonly prioritized?: Instant;
}

function historyOf(state: IncidentState, audience: string): UpdateHistory {
  const acknowledged = milestoneTime(state, "acknowledged")?.at;
  const update = updateFor(state, audience);
  const counts = compareInstants(update?.at, state.reopened) >= 0;
  const { prioritized } = state;
  return { ...(acknowledged === undefined ? {} : { acknowledged }), ...(update === undefined || !counts ? {} : { update }), ...(prioritized === undefined ? {} : { prioritized }) };
}

function updateFor(state: IncidentState, audience: string): SentUpdate | undefined {
  return state.updates.find((update) => sameName(update.audience, audience));
}

function nextUpdate(rules: UpdateRules, audience: Audience, priority: string | undefined, { acknowledged, update, prioritized }: UpdateHistory): DueUpdate | undefined {
  const since = latest([acknowledged, update?.at]);
  if (since === "") return undefined;
  const raised = prioritized !== undefined && compareInstants(prioritized, since) > 0 ? prioritized : undefined;
  const regular = regularTime(rules, audience, cadenceFor(rules, audience, priority), since);
  const due = regular === undefined || raised === undefined ? regular : latest([regular, hoursOf(rules, audience).time.after(raised, 0)]);
  const promised = promiseIn(update);
  const kept = promised !== undefined && (raised === undefined || due === undefined || compareInstants(promised, due) <= 0);
  const at = kept ? promised : due;
  if (at === undefined) return undefined;
  return { audience: audience.name, at, since, aroundTheClock: audience.aroundTheClock || (kept && isOutside(rules.time, at)) };
}

/** The promised time of the next update. A promise for a time that was already past says nothing, nor does one that nobody can have meant. */
function promiseIn(update: UpdateHistory["update"]): Instant | undefined {
  if (update?.next === undefined || compareInstants(update.next, update.at) <= 0) return undefined;
  return millisecondsOf(update.next) - millisecondsOf(update.at) > longestPromise ? undefined : update.next;
}

function regularTime(rules: UpdateRules, audience: Audience, cadence: Duration | undefined, since: Instant): Instant | undefined {
  const { desk, time } = hoursOf(rules, audience);
  return cadence === undefined ? undefined : time.after(since, businessLength(desk, cadence));
}

function hoursOf({ desk, time }: UpdateRules, { aroundTheClock }: Audience): Pick<UpdateRules, "desk" | "time"> {
  return aroundTheClock ? allHours(desk) : { desk, time };
}

// Updates are counted for every event of a timeline.
const knownHours = new WeakMap<Desk, Pick<UpdateRules, "desk" | "time">>();

function allHours(desk: Desk): Pick<UpdateRules, "desk" | "time"> {
  const known = knownHours.get(desk);
  if (known !== undefined) return known;
  const always = { ...desk, hours: [] };
  const hours = { desk: always, time: businessTime(always) };
  knownHours.set(desk, hours);
  return hours;
}

/** Whether an instant is outside business hours. The end of a span still belongs to it. */
function isOutside(time: BusinessTime, at: Instant): boolean {
  return !time.openAt(at).open && time.between(instantAt(millisecondsOf(at) - 1000), at) === 0;
}

function hasEnded({ phase }: IncidentState): boolean {
  return phase === "resolved" || phase === "cancelled" || phase === "closed";
}

/** Something that starts, stops or changes the clock of updates. */
type Turn =
  | { readonly at: Instant; readonly kind: "acknowledged" | "unacknowledged" | "reopened" | "ended" }
  | { readonly at: Instant; readonly kind: "sent"; readonly audience: string; readonly next?: Instant }
  | { readonly at: Instant; readonly kind: "priority"; readonly priority: string }
  | { readonly at: Instant; readonly kind: "noPriority"; readonly priority: string };

/** The turns in order of time. At the same time, what stops or starts the clock comes before what was sent. */
function turnsOf(desk: Desk, events: readonly TimelineEvent[]): readonly Turn[] {
  const order = ["noPriority", "priority", "unacknowledged", "ended", "reopened", "acknowledged", "sent"];
  const rank = (turn: Turn): string => `${order.indexOf(turn.kind)} ${JSON.stringify(turn)}`;
  return events.flatMap((event) => turnOf(desk, event)).toSorted((a, b) => compareInstants(a.at, b.at) || (rank(a) < rank(b) ? -1 : 1));
}

function turnOf(desk: Desk, event: TimelineEvent): readonly Turn[] {
  switch (event.kind) {
    case "closed":
      return [{ at: event.at, kind: "ended" }];
    case "reopened":
      return [{ at: event.at, kind: "reopened" }];
    case "labeled":
    case "unlabeled": {
      const priority = desk.priorities.find(({ label }) => sameName(label, event.label))?.name;
      return priority === undefined ? [] : [{ at: event.at, kind: event.kind === "labeled" ? "priority" : "noPriority", priority }];
    }
    case "commented":
      return milestoneTurn(event);
    default:
      return [];
  }
}

function milestoneTurn({ at, markdown }: Extract<TimelineEvent, { kind: "commented" }>): readonly Turn[] {
  const comment = readMilestone(markdown);
  switch (comment?.milestone) {
    case "acknowledged":
      return [{ at: comment.at ?? at, kind: "acknowledged" }];
    case "unacknowledged":
      return [{ at, kind: "unacknowledged" }];
    case "resolved":
    case "cancelled":
      return [{ at: comment.at ?? at, kind: "ended" }];
    case "update":
      return comment.audience === undefined ? [] : [{ at, kind: "sent", audience: comment.audience, ...(comment.next === undefined ? {} : { next: comment.next }) }];
    default:
      return [];
  }
}

function missedBy(rules: UpdateRules, audience: Audience, turns: readonly Turn[], current: string | undefined, now: Instant): readonly MissedUpdate[] {
  const missed: MissedUpdate[] = [];
  let history: UpdateHistory = {};
  let priority = firstPriority(turns, current);
  let hasStopped = false;
  let isListed = false;

  function list(at: Instant): void {
    const due = hasStopped || isListed ? undefined : nextUpdate(rules, audience, priority, history)?.at;
    if (due === undefined || millisecondsOf(at) - millisecondsOf(due) < grace) return;
    missed.push({ audience: audience.name, at: due });
    isListed = true;
  }

  for (const turn of turns) {
    if (compareInstants(turn.at, now) > 0) break;
    list(turn.at);
    switch (turn.kind) {
      case "acknowledged":
        history = { ...history, acknowledged: history.acknowledged ?? turn.at };
        break;
      case "unacknowledged": {
        const { acknowledged: _withdrawn, ...others } = history;
        history = others;
        break;
      }
      case "reopened":
        hasStopped = false;
        isListed = false;
        history = {};
        break;
      case "ended":
        hasStopped = true;
        break;
      case "sent": {
        if (!sameName(turn.audience, audience.name)) break;
        const late = missed.at(-1);
        if (isListed && late !== undefined) missed.splice(-1, 1, { ...late, sent: turn.at });
        isListed = false;
        history = { ...history, update: turn };
        break;
      }
      case "priority":
        if (turn.priority === priority) break;
        priority = turn.priority;
        history = { ...history, prioritized: turn.at };
        break;
      case "noPriority":
        if (turn.priority === priority) priority = undefined;
        break;
      default:
        assertNever(turn);
    }
  }
  list(now);
  return missed;
}

/** An update within the minute in which it was due is in time, because times are shown in minutes. */
const grace = 60_000;

/** The priority before the first turn. Issues can be created with one, which no event says. */
function firstPriority(turns: readonly Turn[], current: string | undefined): string | undefined {
  const first = turns.find((turn) => turn.kind === "priority" || turn.kind === "noPriority");
  if (first === undefined) return current;
  const removed = turns.find((turn) => turn.kind === "noPriority");
  return removed !== undefined && compareInstants(removed.at, first.at) === 0 ? removed.priority : undefined;
}
