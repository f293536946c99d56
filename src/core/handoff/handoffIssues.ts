import { readHandoff } from "../markup/handoffRegion";
import type { Desk } from "../model/desk";
import type { Handoff } from "../model/handoff";
import { handoffKind, type Issue } from "../model/issue";
import { wasOnCall } from "../oncall/rotation";

/** A handoff and its issue. */
export interface HandoffIssue {
  readonly issue: Issue;
  readonly handoff: Handoff;
}

/**
 * The matching handoffs among the issues. A handoff counts only if it has the label, which requires write access, and if its
 * author was on call then or in the shift before.
 */
export function handoffIssues(issues: readonly Issue[], desk: Desk, suits: (kept: HandoffIssue) => boolean): readonly HandoffIssue[] {
  return issues.flatMap((issue) => {
    const handoff = issue.labels.some((label) => label.toLowerCase() === handoffKind) ? readHandoff(issue.body) : undefined;
    const kept = handoff === undefined ? undefined : { issue, handoff };
    return kept !== undefined && suits(kept) && wasOnCall(desk, issue.author, issue.createdAt) ? [kept] : [];
  });
}

/** The handoffs that are not accepted yet. */
export function pendingHandoffs(issues: readonly Issue[], desk: Desk): readonly HandoffIssue[] {
  return handoffIssues(issues, desk, ({ issue, handoff }) => issue.state === "open" && handoff.accepted === undefined);
}
