import { readHandoff } from "../markup/handoffRegion";
import type { Desk } from "../model/desk";
import type { Handoff } from "../model/handoff";
import { handoffKind, type Issue } from "../model/issue";
import { wasOnCall } from "../oncall/rotation";

/** A hand-off with the issue that holds it. */
export interface HandoffIssue {
  readonly issue: Issue;
  readonly handoff: Handoff;
}

/**
 * The hand-offs among the issues that suit. One counts only with its label, which takes the right to set it, and by somebody
 * who was on duty when it was written, or in the shift before.
 */
export function handoffIssues(issues: readonly Issue[], desk: Desk, suits: (kept: HandoffIssue) => boolean): readonly HandoffIssue[] {
  return issues.flatMap((issue) => {
    const handoff = issue.labels.some((label) => label.toLowerCase() === handoffKind) ? readHandoff(issue.body) : undefined;
    const kept = handoff === undefined ? undefined : { issue, handoff };
    return kept !== undefined && suits(kept) && wasOnCall(desk, issue.author, issue.createdAt) ? [kept] : [];
  });
}

/** The hand-offs that nobody has accepted yet. */
export function pendingHandoffs(issues: readonly Issue[], desk: Desk): readonly HandoffIssue[] {
  return handoffIssues(issues, desk, ({ issue, handoff }) => issue.state === "open" && handoff.accepted === undefined);
}
