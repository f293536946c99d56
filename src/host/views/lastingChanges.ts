import { millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";
import type { PendingOperation } from "../../core/issue/operation";
import type { WaitingOperation } from "../../core/issue/waitingOperation";

/**
 * The changes worth showing: those that failed, those behind them, and those that take a while. A tick that is written
 * in a moment would only make a row flash up.
 */
export function lastingChanges(waiting: readonly WaitingOperation[], now: Instant): readonly WaitingOperation[] {
  const shown = new Set<string>();
  for (const { pending, failure, behind } of waiting) {
    const slow = slowAt(pending) <= millisecondsOf(now);
    if (failure !== undefined || slow || (behind !== undefined && shown.has(behind))) shown.add(pending.key);
  }
  return waiting.filter(({ pending }) => shown.has(pending.key));
}

/** When the next of them takes a while, in milliseconds since 1970; `undefined` when none will. */
export function nextLastingAt(waiting: readonly WaitingOperation[], now: Instant): number | undefined {
  const times = waiting.map(({ pending }) => slowAt(pending)).filter((at) => at > millisecondsOf(now));
  return times.length === 0 ? undefined : Math.min(...times);
}

function slowAt({ at, notBefore }: PendingOperation): number {
  return millisecondsOf(notBefore ?? at) + moment;
}

const moment = 3000;
