import type { Issue } from "./issue";
import type { LinkKind } from "./issueChange";
import type { IssueRef } from "./issueRef";

/** Another issue that this one is linked to. Title and state are present if the issue storage returned them. */
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

/** All links of an issue, without duplicates. */
export interface IssueRelations {
  readonly issues: readonly RelatedIssue[];
  readonly pullRequests: readonly LinkedPullRequest[];
}
