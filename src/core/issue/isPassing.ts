import type { Failure } from "../failure";
import { assertNever } from "../result";

/** Whether the same write may succeed later without anything being changed in it. */
export function isPassing(failure: Failure): boolean {
  switch (failure.kind) {
    case "unreadable":
    case "unwritable":
    case "untrusted":
    case "noFolder":
    case "noIdentity":
      return true;
    case "broken":
      return failure.reason === "unreadable";
    case "missing":
    case "gone":
    case "runGone":
    case "stepGone":
    case "bodyTooLong":
    case "invalidDraft":
    case "selfLink":
      return false;
    default:
      return assertNever(failure);
  }
}
