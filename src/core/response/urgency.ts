import type { BusinessTime } from "../calendar/businessTime";
import { millisecondsOf } from "../model/instant";
import { compareInstants } from "../model/instantOrder";
import type { Instant, Issue } from "../model/issue";
import { sameLogin } from "../model/names";
import type { ClockStage, ResponseClock } from "./responseClock";

/** What is due first on an issue. */
export interface Urgency {
  readonly stage: ClockStage;
  readonly at: Instant;
  /** Milliseconds of business time until then; negative once it has passed. */
  readonly left: number;
  readonly state: "later" | "near" | "past";
}

/** So much business time before something is due, it is near. */
const dueSoonMilliseconds = 15 * 60_000;

/** What is due first by a clock, as of `now`; `undefined` where nothing is. */
export function urgencyOf({ due }: ResponseClock, time: BusinessTime, now: Instant): Urgency | undefined {
  const [first] = due;
  if (first === undefined) return undefined;
  const left = time.between(now, first.at);
  const state = compareInstants(first.at, now) <= 0 ? "past" : left <= dueSoonMilliseconds ? "near" : "later";
  return { ...first, left, state };
}

/** When the length of time that `lengthText` gives for it is another one next, in milliseconds since 1970, while business hours last. */
export function nextLengthAt({ at, state }: Urgency, now: Instant): number {
  const [due, from] = [millisecondsOf(at), millisecondsOf(now)];
  // The last second of a minute that has begun belongs to it before the due time, the first one after it.
  const phase = state === "past" ? due + 1000 : due;
  const next = phase + Math.ceil((from - phase) / 60_000) * 60_000;
  return next > from ? next : next + 60_000;
}

/** Whether it is for this person to see to an issue: it is assigned to them, or to nobody while they are on duty. */
export function concerns({ assignees }: Issue, me: string, onCall: readonly string[]): boolean {
  const same = (login: string): boolean => sameLogin(login, me);
  return assignees.some(same) || (assignees.length === 0 && onCall.some(same));
}

/** A length of time in its two largest units, as in `1h 20m`; a minute that has begun counts. */
export function lengthText(milliseconds: number): string {
  const minutes = Math.ceil(Math.abs(milliseconds) / 60_000);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours >= 10 || minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
}

/** Something to be told of an issue: that what is due there is near, or has passed. */
export interface DueAlarm {
  readonly issue: Issue;
  readonly stage: ClockStage;
  readonly due: Instant;
  readonly when: "near" | "past";
  /** When it is to be told. */
  readonly at: Instant;
}

/** The alarms of open issues, in the order in which they are to be told; each of an issue's goals has one before and one at its end. */
export function dueAlarms(issues: readonly Issue[], clockOf: (issue: Issue) => ResponseClock, time: BusinessTime): readonly DueAlarm[] {
  return issues
    .flatMap((issue): readonly DueAlarm[] => {
      const { due, reported, acknowledged } = clockOf(issue);
      return due.flatMap(({ stage, at }) => {
        const whole = time.between(stage === "update" ? (acknowledged?.at ?? reported) : reported, at);
        const near = whole > dueSoonMilliseconds ? time.after(reported, time.between(reported, at) - dueSoonMilliseconds) : undefined;
        const common = { issue, stage, due: at };
        return [...(near === undefined ? [] : [{ ...common, when: "near" as const, at: near }]), { ...common, when: "past" as const, at }];
      });
    })
    .toSorted((a, b) => millisecondsOf(a.at) - millisecondsOf(b.at));
}
