import { type BusinessTime, wallTime } from "../calendar/businessTime";
import { millisecondsOf } from "../model/instant";
import { compareInstants } from "../model/instantOrder";
import type { Instant, Issue } from "../model/issue";
import { sameLogin } from "../model/names";
import type { ClockStage, DueEntry, ResponseClock } from "./responseClock";

/** What is due first on an issue. */
export interface Urgency {
  readonly stage: ClockStage;
  readonly at: Instant;
  /** The audience of an update. Absent on a desk without audiences. */
  readonly audience?: string;
  /** Milliseconds of business time until it is due. Negative when it is past. */
  readonly left: number;
  readonly state: "later" | "near" | "past";
}

/** Business time before the due time from which it counts as due soon. */
const dueSoonMilliseconds = 15 * 60_000;

/** What is due first on a clock at `now`. Returns `undefined` if nothing is due. */
export function urgencyOf({ due }: ResponseClock, time: BusinessTime, now: Instant): Urgency | undefined {
  const [first] = due;
  return first === undefined ? undefined : urgencyOfEntry(first, time, now);
}

/** The urgency of everything that is due on a clock, the earliest first. */
export function urgenciesOf({ due }: ResponseClock, time: BusinessTime, now: Instant): readonly Urgency[] {
  return due.map((entry) => urgencyOfEntry(entry, time, now));
}

/** The urgency of each update that is due on a clock, the earliest first. */
export function updateUrgencies(clock: ResponseClock, time: BusinessTime, now: Instant): readonly Urgency[] {
  return urgenciesOf(clock, time, now).filter(({ stage }) => stage === "update");
}

function urgencyOfEntry({ stage, at, audience, aroundTheClock }: DueEntry, time: BusinessTime, now: Instant): Urgency {
  const left = (aroundTheClock === true ? wallTime : time).between(now, at);
  const state = compareInstants(at, now) <= 0 ? "past" : left <= dueSoonMilliseconds ? "near" : "later";
  return { stage, at, ...(audience === undefined ? {} : { audience }), left, state };
}

/** When `lengthText` changes next, in milliseconds since the epoch, assuming business hours continue. */
export function nextLengthAt({ at, state }: Urgency, now: Instant): number {
  const [due, from] = [millisecondsOf(at), millisecondsOf(now)];
  // Minutes are rounded up before the due time and after it, so the change is one second later after it.
  const phase = state === "past" ? due + 1000 : due;
  const next = phase + Math.ceil((from - phase) / 60_000) * 60_000;
  return next > from ? next : next + 60_000;
}

/** Whether this person is responsible for the issue: it is assigned to them, or unassigned while they are on call. */
export function concerns({ assignees }: Issue, me: string, onCall: readonly string[]): boolean {
  const same = (login: string): boolean => sameLogin(login, me);
  return assignees.some(same) || (assignees.length === 0 && onCall.some(same));
}

/** A length of time in its two largest units, such as `1h 20m`. A started minute counts. */
export function lengthText(milliseconds: number): string {
  const minutes = Math.ceil(Math.abs(milliseconds) / 60_000);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours >= 10 || minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
}

/** A reminder that something is due soon or past due on an issue. */
export interface DueAlarm {
  readonly issue: Issue;
  readonly stage: ClockStage;
  readonly due: Instant;
  /** The audience of an update. Absent on a desk without audiences. */
  readonly audience?: string;
  /** Whether all time until then counts, and not only business hours. */
  readonly aroundTheClock: boolean;
  readonly when: "near" | "past";
  /** When the reminder is shown. */
  readonly at: Instant;
}

/** The reminders of open issues in chronological order: one before and one at the end of each goal. */
export function dueAlarms(issues: readonly Issue[], clockOf: (issue: Issue) => ResponseClock, time: BusinessTime): readonly DueAlarm[] {
  return issues
    .flatMap((issue): readonly DueAlarm[] => {
      const { due, reported, acknowledged } = clockOf(issue);
      return due.flatMap(({ stage, at, audience, since, aroundTheClock = false }) => {
        const counted = aroundTheClock ? wallTime : time;
        const whole = counted.between(stage === "update" ? (since ?? acknowledged?.at ?? reported) : reported, at);
        const near = whole > dueSoonMilliseconds ? counted.after(reported, counted.between(reported, at) - dueSoonMilliseconds) : undefined;
        const common = { issue, stage, due: at, ...(audience === undefined ? {} : { audience }), aroundTheClock };
        return [...(near === undefined ? [] : [{ ...common, when: "near" as const, at: near }]), { ...common, when: "past" as const, at }];
      });
    })
    .toSorted((a, b) => millisecondsOf(a.at) - millisecondsOf(b.at));
}
