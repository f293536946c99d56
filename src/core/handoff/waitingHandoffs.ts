import type { Issue } from "../issue/issue";
import type { Handoff } from "./handoff";
import { readHandoff } from "./handoffRegion";

/** A hand-off with the issue that holds it. */
export interface KeptHandoff {
  readonly issue: Issue;
  readonly handoff: Handoff;
}

/** All hand-offs among the issues. */
export function keptHandoffs(issues: readonly Issue[]): readonly KeptHandoff[] {
  return issues.flatMap((issue) => {
    const handoff = readHandoff(issue.body);
    return handoff === undefined ? [] : [{ issue, handoff }];
  });
}

/** The hand-offs that nobody has accepted yet. */
export function waitingHandoffs(issues: readonly Issue[]): readonly KeptHandoff[] {
  return keptHandoffs(issues).filter(({ issue, handoff }) => issue.state === "open" && handoff.accepted === undefined);
}
