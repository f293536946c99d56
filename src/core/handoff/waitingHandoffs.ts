import type { Desk } from "../desk/desk";
import { wasOnDuty } from "../duty/rotation";
import type { Issue } from "../issue/issue";
import { handoffKind } from "../issue/ownKinds";
import type { Handoff } from "./handoff";
import { readHandoff } from "./handoffRegion";

/** A hand-off with the issue that holds it. */
export interface KeptHandoff {
  readonly issue: Issue;
  readonly handoff: Handoff;
}

/**
 * The hand-offs among the issues that suit. One counts only with its label, which takes the right to set it, and by somebody
 * who was on duty when it was written, or in the shift before.
 */
export function keptHandoffs(issues: readonly Issue[], desk: Desk, suits: (kept: KeptHandoff) => boolean): readonly KeptHandoff[] {
  return issues.flatMap((issue) => {
    const handoff = issue.labels.some((label) => label.toLowerCase() === handoffKind) ? readHandoff(issue.body) : undefined;
    const kept = handoff === undefined ? undefined : { issue, handoff };
    return kept !== undefined && suits(kept) && wasOnDuty(desk, issue.author, issue.createdAt) ? [kept] : [];
  });
}

/** The hand-offs that nobody has accepted yet. */
export function waitingHandoffs(issues: readonly Issue[], desk: Desk): readonly KeptHandoff[] {
  return keptHandoffs(issues, desk, ({ issue, handoff }) => issue.state === "open" && handoff.accepted === undefined);
}
