import type { Instant } from "./issue";
import type { IssueLink } from "./issueChange";

/** An event on an issue, as the issue storage reports it. */
export type TimelineEvent = {
  readonly at: Instant;
  readonly by: string;
} & (
  | { readonly kind: "opened" }
  | { readonly kind: "commented"; readonly markdown: string }
  | { readonly kind: "labeled"; readonly label: string }
  | { readonly kind: "unlabeled"; readonly label: string }
  | { readonly kind: "assigned"; readonly login: string }
  | { readonly kind: "unassigned"; readonly login: string }
  | { readonly kind: "retitled"; readonly from: string; readonly to: string }
  | { readonly kind: "linked"; readonly link: IssueLink }
  | { readonly kind: "closed" }
  | { readonly kind: "reopened" }
);

/**
 * Milestones that people and metrics count from. Acknowledging fixes nothing and can be withdrawn; mitigated is not resolved;
 * resolved is not closed.
 */
export type Milestone = "acknowledged" | "unacknowledged" | "mitigated" | "resolved" | "lead" | "handoff" | "escalation" | "update";
