import type { Failure } from "../model/failure";
import { millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";

/** What decides when a window looks at its server again. */
export interface PollContext {
  readonly now: Instant;
  /** How the last reading ended, if it failed. */
  readonly failure?: Failure;
  /** How many readings in a row have failed. */
  readonly failures: number;
  /** Since when nobody has used this window; absent while somebody does. */
  readonly idleSince?: Instant;
}

/**
 * Milliseconds until the server is asked again; `undefined` when only a person can help, as by signing in. Every minute
 * while somebody works here, ever more rarely while nobody does, doubling while the server does not answer, and not
 * before it has said.
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
