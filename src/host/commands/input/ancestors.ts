import type { IssueFacts } from "../../../core/issue/issueFacts";
import { refKey, type IssueRef } from "../../../core/issue/issueRef";

/** Keys of an issue and of all issues it was raised from: those it may not be given as a child. */
export function selfAndAncestors(ref: IssueRef, factsOf: (ref: IssueRef) => IssueFacts | undefined): ReadonlySet<string> {
  const seen = new Set<string>();
  for (let at: IssueRef | undefined = ref; at !== undefined && !seen.has(refKey(at)); at = factsOf(at)?.parent) seen.add(refKey(at));
  return seen;
}
