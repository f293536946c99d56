import { sameData } from "../model/plainData";
import type { Issue, IssueSnapshot } from "../model/issue";
import { type IssueRef, refKey } from "../model/issueRef";
import { partsOf, type PendingOperation } from "../model/operation";
import type { PendingChange } from "./pendingOperation";

/** The difference between two snapshots. */
export interface IssuesChange {
  /** Issues that were added, removed or edited. */
  readonly refs: readonly IssueRef[];
  /** Whether the list of unreadable files changed. */
  readonly broken: boolean;
}

/**
 * Compares a snapshot with an earlier one. Returns `undefined` when they are equal. The issue storage sets the update time, so
 * for issues in `written`, whose change was already shown, a new time alone is not a change.
 */
export function changeBetween(before: IssueSnapshot | undefined, after: IssueSnapshot | undefined, written: readonly PendingOperation[] = []): IssuesChange | undefined {
  if (before === after) return undefined;
  const earlier = new Map((before?.issues ?? []).map((issue) => [refKey(issue.ref), issue]));
  const shown = new Set(written.flatMap(partsOf).flatMap(({ operation }) => (operation.kind === "edit" ? [refKey(operation.ref)] : [])));
  const refs: IssueRef[] = [];
  for (const issue of after?.issues ?? []) {
    const key = refKey(issue.ref);
    const known = earlier.get(key);
    earlier.delete(key);
    if (known === undefined || !sameIssue(known, shown.has(key) ? { ...issue, updatedAt: known.updatedAt } : issue)) refs.push(issue.ref);
  }
  for (const { ref } of earlier.values()) refs.push(ref);
  const broken = !sameData(before?.broken ?? [], after?.broken ?? []);
  const first = (before === undefined) !== (after === undefined);
  return refs.length === 0 && !broken && !first ? undefined : { refs, broken };
}

/** The later snapshot with the objects of the earlier one for equal issues, so that values cached by object stay valid. */
export function keepEqualIssues(before: IssueSnapshot | undefined, after: IssueSnapshot): IssueSnapshot {
  if (before === undefined) return after;
  const earlier = new Map(before.issues.map((issue) => [refKey(issue.ref), issue]));
  const issues = after.issues.map((issue) => {
    const known = earlier.get(refKey(issue.ref));
    return known !== undefined && sameIssue(known, issue) ? known : issue;
  });
  return { ...after, issues };
}

/**
 * Pending operations that were added, removed, or whose attempts changed. The start of a first attempt is not reported, because
 * it usually ends quickly.
 */
export function pendingBetween(before: readonly PendingChange[], after: readonly PendingChange[]): readonly PendingOperation[] {
  const earlier = new Map(before.map((each) => [each.pending.key, each]));
  const changed: PendingOperation[] = [];
  for (const each of after) {
    const known = earlier.get(each.pending.key);
    earlier.delete(each.pending.key);
    if (known === undefined || !sameData(beforeFirstAttempt(known), beforeFirstAttempt(each))) changed.push(each.pending);
  }
  return [...changed, ...[...earlier.values()].map(({ pending }) => pending)];
}

function beforeFirstAttempt(change: PendingChange): PendingChange {
  return change.attempts > 0 ? change : { ...change, state: "pending", unsure: false };
}

function sameIssue(a: Issue, b: Issue): boolean {
  return a === b || (a.updatedAt === b.updatedAt && a.body === b.body && sameData(a, b));
}
