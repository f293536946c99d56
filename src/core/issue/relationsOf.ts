import { readLinks } from "../markup/linkRegion";
import type { Issue } from "../model/issue";
import { sameRef } from "../model/issueRef";
import type { IssueRelations, LinkedPullRequest, RelatedIssue } from "../model/relations";

/** Combines the links in the issue's text with its native links. A link in both is listed once, in its native form. */
export function relationsOf(issue: Issue, native: readonly RelatedIssue[] = [], pullRequests: readonly LinkedPullRequest[] = []): IssueRelations {
  const recorded = readLinks(issue.body, issue.ref.repository).flatMap((link) => (link.kind === "postmortem" ? [] : [{ kind: link.kind, ref: link.other }]));
  const isNative = ({ kind, ref }: RelatedIssue): boolean => native.some((other) => sameRef(other.ref, ref) && (other.kind === kind || kind === "related"));
  return { issues: [...native, ...recorded.filter((link) => !isNative(link))], pullRequests };
}
