import type { Instant } from "./issue";
import type { IssueLink } from "./issueChange";
import type { IssueRef } from "./issueRef";
import type { LinkedPullRequest } from "./relations";

/** An event on an issue, as the issue storage reports it. */
export type TimelineEvent = {
  readonly at: Instant;
  readonly by: string;
} & (
  | { readonly kind: "opened" }
  | { readonly kind: "commented"; readonly markdown: string; /** Its page on the web. */ readonly url?: string }
  | { readonly kind: "labeled"; readonly label: string }
  | { readonly kind: "unlabeled"; readonly label: string }
  | { readonly kind: "assigned"; readonly login: string }
  | { readonly kind: "unassigned"; readonly login: string }
  | { readonly kind: "retitled"; readonly from: string; readonly to: string }
  | { readonly kind: "linked"; readonly link: IssueLink }
  | { readonly kind: "closed" }
  | { readonly kind: "reopened" }
  | ({ readonly kind: "referenced" } & NamingCommit)
  | ({ readonly kind: "mentioned" } & NamingIssue)
);

/** A commit whose message names the issue. */
export interface NamingCommit {
  readonly sha: string;
  /** The first line of its message, if the issue storage returned it. Anybody can write it. */
  readonly subject?: string;
  /** Its page on the web. */
  readonly url?: string;
}

/** Another issue, or a pull request, that names the issue. Anybody can write its title. The state is that of the reading. */
export interface NamingIssue {
  readonly ref: IssueRef;
  readonly title: string;
  readonly isPullRequest: boolean;
  readonly state: LinkedPullRequest["state"];
  /** Its page on the web. */
  readonly url: string;
}

/**
 * Milestones that people and metrics count from, and notes. Acknowledging fixes nothing and can be withdrawn; mitigated is not
 * resolved; resolved is not closed; a cancelled issue was not an incident. `lead` and `role` are about who holds a role.
 */
export type Milestone =
  | "started"
  | "detected"
  | "acknowledged"
  | "unacknowledged"
  | "mitigated"
  | "resolved"
  | "cancelled"
  | "lead"
  | "role"
  | "handoff"
  | "escalation"
  | "update"
  | "note";
