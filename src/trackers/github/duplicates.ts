import { millisecondsOf } from "../../core/model/instant";
import { checklistKind, type Instant, type Issue } from "../../core/model/issue";
import type { OperationKey } from "../../core/model/operation";

/** Identifies the write that created an issue. */
interface Origin {
  readonly author: string;
  readonly createdAt: Instant;
}

const maxMillisecondsApart = 15 * 60_000;

/** Whether this is a checklist's key. It is the same on every machine, so that people who start the same checklist share it. */
export function isShared(key: OperationKey): boolean {
  return key.startsWith(`${checklistKind}:`);
}

/** Whether two issues with the same key come from the same write. An issue that a person copied contains the key too. */
export function areDuplicates(key: OperationKey, older: Origin, younger: Origin): boolean {
  const gap = millisecondsOf(younger.createdAt) - millisecondsOf(older.createdAt);
  return Math.abs(gap) <= maxMillisecondsApart && (isShared(key) || older.author === younger.author);
}

/** A duplicate issue and the one that stays. */
export interface Duplicate {
  readonly duplicate: Issue;
  readonly of: Issue;
}

/** Issues in the order of their numbers, without later duplicates. */
export function withoutDuplicates(issues: readonly Issue[], keyOf: (body: string) => OperationKey | undefined): { readonly issues: readonly Issue[]; readonly duplicates: readonly Duplicate[] } {
  const first = new Map<string, Issue>();
  const duplicates: Duplicate[] = [];
  const single = issues.filter((issue) => {
    const key = keyOf(issue.body);
    if (key === undefined) return true;
    const name = `${issue.ref.repository} ${key}`;
    const of = first.get(name);
    if (of === undefined) first.set(name, issue);
    if (of === undefined || !areDuplicates(key, of, issue)) return true;
    duplicates.push({ duplicate: issue, of });
    return false;
  });
  return { issues: single, duplicates };
}
