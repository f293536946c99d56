import type { Issue } from "./issue";
import type { LinkKind } from "./issueChange";
import { sameRef, type IssueRef } from "./issueRef";
import { readLinks } from "./linkRegion";

/** Another issue that this one is linked to, as in `blockedBy` it; title and state where the store told them. */
export interface RelatedIssue {
  readonly kind: LinkKind;
  readonly ref: IssueRef;
  readonly title?: string;
  readonly state?: Issue["state"];
}

export interface LinkedPullRequest {
  readonly ref: IssueRef;
  readonly title: string;
  readonly state: "open" | "draft" | "merged" | "closed";
  /** Its page on the web. */
  readonly url: string;
}

/** Everything an issue is linked to, each once. */
export interface IssueRelations {
  readonly issues: readonly RelatedIssue[];
  readonly pullRequests: readonly LinkedPullRequest[];
}

/** The links of the issue's text, and those that its store keeps itself, as one list: what both have is there once, as the store knows it. */
export function relationsOf(issue: Issue, native: readonly RelatedIssue[] = [], pullRequests: readonly LinkedPullRequest[] = []): IssueRelations {
  const told = readLinks(issue.body, issue.ref.repository).flatMap((link) => (link.kind === "postmortem" ? [] : [{ kind: link.kind, ref: link.other }]));
  const isNative = ({ kind, ref }: RelatedIssue): boolean => native.some((other) => sameRef(other.ref, ref) && (other.kind === kind || kind === "related"));
  return { issues: [...native, ...told.filter((link) => !isNative(link))], pullRequests };
}
