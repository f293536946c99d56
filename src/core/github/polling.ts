import type { Failure } from "../model/failure";
import { millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";

/** The input for the time of the next poll. */
export interface PollContext {
  readonly now: Instant;
  /** The failure of the last poll, if it failed. */
  readonly failure?: Failure;
  /** Number of consecutive failed polls. */
  readonly failures: number;
  /** Since when this window has not been used. Absent while it is in use. */
  readonly idleSince?: Instant;
}

/**
 * Milliseconds until the next poll, or `undefined` when a person must act first, such as by signing in. One minute while the
 * window is in use, longer while it is idle, doubled after each failure, and not before the server allows it.
 */
export function nextPoll({ now, failure, failures, idleSince }: PollContext): number | undefined {
  switch (failure?.kind) {
    case "signedOut":
    case "badServer":
      return undefined;
    case "limited":
      return Math.max(millisecondsOf(failure.until) - millisecondsOf(now), 0) + second;
    case "offline":
    case "serverError":
      return Math.min(5 * second * 2 ** Math.min(Math.max(failures - 1, 0), 10), 5 * minute);
    default:
  }
  if (failure !== undefined) return 5 * minute;
  const idle = idleSince === undefined ? 0 : millisecondsOf(now) - millisecondsOf(idleSince);
  return idle < 5 * minute ? minute : idle < hour ? 5 * minute : 15 * minute;
}

const second = 1000;

const minute = 60 * second;

const hour = 60 * minute;
