import { sameData } from "../model/equality";
import type { Issue, IssueSnapshot } from "../model/issue";
import { type IssueRef, refKey } from "../model/issueRef";
import { partsOf, type PendingOperation } from "../model/operation";
import type { PendingChange } from "./pendingOperation";

/** How two snapshots differ. */
export interface IssuesChange {
  /** Issues that were added, removed or edited. */
  readonly refs: readonly IssueRef[];
  /** The list of files that cannot be read as issues is another one. */
  readonly broken: boolean;
}

/**
 * How a snapshot differs from an earlier one; `undefined` where it does not. The stores set the time of an issue's last change
 * themselves: for issues that `written` edits, whose effect was shown before, a new time alone is no change.
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

/** The later snapshot with the objects of the earlier one for issues that are equal, so that what was worked out for them is kept. */
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
 * The pending operations that were added or removed, or of whose attempts something else is known now. That a first attempt has begun is
 * no news: it usually ends at once.
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
