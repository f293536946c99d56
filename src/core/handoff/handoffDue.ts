import type { Desk } from "../desk/desk";
import type { BusinessTime } from "../duty/businessTime";
import { millisecondsOf } from "../instantTime";
import type { Instant, Issue } from "../issue/issue";
import { partsOf, type PendingOperation } from "../issue/operation";
import { sameLogin } from "../desk/sameLogin";
import { endingTurn, reminderAt, type HandoffTurn } from "./handoffTurn";
import { keptHandoffs } from "./waitingHandoffs";

/** A turn that nobody has handed off yet, and from when on its person is reminded of that. */
export interface HandoffDue {
  readonly turn: HandoffTurn;
  readonly at: Instant;
}

/** The hand-off that a person owes at the end of the turn they hold; `undefined` where there is none, or it is written or being written. */
export function handoffDue(desk: Desk, business: BusinessTime, login: string, issues: readonly Issue[], pending: readonly PendingOperation[], now: Instant): HandoffDue | undefined {
  const turn = endingTurn(desk, login, now);
  const at = turn === undefined ? undefined : reminderAt(business, now, turn.to);
  if (turn === undefined || at === undefined) return undefined;
  const begun = pending.flatMap(partsOf).some(({ operation }) => operation.kind === "handOff" && sameLogin(operation.outgoing, login));
  const end = millisecondsOf(turn.to);
  const written = keptHandoffs(issues, desk, ({ handoff }) => sameLogin(handoff.outgoing, login) && millisecondsOf(handoff.to) === end).length > 0;
  return begun || written ? undefined : { turn, at };
}
