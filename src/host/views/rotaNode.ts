import type { ClosingsProblem } from "../../core/duty/closing";
import type { ScheduleFlaw } from "../../core/duty/scheduleQuality";

/** What On Duty tells of the rotation besides who is on duty now and next. Times are as a person reads them. */
export type RotaNode = CalendarNode | FlawNode | AbsenceNode | OwnTurnNode;

/** A calendar that the desk names and that is not considered. */
export interface CalendarNode {
  readonly kind: "calendar";
  readonly id: string;
  readonly problem: ClosingsProblem;
}

/** Nobody has a role for a while, or only somebody who is away. */
export interface FlawNode {
  readonly kind: "flaw";
  readonly id: string;
  readonly flaw: Extract<ScheduleFlaw, { kind: "gap" | "away" }>;
  readonly from: string;
  readonly to: string;
  /** ISO date on which it begins. */
  readonly day: string;
}

export interface AbsenceNode {
  readonly kind: "absence";
  readonly id: string;
  readonly name: string;
  /** ISO dates of the first and the last day. */
  readonly from: string;
  readonly to: string;
  readonly now: boolean;
}

/** A stretch in which the person at the keyboard has a role. */
export interface OwnTurnNode {
  readonly kind: "ownTurn";
  readonly id: string;
  readonly role: string;
  readonly from: string;
  readonly to: string;
}
