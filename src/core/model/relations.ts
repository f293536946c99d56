import type { Issue } from "./issue";
import type { LinkKind } from "./issueChange";
import type { IssueRef } from "./issueRef";

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
