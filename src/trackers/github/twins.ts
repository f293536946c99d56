import { millisecondsOf } from "../../core/instantTime";
import { checklistKind } from "../../core/issue/checklistKind";
import type { Instant, Issue } from "../../core/issue/issue";
import type { OperationKey } from "../../core/issue/operation";

/** What tells whether two issues came from one write. */
export interface Birth {
  readonly author: string;
  readonly createdAt: Instant;
}

const apartAtMost = 15 * 60_000;

/** Whether a checklist's key: it is the same on every machine, so that two people who start it share one. */
export function isShared(key: OperationKey): boolean {
  return key.startsWith(`${checklistKind}:`);
}

/** Whether an issue with the key of an older one came from the same write: a copy that a person made carries the mark too. */
export function areTwins(key: OperationKey, older: Birth, younger: Birth): boolean {
  const gap = millisecondsOf(younger.createdAt) - millisecondsOf(older.createdAt);
  return Math.abs(gap) <= apartAtMost && (isShared(key) || older.author === younger.author);
}

/** A second issue of one write, and the one that stays. */
export interface Twin {
  readonly twin: Issue;
  readonly of: Issue;
}

/** Issues, in the order of their numbers, without the younger twins among them. */
export function withoutTwins(issues: readonly Issue[], keyOf: (body: string) => OperationKey | undefined): { readonly issues: readonly Issue[]; readonly twins: readonly Twin[] } {
  const first = new Map<string, Issue>();
  const twins: Twin[] = [];
  const single = issues.filter((issue) => {
    const key = keyOf(issue.body);
    if (key === undefined) return true;
    const name = `${issue.ref.repository} ${key}`;
    const of = first.get(name);
    if (of === undefined) first.set(name, issue);
    if (of === undefined || !areTwins(key, of, issue)) return true;
    twins.push({ twin: issue, of });
    return false;
  });
  return { issues: single, twins };
}
