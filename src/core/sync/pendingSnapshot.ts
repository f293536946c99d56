import { changeOfMilestone } from "../incident/timeline";
import { reopening } from "../markup/checklistRegion";
import { readMilestone } from "../markup/milestone";
import type { Instant, Issue, IssueSnapshot } from "../model/issue";
import { type IssueChange, type IssueEdit, linkEnds } from "../model/issueChange";
import { type IssueRef, refIndex } from "../model/issueRef";
import { type LinkTarget, partsOf, type PendingOperation, type PendingPart, type SingleOperation } from "../model/operation";
import { assertNever } from "../model/result";
import { applyChange } from "./applyChange";
import { acceptanceEdits, closing, stamped } from "./performOperation";

/**
 * The snapshot with the pending operations applied, so that a tick is shown immediately. Issues to be created are not included,
 * because they have no number yet. Changes that cannot be applied are skipped. `confirmed` are operations that are done but not
 * part of the snapshot; they come first. An update for an audience counts only once it is confirmed.
 */
export function withPending(snapshot: IssueSnapshot, pending: readonly PendingOperation[], confirmed: readonly PendingOperation[] = []): IssueSnapshot {
  if (pending.length + confirmed.length === 0) return snapshot;
  const changed = new Map<Issue, Issue>();
  const find = refIndex(snapshot.issues, ({ ref }) => ref);
  for (const each of [...confirmed.flatMap(partsOf), ...pending.flatMap(partsOf).filter(({ operation }) => !isUpdate(operation))]) {
    for (const { ref, change } of editsOf(each)) apply(find(ref), change, each.at);
  }
  return changed.size === 0 ? snapshot : { ...snapshot, issues: snapshot.issues.map((issue) => changed.get(issue) ?? issue) };

  function apply(original: Issue | undefined, change: IssueChange, at: Instant): void {
    if (original === undefined) return;
    const issue = changed.get(original) ?? original;
    const applied = applyChange(issue, change, at);
    if (applied.kind === "ok" && applied.value !== issue) changed.set(original, applied.value);
  }
}

/** Whether the operation records an update for an audience. */
function isUpdate(operation: SingleOperation): boolean {
  const comment = operation.kind === "comment" ? readMilestone(operation.markdown) : undefined;
  return comment?.milestone === "update" && comment.audience !== undefined;
}

function editsOf({ operation, at, by }: PendingPart): readonly IssueEdit[] {
  switch (operation.kind) {
    case "create":
    case "handOff":
      return [];
    case "comment":
      return milestoneEdits(operation, { at, by });
    case "link":
      return linkEdits(operation.child, operation.under);
    case "edit":
      return [{ ...operation, change: stamped(operation.change, { at, by }) }];
    case "close":
      return [{ ref: operation.ref, change: closing(operation, { at, by }) }];
    case "sendBack":
      return [{ ref: operation.ref, change: reopening(operation, by) }];
    case "acceptHandoff":
      return acceptanceEdits(operation, by);
    default:
      return assertNever(operation);
  }
}

function milestoneEdits({ ref, markdown }: { readonly ref: IssueRef; readonly markdown: string }, stamp: { readonly at: Instant; readonly by: string }): readonly IssueEdit[] {
  const change = changeOfMilestone(markdown, stamp);
  return change === undefined ? [] : [{ ref, change }];
}

function linkEdits(child: IssueRef, { parent, relation, step }: LinkTarget): readonly IssueEdit[] {
  const { onParent, onChild } = linkEnds(parent, child, relation);
  return [
    { ref: parent, change: { kind: "addLink", link: onParent } },
    { ref: child, change: { kind: "addLink", link: onChild } },
    ...(step === undefined ? [] : [{ ref: parent, change: { kind: "linkStep" as const, ...step, child } }]),
  ];
}

interface Parts {
  readonly snapshot: IssueSnapshot;
  readonly pending: readonly PendingOperation[];
  readonly confirmed: readonly PendingOperation[];
}

/** Caches `withPending` for the current state, because every view and row needs it. */
export function withPendingOnce(now: () => Parts | undefined): () => IssueSnapshot | undefined {
  let last: (Parts & { readonly shown: IssueSnapshot }) | undefined;
  return () => {
    const parts = now();
    if (parts === undefined) return undefined;
    const { snapshot, pending, confirmed } = parts;
    const same = last?.snapshot === snapshot && sameItems(last.pending, pending) && sameItems(last.confirmed, confirmed);
    if (last === undefined || !same) last = { ...parts, shown: withPending(snapshot, pending, confirmed) };
    return last.shown;
  };
}

function sameItems<T>(before: readonly T[], now: readonly T[]): boolean {
  return before.length === now.length && now.every((each, index) => each === before[index]);
}
