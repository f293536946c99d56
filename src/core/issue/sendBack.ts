import { escapeOwnMarks } from "./hiddenMark";
import type { IssueChange } from "./issueChange";
import type { SendBack } from "./operation";

/** The comment that says to everybody what was sent back to where, and why. */
export function renderSendBack({ gate, section, reason }: SendBack): string {
  return escapeOwnMarks(`**Sent back** from “${gate}” to “${section.title}”:\n\n${reason.trimEnd()}`);
}

/** What sending back does to the run. */
export function reopening({ run, section, at }: SendBack, by: string): IssueChange {
  return { kind: "reopenSection", run, section: section.id, by, at };
}
