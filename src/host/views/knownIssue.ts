import type { Issue } from "../../core/issue/issue";
import type { IssueFacts } from "../../core/issue/issueFacts";

/** An issue with what the desk makes of it. */
export interface KnownIssue {
  readonly issue: Issue;
  readonly facts: IssueFacts;
}
