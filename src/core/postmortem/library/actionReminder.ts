import { addDays } from "temporal-polyfill/fns/PlainDate";
import type { BusinessTime } from "../../calendar/businessTime";
import { dateOf, dateTextOf, localTime } from "../../calendar/localTime";
import { dateText } from "../../model/calendarDate";
import type { Desk } from "../../model/desk";
import { instantAt } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { sameLogin } from "../../model/names";
import { isOwnedBy, type OwnedAction, overdueActions, type PostmortemSummary } from "./library";

/** A reminder of overdue action items: for which day, and when it is shown. */
export interface ActionReminder {
  /** ISO date. */
  readonly day: string;
  readonly at: Instant;
}

/** The overdue action items that a person of the desk owns, by login or name. */
export function ownOverdueActions(library: readonly PostmortemSummary[], { people }: Pick<Desk, "people">, me: string, today: string): readonly OwnedAction[] {
  const name = people.find(({ login }) => sameLogin(login, me))?.name;
  const names = [me, ...(name === undefined ? [] : [name])];
  return overdueActions(library, today).filter(({ action }) => isOwnedBy(action, names));
}

/**
 * The reminders of today and tomorrow for the owner of overdue action items: one on each day with business hours, when they start, but
 * not before 8:00.
 */
export function actionReminders(library: readonly PostmortemSummary[], desk: Pick<Desk, "people" | "timezone">, me: string, time: BusinessTime, now: Instant): readonly ActionReminder[] {
  const { timezone } = desk;
  const today = dateOf(now, timezone);
  return [today, addDays(today, 1)].map(dateText).flatMap((day) => {
    const at = startOfWork(time, day, timezone);
    return at === undefined || ownOverdueActions(library, desk, me, day).length === 0 ? [] : [{ day, at }];
  });
}

function startOfWork(time: BusinessTime, day: string, timezone: string): Instant | undefined {
  const morning = instantAt(localTime(`${day}T08:00:00`, "start", timezone));
  const { open, until } = time.openAt(morning);
  if (open) return morning;
  return until !== undefined && dateTextOf(until, timezone) === day ? until : undefined;
}
