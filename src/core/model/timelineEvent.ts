import type { Instant } from "./issue";
import type { IssueLink } from "./issueChange";

/** Something that happened to an issue, as its store tells it. */
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

/** Moments that people and figures need. Acknowledging fixes nothing, and can be taken back; mitigated is not resolved; resolved is not closed. */
export type Milestone = "acknowledged" | "unacknowledged" | "mitigated" | "resolved" | "lead" | "handoff" | "escalation" | "update";
