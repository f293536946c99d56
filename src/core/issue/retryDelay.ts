import { assertNever } from "../result";
import type { Failure } from "../failure";
import { millisecondsOf } from "../instantTime";
import type { Instant } from "./issue";

/**
 * Seconds until a write that failed `attempts` times in a row is tried again by the clock: longer each time, and not
 * before a server that asked for a pause has had it. `undefined` when time alone mends nothing, as where somebody has to
 * sign in first.
 */
export function retryDelay(failure: Failure, attempts: number, now: Instant): number | undefined {
  switch (failure.kind) {
    case "limited":
      return Math.max(Math.ceil((millisecondsOf(failure.until) - millisecondsOf(now)) / 1000), 0) + 1;
    case "offline":
    case "unreadable":
    case "unwritable":
      return doubling(5, attempts, 5 * 60);
    case "serverTrouble":
      return doubling(10, attempts, 10 * 60);
    case "broken":
      return failure.reason === "unreadable" ? doubling(5, attempts, 5 * 60) : undefined;
    case "untrusted":
    case "noFolder":
    case "noIdentity":
    case "signedOut":
    case "otherAccount":
    case "forbidden":
    case "noRepository":
    case "archived":
    case "issuesOff":
    case "locked":
    case "unconfirmed":
    case "badServer":
    case "missing":
    case "outside":
    case "gone":
    case "otherIssue":
    case "runGone":
    case "stepGone":
    case "gateShut":
    case "bodyTooLong":
    case "invalidDraft":
    case "selfLink":
    case "partRefused":
    case "transferred":
    case "dropped":
    case "refused":
      return undefined;
    default:
      return assertNever(failure);
  }
}

function doubling(first: number, attempts: number, most: number): number {
  return Math.min(first * 2 ** Math.min(Math.max(attempts - 1, 0), 20), most);
}
