import { addDays } from "temporal-polyfill/fns/PlainDate";
import type { BusinessTime } from "../../calendar/businessTime";
import { dateOf, dateTextOf, localTime } from "../../calendar/localTime";
import { dateFrom, dateText, daysBetween, isDate } from "../../model/calendarDate";
import type { Desk } from "../../model/desk";
import { instantAt, millisecondsOf } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { hasLogin, sameLogin } from "../../model/names";
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

/** The reminders of today and tomorrow for the owner of overdue action items: one when work starts on each day with business hours. */
export function actionReminders(library: readonly PostmortemSummary[], desk: Pick<Desk, "people" | "timezone">, me: string, time: BusinessTime, now: Instant): readonly ActionReminder[] {
  const { timezone } = desk;
  const today = dateOf(now, timezone);
  return [today, addDays(today, 1)].map(dateText).flatMap((day) => {
    const at = startOfWork(day, timezone, time);
    return at === undefined || ownOverdueActions(library, desk, me, day).length === 0 ? [] : [{ day, at }];
  });
}

/** A reminder of a review on one day. */
export interface ReviewReminder {
  readonly path: string;
  readonly title: string;
  /** ISO date of the session. */
  readonly session: string;
  /** ISO date of the reminder. */
  readonly date: string;
  /** When work starts on that date. */
  readonly at: Instant;
  /** Days since the session, 0 on its day. */
  readonly late: number;
  /** Nobody requested the review yet. */
  readonly isDraft: boolean;
}

/** What reminders need to know about a post-mortem. */
export type ReviewedFile = Pick<PostmortemSummary, "path" | "title" | "status" | "review" | "reviewers" | "owner" | "lead">;

/** Days after the session from which a review counts as abandoned. Folders of other teams contain many old drafts. */
const maxLate = 60;

/** The most reminders on one day. The latest sessions come first. */
const maxOnOneDay = 3;

/**
 * The reminders of a person for today and the next day: from the day of the session on each working day, until somebody marks the
 * post-mortem as reviewed. Owner and lead are reminded, and the reviewers once the review is requested. Reviews that are long
 * overdue, and more than a few on one day, are left out.
 */
export function reviewReminders(files: readonly ReviewedFile[], me: string, now: Instant, timezone: string, time: BusinessTime): readonly ReviewReminder[] {
  const today = dateTextOf(now, timezone);
  const all = files.flatMap((file) => {
    const { path, title, status, review, reviewers, owner, lead } = file;
    if ((status !== "Draft" && status !== "In review") || review === undefined || !isDate(review)) return [];
    const isResponsible = [owner, lead].some((login) => login !== undefined && sameLogin(login, me));
    if (!isResponsible && !(status === "In review" && hasLogin(reviewers, me))) return [];
    return [today, dateText(addDays(dateFrom(today), 1))].flatMap((date): readonly ReviewReminder[] => {
      const late = daysBetween(dateFrom(review), dateFrom(date));
      const onDayOff = late === 0 ? nineOClock(date, timezone) : undefined;
      const at = late < 0 || late > maxLate ? undefined : startOfWork(date, timezone, time) ?? onDayOff;
      return at === undefined ? [] : [{ path, title, session: review, date, at, late, isDraft: status === "Draft" }];
    });
  });
  const latest = all.toSorted((a, b) => a.late - b.late);
  return all.filter((reminder) => latest.filter(({ date }) => date === reminder.date).indexOf(reminder) < maxOnOneDay);
}

/** When business hours start on a date; nine o'clock if they include midnight. `undefined` on a day without business hours. */
function startOfWork(date: string, timezone: string, time: BusinessTime): Instant | undefined {
  const midnight = instantAt(localTime(`${date}T00:00`, "start", timezone));
  const first = time.after(midnight, 1);
  if (first !== undefined && millisecondsOf(first) === millisecondsOf(midnight) + 1) return nineOClock(date, timezone);
  return first !== undefined && dateTextOf(first, timezone) === date ? instantAt(millisecondsOf(first) - 1) : undefined;
}

function nineOClock(date: string, timezone: string): Instant {
  return instantAt(localTime(`${date}T09:00`, "start", timezone));
}
