import type { Urgency } from "../../core/duty/urgency";
import type { Issue } from "../../core/issue/issue";
import type { IssueFacts } from "../../core/issue/issueFacts";

/** An issue with what the desk makes of it. */
export interface KnownIssue {
  readonly issue: Issue;
  readonly facts: IssueFacts;
  /** What is due first, for an open issue. */
  readonly urgency?: Urgency;
}
