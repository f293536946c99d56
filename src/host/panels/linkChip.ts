import type { Issue } from "../../core/issue/issue";
import { formatRef, type IssueRef, refIndex } from "../../core/issue/issueRef";
import type { LinkChip } from "../../protocol/checklist";

/** Finds an issue of the snapshot by its reference. */
export type FindIssue = (ref: IssueRef) => Issue | undefined;

/** What is known of another issue, as it is called from `home`. */
export function linkChip(ref: IssueRef, home: string, find: FindIssue, relation?: string): LinkChip {
  const issue = find(ref);
  return {
    ref,
    reference: formatRef(ref, home),
    state: issue?.state ?? "unknown",
    ...(issue === undefined ? {} : { title: issue.title }),
    ...(relation === undefined ? {} : { relation }),
  };
}

/** Looks up issues without going through the list each time. */
export function issueFinder(issues: readonly Issue[]): FindIssue {
  return refIndex(issues, ({ ref }) => ref);
}
