import type { Desk } from "../../core/desk/desk";
import { dateTextOf } from "../../core/duty/localTime";
import { turnAt } from "../../core/duty/rotation";
import type { Instant } from "../../core/issue/issue";
import type { ChecklistTime } from "../../core/runbook/runbook";

/** The ISO date, in the desk's time zone, that a role checklist started now belongs to: today, or the first day of the turn. */
export function checklistDay(desk: Desk, when: ChecklistTime | undefined, now: Instant): string {
  const perTurn = when === "start-of-turn" || when === "end-of-turn";
  const start = perTurn ? turnAt(desk, now)?.from : undefined;
  return dateTextOf(start ?? now, desk.timezone);
}
