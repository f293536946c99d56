import { changeOfMilestone, milestoneEffects } from "../incident/timeline";
import { renderRejection, reopening } from "../markup/checklistRegion";
import { escapeComments } from "../markup/hiddenMark";
import { stampAfter } from "../markup/issueRound";
import { addLink } from "../markup/linkRegion";
import { renderMilestone } from "../markup/milestone";
import { lengthWithout } from "../markup/regions";
import { normalField } from "../markup/textLines";
import type { Failure, RefusedPart } from "../model/failure";
import type { IssueDraft } from "../model/issue";
import { type ChangeStamp, childEnd, type IssueChange, type IssueEdit } from "../model/issueChange";
import { formatRef, type IssueRef, refKey, sameRef } from "../model/issueRef";
import { sameLogin } from "../model/names";
import { type AcceptHandoff, type CloseOperation, type HandoffOperation, type LinkTarget, type OperationKey, partsOf, type PendingOperation, type PendingPart } from "../model/operation";
import type { IssueTracker } from "../model/ports";
import { assertNever, failed, ok, type Result } from "../model/result";
import { applyChange } from "./applyChange";
import { isTransient } from "./retryPolicy";

/** The result of an operation: the issue that it created or changed. */
export interface Outcome {
  readonly ref: IssueRef;
}

/**
 * Carries out all parts of an operation in order, each under a key derived from the operation's key, so that it can be stopped
 * anywhere and repeated. The first changes of a new issue are parts that follow its creation. `started` means that parts of it may
 * already be done. An operation is refused as a whole while nothing of it is done: when its first part is refused, when a comment
 * or a field is too long, or when an issue of a later part does not exist. Later refusals do not stop the other parts and are
 * returned at the end (`partRefused`).
 */
export async function performOperation(tracker: IssueTracker, pending: PendingOperation, started = false): Promise<Result<Outcome>> {
  const [first, ...others] = partsOf(pending);
  if (first === undefined) throw new Error("A batch has at least one part");
  if (!started) {
    const long = findTooLong(tracker, [first, ...others]);
    if (long !== undefined) return failed(long);
    const missing = await findMissing(tracker, first, others);
    if (missing !== undefined) return failed(missing);
    const full = await findFull(tracker, [first, ...others]);
    if (full !== undefined) return failed(full);
  }
  const result = await performPart(tracker, first);
  if (result.kind === "failed") return result;
  const refused: RefusedPart[] = [];
  const left = [...firstChanges(first, result.value.ref), ...others];
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    const done = await performPart(tracker, part);
    if (done.kind === "ok") left.unshift(...firstChanges(part, done.value.ref));
    else if (isTransient(done.failure)) return done;
    else if (!isOptional(part) || done.failure.kind !== "gone") refused.push({ operation: part.operation, failure: done.failure });
  }
  return refused.length === 0 ? result : failed({ kind: "partRefused", parts: refused });
}

/** The changes that follow the creation of an issue, now that it has a number. */
function firstChanges({ key, at, by, operation }: PendingPart, ref: IssueRef): readonly PendingPart[] {
  const changes = operation.kind === "create" ? (operation.then ?? []) : [];
  return changes.map((change, index) => ({ key: `${key}:then:${index}`, at, by, operation: { ...change, ref } }));
}

/** The reason why a later part will be refused, if it is known before anything is written. */
async function findMissing(tracker: IssueTracker, first: PendingPart, others: readonly PendingPart[]): Promise<Failure | undefined> {
  const seen = new Set(targetsOf(first).map(refKey));
  for (const ref of others.filter((part) => !isOptional(part)).flatMap(targetsOf)) {
    if (seen.has(refKey(ref))) continue;
    seen.add(refKey(ref));
    const found = await tracker.get(ref);
    if (found.kind === "failed" && !isTransient(found.failure)) return found.failure;
  }
  return undefined;
}

function isOptional({ operation }: PendingPart): boolean {
  return operation.kind === "comment" && operation.optional === true;
}

/** The first comment that is too long for the tracker, before anything is written. */
function findTooLong({ maxComment: limit }: IssueTracker, parts: readonly PendingPart[]): Failure | undefined {
  if (limit === undefined) return undefined;
  for (const { operation } of parts) {
    if (operation.kind !== "comment" && operation.kind !== "close" && operation.kind !== "sendBack") continue;
    const text = operation.kind === "comment" ? operation.markdown : operation.kind === "close" ? resolutionComment(operation) : renderRejection(operation);
    if (text.length > limit) return { kind: "commentTooLong", ref: operation.ref, length: text.length, limit };
  }
  return undefined;
}

/** Values of fields up to this length fit, unless the text of the issue is full anyway. */
const shortValue = 500;

/**
 * Why a long value, such as a resolution, does not fit in the text of its issue. Otherwise, the comment with the same words would
 * already be written when the text is refused. Checklists do not count, because they can move to comments.
 */
