import { dateTextOf } from "../calendar/localTime";
import { issueFacts } from "../issue/issueFacts";
import { dateText } from "../model/calendarDate";
import type { Checklist } from "../model/checklist";
import { type Desk, rotationsOf } from "../model/desk";
import { checklistKind, type Instant, type Issue } from "../model/issue";
import type { ChecklistTime, Runbook } from "../model/runbook";
import { dayAt, firstDayOf, shiftOfDay } from "./rotationDays";

interface FoundChecklist {
  readonly issue: Issue;
  readonly checklists: readonly Checklist[];
}

/** The issue with the role checklist of that day. A checklist that is not started yet is found by its title. */
export function findChecklist(issues: readonly Issue[], desk: Desk, runbook: Runbook, date: string): FoundChecklist | undefined {
  return issues
    .filter((issue) => issue.title.endsWith(` · ${date}`))
    .map((issue) => ({ issue, facts: issueFacts(issue, desk) }))
    .filter(({ facts }) => facts.kind === checklistKind)
    .map(({ issue, facts }) => ({ issue, checklists: facts.checklists }))
    .find(({ issue, checklists }) => checklists.some((checklist) => checklist.runbook === runbook.path) || (checklists.length === 0 && issue.title === `${runbook.title} · ${date}`));
}

/** The ISO date, in the desk's time zone, that a role checklist started now belongs to: today, or the first day of the shift. */
export function checklistDay(desk: Desk, when: ChecklistTime | undefined, now: Instant): string {
  const [rotation] = rotationsOf(desk);
  if ((when !== "start-of-shift" && when !== "end-of-shift") || rotation === undefined) return dateTextOf(now, desk.timezone);
  const number = shiftOfDay(rotation, dayAt(rotation, now, desk.timezone));
  return number < 0 ? dateTextOf(now, desk.timezone) : dateText(firstDayOf(rotation, number));
}
