import { clockOfMoment } from "../incident/clockOfMoment";
import { performAcceptance, performHandOff } from "../handoff/performHandoff";
import { renderMoment } from "../incident/moment";
import type { IssueTracker } from "../ports";
import { assertNever, failed, ok, type Result } from "../result";
import type { IssueRef } from "./issueRef";
import type { LinkTarget, OperationKey, PendingOperation } from "./operation";
import { sameRef } from "./issueRef";
import { renderSendBack, reopening } from "./sendBack";

/** What an operation came to: the issue it created, or the one it changed. */
export interface Outcome {
  readonly ref: IssueRef;
}

/**
 * Carries an operation out, all its parts in order, each under a key made from the operation's own: stopped anywhere
 * and done again, it has the effect of once.
 */
export async function performOperation(tracker: IssueTracker, pending: PendingOperation): Promise<Result<Outcome>> {
  const { key, operation } = pending;
  switch (operation.kind) {
    case "create": {
      const created = await tracker.create(operation.draft, key);
      if (created.kind === "failed") return created;
      return operation.under === undefined ? ok({ ref: created.value }) : link(tracker, operation.under, created.value, key);
    }
    case "link":
      return link(tracker, operation.under, operation.child, key);
    case "edit":
      return outcome(await tracker.edit(operation.ref, operation.change, key), operation.ref);
    case "comment": {
      const told = await tracker.comment(operation.ref, operation.markdown, key);
      const marks = clockOfMoment(operation.markdown, pending);
      if (told.kind === "failed" || marks === undefined) return outcome(told, operation.ref);
      return outcome(await tracker.edit(operation.ref, { kind: "noteClock", marks }, `${key}:clock`), operation.ref);
    }
    case "close": {
      const told = await tracker.comment(operation.ref, renderMoment("resolved", operation.resolution), `${key}:resolution`);
      if (told.kind === "failed") return told;
      return outcome(await tracker.edit(operation.ref, { kind: "close" }, key), operation.ref);
    }
    case "sendBack": {
      const told = await tracker.comment(operation.ref, renderSendBack(operation), `${key}:reason`);
      return told.kind === "failed" ? told : outcome(await tracker.edit(operation.ref, reopening(operation, pending.by), key), operation.ref);
    }
    case "handOff":
      return performHandOff(tracker, operation, key);
    case "acceptHandoff":
      return performAcceptance(tracker, operation, pending.by, key);
    default:
      return assertNever(operation);
  }
}

async function link(tracker: IssueTracker, under: LinkTarget, child: IssueRef, key: OperationKey): Promise<Result<Outcome>> {
  if (sameRef(under.parent, child)) return failed({ kind: "selfLink", ref: child });
  const linked = await tracker.link(under.parent, child, under.relation);
  if (linked.kind === "failed") return linked;
  if (under.step === undefined) return ok({ ref: child });
  const shown = await tracker.edit(under.parent, { kind: "linkStep", ...under.step, child }, `${key}:step`);
  // The two issues know of each other already: a step or run that is gone has no place for the number, and loses nothing.
  const noPlace = shown.kind === "failed" && (shown.failure.kind === "stepGone" || shown.failure.kind === "runGone");
  return noPlace ? ok({ ref: child }) : outcome(shown, child);
}

function outcome(result: Result<unknown>, ref: IssueRef): Result<Outcome> {
  return result.kind === "failed" ? result : ok({ ref });
}
