import type { Failure, RefusedPart } from "../failure";
import { clockOfMoment } from "../incident/clockOfMoment";
import { performAcceptance, performHandOff } from "../handoff/performHandoff";
import { renderMoment } from "../incident/moment";
import type { IssueTracker } from "../ports";
import { assertNever, failed, ok, type Result } from "../result";
import type { IssueDraft } from "./issue";
import { childEnd } from "./issueChange";
import { isTransient } from "./retryPolicy";
import { refKey, sameRef, type IssueRef } from "./issueRef";
import { addLink } from "./linkRegion";
import { partsOf, type LinkTarget, type PendingOperation, type PendingPart } from "./operation";
import { renderSendBack, reopening } from "./sendBack";

/** What an operation came to: the issue it created, or the one it changed. */
export interface Outcome {
  readonly ref: IssueRef;
}

/**
 * Carries an operation out, all its parts in order, each under a key made from the operation's own: stopped anywhere
 * and done again, it has the effect of once. `begun` says that some of it may have been done before.
 *
 * A batch is refused whole as long as nothing of it was done: where its first part is refused, or an issue is gone that a
 * later part is for. Later refusals stop none of the other parts, and are given once those are done (`partRefused`).
 */
export async function performOperation(tracker: IssueTracker, pending: PendingOperation, begun = false): Promise<Result<Outcome>> {
  const [first, ...others] = partsOf(pending);
  if (first === undefined) throw new Error("A batch has at least one part");
  if (!begun) {
    const missing = await findMissing(tracker, first, others);
    if (missing !== undefined) return failed(missing);
  }
  const result = await performPart(tracker, first);
  if (result.kind === "failed") return result;
  const refused: RefusedPart[] = [];
  for (const part of others) {
    const done = await performPart(tracker, part);
    if (done.kind === "ok") continue;
    if (isTransient(done.failure)) return done;
    refused.push({ operation: part.operation, failure: done.failure });
  }
  return refused.length === 0 ? result : failed({ kind: "partRefused", parts: refused });
}

/** Why a later part can never be done, where that shows before anything is written. */
async function findMissing(tracker: IssueTracker, first: PendingPart, others: readonly PendingPart[]): Promise<Failure | undefined> {
  const seen = new Set(targetsOf(first).map(refKey));
  for (const ref of others.flatMap(targetsOf)) {
    if (seen.has(refKey(ref))) continue;
    seen.add(refKey(ref));
    const found = await tracker.get(ref);
    if (found.kind === "failed" && !isTransient(found.failure)) return found.failure;
  }
  return undefined;
}

/** The issues that have to be there for an operation. */
function targetsOf({ operation }: PendingPart): readonly IssueRef[] {
  switch (operation.kind) {
    case "create":
      return operation.under === undefined ? [] : [operation.under.parent];
    case "link":
      return [operation.child, operation.under.parent];
    case "handOff":
      return [];
    default:
      return [operation.ref];
  }
}

async function performPart(tracker: IssueTracker, pending: PendingPart): Promise<Result<Outcome>> {
  const { key, operation } = pending;
  switch (operation.kind) {
    case "create": {
      const { draft, under } = operation;
      const created = await tracker.create(under === undefined ? draft : draftUnder(draft, under), key);
      if (created.kind === "failed") return created;
      return under === undefined ? ok({ ref: created.value }) : link(tracker, under, created.value);
    }
    case "link":
      return link(tracker, operation.under, operation.child);
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

/** The draft with its end of the link in its text, so that it is there as soon as the issue is. */
function draftUnder(draft: IssueDraft, { parent, relation }: LinkTarget): IssueDraft {
  return { ...draft, body: addLink(draft.body, childEnd(parent, relation), draft.repository) };
}

async function link(tracker: IssueTracker, { parent, relation, step }: LinkTarget, child: IssueRef): Promise<Result<Outcome>> {
  if (sameRef(parent, child)) return failed({ kind: "selfLink", ref: child });
  return outcome(await tracker.link(parent, child, relation, step), child);
}

function outcome(result: Result<unknown>, ref: IssueRef): Result<Outcome> {
  return result.kind === "failed" ? result : ok({ ref });
}
