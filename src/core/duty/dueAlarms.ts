import { millisecondsOf } from "../instantTime";
import type { Instant, Issue } from "../issue/issue";
import type { BusinessTime } from "./businessTime";
import type { ClockStage, ResponseClock } from "./responseClock";
import { nearBy } from "./urgency";

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
        const near = whole > nearBy ? time.after(reported, time.between(reported, at) - nearBy) : undefined;
        const common = { issue, stage, due: at };
        return [...(near === undefined ? [] : [{ ...common, when: "near" as const, at: near }]), { ...common, when: "past" as const, at }];
      });
    })
    .toSorted((a, b) => millisecondsOf(a.at) - millisecondsOf(b.at));
}