async function findFull(tracker: IssueTracker, parts: readonly PendingPart[]): Promise<Failure | undefined> {
  const limit = tracker.maxComment;
  if (limit === undefined) return undefined;
  for (const { operation, at } of parts) {
    if (operation.kind !== "edit" || operation.change.kind !== "setFields" || operation.change.fields.every(({ value }) => value.length <= shortValue)) continue;
    const { ref, change } = operation;
    const found = await tracker.get(ref);
    const changed = found.kind === "ok" ? applyChange(found.value, change, at) : found;
    const length = changed.kind === "ok" ? lengthWithout(changed.value.body, "run") : 0;
    if (length > limit) return { kind: "bodyTooLong", ref, length };
  }
  return undefined;
}

/** The issues that must exist for an operation. */
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
      return outcome(await edit(tracker, operation.ref, stamped(operation.change, pending), key), operation.ref);
    case "comment": {
      const commented = await tracker.comment(operation.ref, operation.markdown, key);
      const change = changeOfMilestone(operation.markdown, pending);
      if (commented.kind === "failed" || change === undefined) return outcome(commented, operation.ref);
      return outcome(await tracker.edit(operation.ref, change, `${key}:clock`), operation.ref);
    }
    case "close": {
      const commented = await tracker.comment(operation.ref, resolutionComment(operation), `${key}:resolution`);
      if (commented.kind === "failed") return commented;
      return outcome(await edit(tracker, operation.ref, closing(operation, pending), key), operation.ref);
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

/**
 * Writes a change. Closing and reopening also work where the text of the issue cannot be written: it is broken or full, or the
 * account may only triage.
 */
async function edit(tracker: IssueTracker, ref: IssueRef, change: IssueChange, key: OperationKey): Promise<Result<unknown>> {
  const edited = await tracker.edit(ref, change, key);
  if ((change.kind !== "close" && change.kind !== "reopen") || edited.kind === "ok" || !textFailures.includes(edited.failure.kind)) return edited;
  return tracker.edit(ref, change.kind === "reopen" ? { kind: "reopen" } : { kind: "close", ...(change.reason === undefined ? {} : { reason: change.reason }) }, key);
}

const textFailures: readonly Failure["kind"][] = ["broken", "bodyTooLong", "forbidden"];

/** The change with when and by whom it was requested, if the issue keeps that. */
export function stamped(change: IssueChange, { at, by }: ChangeStamp): IssueChange {
  return (change.kind === "close" || change.kind === "reopen") && change.stamp === undefined ? { ...change, stamp: { at, by } } : change;
}

/** The change of an operation that closes an issue with its resolution. */
export function closing(operation: CloseOperation, requested: ChangeStamp): IssueChange {
  const { resolution, reason, after } = operation;
  const { at, by } = stampAfter(requested, after);
  const { fields, clock } = milestoneEffects({ milestone: "resolved" }, { at, by });
  return {
    kind: "close",
    ...(reason === undefined ? {} : { reason }),
    stamp: { at, by },
    fields: [...fields, { name: "resolution", value: resolution, at, by }],
    ...(clock === undefined ? {} : { clock }),
  };
}

function resolutionComment({ resolution }: CloseOperation): string {
  return renderMilestone("resolved", resolution);
}

/** Adds the link to the draft's text, so that the new issue contains it from the start. */
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
 * Creates the handoff issue and comments on each issue that is handed over. An issue that does not exist does not stop the
 * others. The first such failure is returned at the end.
 */
async function performHandoff(tracker: IssueTracker, operation: HandoffOperation, key: OperationKey): Promise<Result<Outcome>> {
  const created = await tracker.create(operation.draft, key);
  if (created.kind === "failed") return created;
  return eachOf(operation.items, created.value, ({ ref, next }) => tracker.comment(ref, handoffComment(operation, created.value, { ref, next }), `${key}:${refKey(ref)}`));
}

/** Records the acceptance in the handoff, reassigns its issues, adds a comment and closes it. Fails like `performHandoff`. */
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

/** Runs the work for each item and stops at the first transient failure. The first permanent failure is returned at the end. */
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

/** The comment on an issue that is handed over. */
function handoffComment({ outgoing, incoming }: Pick<HandoffOperation, "outgoing" | "incoming">, handoff: IssueRef, { ref, next }: { readonly ref: IssueRef; readonly next: string }): string {
  const first = `Handed off by @${escapeComments(outgoing)} to @${escapeComments(incoming)}, see ${formatRef(handoff, ref.repository)}.`;
  return renderMilestone("handoff", next.trim() === "" ? first : `${first}\n\n**Next step:** ${escapeComments(normalField(next))}`);
}

function acceptanceComment(items: readonly IssueRef[], ref: IssueRef, by: string): string {
  const first = `Accepted by @${escapeComments(by)}.`;
  return items.length === 0 ? first : `${first} Reassigned issues: ${items.map((item) => formatRef(item, ref.repository)).join(", ")}.`;
}

/** The changes that accept a handoff, in order. The handoff is closed last. */
export function acceptanceEdits({ ref, outgoing, items, at }: AcceptHandoff, by: string): readonly IssueEdit[] {
  return [
    { ref, change: { kind: "acceptHandoff", by, at } },
    ...items.map((item) => ({ ref: item, change: { kind: "assign" as const, add: [by], remove: sameLogin(outgoing, by) ? [] : [outgoing] } })),
    { ref, change: { kind: "close" } },
  ];
}
