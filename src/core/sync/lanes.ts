import { refKey } from "../model/issueRef";
import { partsOf, type PendingOperation, type PendingPart } from "../model/operation";
import { assertNever } from "../model/result";

/** What an operation has to itself while it is done: the issues it writes to, or a lane of its own for a new issue. */
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
 * Whether the earlier of two operations has to be done before the later one. Nothing can depend on an issue that is
 * still to be created: it holds up neither its sisters nor a tick on its parent, as where its repository refuses it.
 */
export function comesFirst(earlier: PendingOperation, later: PendingOperation): boolean {
  const lanes = lanesOf(later);
  const holding = partsOf(earlier).filter(({ operation }) => operation.kind !== "create" && operation.kind !== "handOff");
  return holding.flatMap(lanesOfPart).some((lane) => lanes.includes(lane));
}
