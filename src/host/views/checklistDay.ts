import { dateText } from "../../core/calendarDate";
import type { Desk } from "../../core/desk/desk";
import { rotationsOf } from "../../core/desk/roles";
import { dateTextOf } from "../../core/duty/localTime";
import { dayAt, firstDayOf, turnOfDay } from "../../core/duty/rotationDays";
import type { Instant } from "../../core/issue/issue";
import type { ChecklistTime } from "../../core/runbook/runbook";

/** The ISO date, in the desk's time zone, that a role checklist started now belongs to: today, or the first day of the turn. */
export function checklistDay(desk: Desk, when: ChecklistTime | undefined, now: Instant): string {
  const [rotation] = rotationsOf(desk);
  if ((when !== "start-of-turn" && when !== "end-of-turn") || rotation === undefined) return dateTextOf(now, desk.timezone);
  const number = turnOfDay(rotation, dayAt(rotation, now, desk.timezone));
  return number < 0 ? dateTextOf(now, desk.timezone) : dateText(firstDayOf(rotation, number));
}
