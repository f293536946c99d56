import { refKey } from "../model/issueRef";
import { partsOf, type PendingOperation, type PendingPart } from "../model/operation";
import { assertNever } from "../model/result";

/** The keys that an operation locks while it runs: the issues it writes to, or its own key for a new issue. */
export function lanesOf(pending: PendingOperation): readonly string[] {
  return [...new Set(partsOf(pending).flatMap(lanesOfPart))];
}

function lanesOfPart({ key, operation }: PendingPart): readonly string[] {
  switch (operation.kind) {
    case "create":
      return operation.under === undefined ? [key] : [refKey(operation.under.parent)];
    case "link":
      return [refKey(operation.child), refKey(operation.under.parent)];
    case "handOff":
      return [key, ...operation.items.map(({ ref }) => refKey(ref))];
    case "acceptHandoff":
      return [operation.ref, ...operation.items].map(refKey);
    case "edit":
    case "comment":
    case "close":
    case "sendBack":
      return [refKey(operation.ref)];
    default:
      return assertNever(operation);
  }
}

/**
 * Whether the earlier of two operations must be done first. An issue that is still to be created blocks nothing, so that a
 * refused creation does not hold up other changes.
 */
export function comesFirst(earlier: PendingOperation, later: PendingOperation): boolean {
  const lanes = lanesOf(later);
  const holding = partsOf(earlier).filter(({ operation }) => operation.kind !== "create" && operation.kind !== "handOff");
  return holding.flatMap(lanesOfPart).some((lane) => lanes.includes(lane));
}
