import { clockOfMilestone } from "../incident/timeline";
import { renderRejection, reopening } from "../markup/checklistRegion";
import { escapeComments } from "../markup/hiddenMark";
import { addLink } from "../markup/linkRegion";
import { renderMilestone } from "../markup/milestone";
import { normalField } from "../markup/textLines";
import type { Failure, RefusedPart } from "../model/failure";
import type { IssueDraft } from "../model/issue";
import { childEnd, type IssueEdit } from "../model/issueChange";
import { formatRef, type IssueRef, refKey, sameRef } from "../model/issueRef";
import { sameLogin } from "../model/names";
import { type AcceptHandoff, type HandoffOperation, type LinkTarget, type OperationKey, partsOf, type PendingOperation, type PendingPart } from "../model/operation";
import type { IssueTracker } from "../model/ports";
import { assertNever, failed, ok, type Result } from "../model/result";
import { isTransient } from "./retryPolicy";

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
export async function performOperation(tracker: IssueTracker, pending: PendingOperation, started = false): Promise<Result<Outcome>> {
  const [first, ...others] = partsOf(pending);
  if (first === undefined) throw new Error("A batch has at least one part");
  if (!started) {
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
      const commented = await tracker.comment(operation.ref, operation.markdown, key);
      const marks = clockOfMilestone(operation.markdown, pending);
      if (commented.kind === "failed" || marks === undefined) return outcome(commented, operation.ref);
      return outcome(await tracker.edit(operation.ref, { kind: "noteClock", marks }, `${key}:clock`), operation.ref);
    }
    case "close": {
      const commented = await tracker.comment(operation.ref, renderMilestone("resolved", operation.resolution), `${key}:resolution`);
      if (commented.kind === "failed") return commented;
      return outcome(await tracker.edit(operation.ref, { kind: "close" }, key), operation.ref);
    }
    case "sendBack": {
      const commented = await tracker.comment(operation.ref, renderRejection(operation), `${key}:reason`);
      return commented.kind === "failed" ? commented : outcome(await tracker.edit(operation.ref, reopening(operation, pending.by), key), operation.ref);
    }
    case "handOff":
      return performHandoff(tracker, operation, key);
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

/**
 * Creates the issue of a hand-off and comments on each issue that is handed over. One that is gone for good holds up none of
 * the others: the first such failure is given once all else is done.
 */
async function performHandoff(tracker: IssueTracker, operation: HandoffOperation, key: OperationKey): Promise<Result<Outcome>> {
  const created = await tracker.create(operation.draft, key);
  if (created.kind === "failed") return created;
  return eachOf(operation.items, created.value, ({ ref, next }) => tracker.comment(ref, handoffComment(operation, created.value, { ref, next }), `${key}:${refKey(ref)}`));
}

/** Writes the acceptance into the hand-off, reassigns its issues, tells it in a comment and closes it. Fails as `performHandOff` does. */
async function performAcceptance(tracker: IssueTracker, operation: AcceptHandoff, by: string, key: OperationKey): Promise<Result<Outcome>> {
  const { ref, items } = operation;
  const edits = acceptanceEdits(operation, by).map((edit, index) => ({ ...edit, key: `${key}:${index}` }));
  const own = edits.filter((edit) => sameRef(edit.ref, ref));
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined) return ok({ ref });
  const accepted = await tracker.edit(ref, first.change, first.key);
  if (accepted.kind === "failed") return accepted;
  const given = await eachOf(edits.filter((edit) => !own.includes(edit)), ref, (edit) => tracker.edit(edit.ref, edit.change, edit.key));
  if (given.kind === "failed" && isTransient(given.failure)) return given;
  const commented = await tracker.comment(ref, acceptanceComment(items, ref, by), `${key}:comment`);
  if (commented.kind === "failed") return commented;
  const closed = await tracker.edit(ref, last.change, last.key);
  return closed.kind === "failed" ? closed : given;
}

/** Does a thing for each, up to the first failure that may pass; of those that never will, gives the first at the end. */
async function eachOf<T>(items: readonly T[], ref: IssueRef, work: (item: T) => Promise<Result<unknown>>): Promise<Result<Outcome>> {
  let final: Failure | undefined;
  for (const item of items) {
    const result = await work(item);
    if (result.kind === "ok") continue;
    if (isTransient(result.failure)) return result;
    final ??= result.failure;
  }
  return final === undefined ? ok({ ref }) : failed(final);
}

/** What an issue that is handed over says of it to everybody. */
function handoffComment({ outgoing, incoming }: Pick<HandoffOperation, "outgoing" | "incoming">, handoff: IssueRef, { ref, next }: { readonly ref: IssueRef; readonly next: string }): string {
  const first = `Handed off by @${escapeComments(outgoing)} to @${escapeComments(incoming)}, see ${formatRef(handoff, ref.repository)}.`;
  return renderMilestone("handoff", next.trim() === "" ? first : `${first}\n\n**Next step:** ${escapeComments(normalField(next))}`);
}

function acceptanceComment(items: readonly IssueRef[], ref: IssueRef, by: string): string {
  const first = `Accepted by @${escapeComments(by)}.`;
  return items.length === 0 ? first : `${first} Theirs from now on: ${items.map((item) => formatRef(item, ref.repository)).join(", ")}.`;
}

/** What accepting a hand-off changes, in the order in which it is done: the hand-off is closed last. */
export function acceptanceEdits({ ref, outgoing, items, at }: AcceptHandoff, by: string): readonly IssueEdit[] {
  return [
    { ref, change: { kind: "acceptHandoff", by, at } },
    ...items.map((item) => ({ ref: item, change: { kind: "assign" as const, add: [by], remove: sameLogin(outgoing, by) ? [] : [outgoing] } })),
    { ref, change: { kind: "close" } },
  ];
}
