import type { Desk } from "../../core/desk/desk";
import { checklistKind } from "../../core/issue/checklistKind";
import type { Instant } from "../../core/issue/issue";
import { checklistDay } from "./checklistDay";
import type { KnownIssue } from "./knownIssue";

/** Whether it is a role checklist of an earlier day or turn that is open and has open steps: nothing of it is carried over by itself. */
export function leftOpen({ issue, facts }: KnownIssue, desk: Desk, now: Instant): boolean {
  const date = / \u00B7 (\d{4}-\d\d-\d\d)$/.exec(issue.title)?.[1];
  if (facts.kind !== checklistKind || issue.state !== "open" || date === undefined || facts.progress === undefined) return false;
  const turn = checklistDay(desk, "start-of-turn", now);
  return facts.progress.settled < facts.progress.total && date !== turn && date < checklistDay(desk, "start-of-day", now);
}
