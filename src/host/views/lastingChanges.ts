import { millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";
import type { WaitingOperation } from "../../core/issue/waitingOperation";

/**
 * The changes worth showing: those that failed, those behind them, and those that take a while. A tick that is written
 * in a moment would only make a row flash up.
 */
export function lastingChanges(waiting: readonly WaitingOperation[], now: Instant): readonly WaitingOperation[] {
  const shown = new Set<string>();
  for (const { pending, failure, behind } of waiting) {
    const slow = millisecondsOf(now) - millisecondsOf(pending.notBefore ?? pending.at) >= moment;
    if (failure !== undefined || slow || (behind !== undefined && shown.has(behind))) shown.add(pending.key);
  }
  return waiting.filter(({ pending }) => shown.has(pending.key));
}

const moment = 3000;
