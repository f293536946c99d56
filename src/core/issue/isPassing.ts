import type { Failure } from "../failure";
import { assertNever } from "../result";

/** Whether the same write may succeed later without anything being changed in it: once a network, a sign-in or a right is there. */
export function isPassing(failure: Failure): boolean {
  switch (failure.kind) {
    case "unreadable":
    case "unwritable":
    case "untrusted":
    case "noFolder":
    case "noIdentity":
    case "signedOut":
    case "otherAccount":
    case "offline":
    case "serverTrouble":
    case "limited":
    case "forbidden":
    case "noRepository":
    case "archived":
    case "issuesOff":
    case "locked":
    case "unconfirmed":
    case "badServer":
      return true;
    case "broken":
      return failure.reason === "unreadable";
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
      return false;
    default:
      return assertNever(failure);
  }
}
