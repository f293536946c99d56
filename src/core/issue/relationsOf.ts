import { readLinks } from "../markup/linkRegion";
import type { Issue } from "../model/issue";
import { sameRef } from "../model/issueRef";
import type { IssueRelations, LinkedPullRequest, RelatedIssue } from "../model/relations";

/** The links of the issue's text, and those that its store keeps itself, as one list: what both have is there once, as the store knows it. */
export function relationsOf(issue: Issue, native: readonly RelatedIssue[] = [], pullRequests: readonly LinkedPullRequest[] = []): IssueRelations {
  const recorded = readLinks(issue.body, issue.ref.repository).flatMap((link) => (link.kind === "postmortem" ? [] : [{ kind: link.kind, ref: link.other }]));
  const isNative = ({ kind, ref }: RelatedIssue): boolean => native.some((other) => sameRef(other.ref, ref) && (other.kind === kind || kind === "related"));
  return { issues: [...native, ...recorded.filter((link) => !isNative(link))], pullRequests };
}
