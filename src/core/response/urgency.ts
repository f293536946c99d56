import { addDays } from "temporal-polyfill/fns/PlainDate";
import { type BusinessTime, wallTime } from "../calendar/businessTime";
import { dateOf, startOfDay } from "../calendar/localTime";
import { instantAt, latest, millisecondsOf } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import { sameLogin } from "../model/names";
import type { ClockStage, DueEntry, ResponseClock } from "./responseClock";

/** What is due first on an issue. */
export interface Urgency {
  readonly stage: ClockStage;
  readonly at: Instant;
  /** The audience of an update. Absent on a desk without audiences. */
  readonly audience?: string;
  /** Milliseconds of business time until it is due, and of all time if business time hardly stops before. Negative when it is past. */
  readonly left: number;
  /** Whether business time stops before it is due. `left` is then not the time until it is due, so texts give `at` instead of a length. */
  readonly pauses: boolean;
  readonly state: "later" | "near" | "past";
}

/** Time before the due time from which it counts as due soon. */
const dueSoonMilliseconds = 15 * 60_000;

/** Texts are in minutes, so shorter pauses do not matter. Nor does that of a desk whose hours end at 23:59. */
const longestIgnoredPause = 60_000;

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

/**
 * The urgency of one thing that is due. It is due soon if at most 15 minutes of business time are left, and either business time is
 * running or it is due within 15 minutes. So what is due at 08:14 is due soon in the last minute before the desk closes on the day
 * before, and again in the morning, but not at night, when nobody is expected to work on it.
 */
export function urgencyOfEntry({ stage, at, audience, aroundTheClock }: Pick<DueEntry, "stage" | "at" | "audience" | "aroundTheClock">, time: BusinessTime, now: Instant): Urgency {
  const counted = aroundTheClock === true ? wallTime : time;
  const [left, all] = [counted.between(now, at), wallTime.between(now, at)];
  const isPast = all <= 0;
  const pauses = !isPast && all - left > longestIgnoredPause;
  const isNear = left <= dueSoonMilliseconds && (!pauses || soonFrom(at, counted, now) === now);
  return { stage, at, ...(audience === undefined ? {} : { audience }), left: isPast || pauses ? left : all, pauses, state: isPast ? "past" : isNear ? "near" : "later" };
}

/** The earliest instant, not before `from`, at which something with at most 15 minutes of business time left is due soon. */
function soonFrom(due: Instant, counted: BusinessTime, from: Instant): Instant {
  return counted.openAt(from).open ? from : latest([from, instantAt(millisecondsOf(due) - dueSoonMilliseconds)]);
}

/** When the text or state of something that is due may change next, in milliseconds since the epoch. Neither changes before. */
export function nextChangeAt({ at, left, state, pauses }: Urgency, time: BusinessTime, now: Instant, timezone: string): number {
  const [due, from] = [millisecondsOf(at), millisecondsOf(now)];
  if (pauses) {
    const { open, until } = time.openAt(now);
    const opensOrCloses = until === undefined ? due : millisecondsOf(until);
    const midnight = startOfDay(addDays(dateOf(now, timezone), 1), timezone);
    const whileOpen = from + left - dueSoonMilliseconds;
    const whileClosed = due - left - longestIgnoredPause;
    return Math.min(...[due, due - dueSoonMilliseconds, opensOrCloses, midnight, open ? whileOpen : whileClosed].filter((change) => change > from));
  }
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

/**
 * When a reminder is shown that was planned or snoozed until `planned`, from `now` on. One before the due time waits while the issue is
 * not due soon, so nobody who opens the editor at night is reminded of what is due in the morning.
 */
export function reminderTime({ when, due, aroundTheClock }: DueAlarm, time: BusinessTime, planned: Instant, now: Instant): Instant {
  return when === "past" ? planned : soonFrom(due, aroundTheClock ? wallTime : time, latest([planned, now]));
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
