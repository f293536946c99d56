import { addDays } from "temporal-polyfill/fns/PlainDate";
import type { BusinessTime } from "../../calendar/businessTime";
import { dateTextOf, localTime } from "../../calendar/localTime";
import { dateFrom, dateText, daysBetween, isDate } from "../../model/calendarDate";
import { instantAt, millisecondsOf } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { hasLogin, sameLogin } from "../../model/names";
import type { PostmortemSummary } from "./library";

/** A reminder of a review on one day. */
export interface ReviewReminder {
  readonly path: string;
  readonly title: string;
  /** ISO date of the session. */
  readonly session: string;
  /** ISO date of the reminder. */
  readonly date: string;
  /** When the desk opens on that date. */
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
      const at = late < 0 || late > maxLate ? undefined : openingOn(date, timezone, time, late === 0);
      return at === undefined ? [] : [{ path, title, session: review, date, at, late, isDraft: status === "Draft" }];
    });
  });
  const latest = all.toSorted((a, b) => a.late - b.late);
  return all.filter((reminder) => latest.filter(({ date }) => date === reminder.date).indexOf(reminder) < maxOnOneDay);
}

/** When the desk opens on a date. Without business hours, and on a day off that counts `always`, nine o'clock. */
function openingOn(date: string, timezone: string, time: BusinessTime, always: boolean): Instant | undefined {
  const midnight = instantAt(localTime(`${date}T00:00`, "start", timezone));
  const first = time.after(midnight, 1);
  const nine = instantAt(localTime(`${date}T09:00`, "start", timezone));
  if (first !== undefined && millisecondsOf(first) === millisecondsOf(midnight) + 1) return nine;
  if (first !== undefined && dateTextOf(first, timezone) === date) return instantAt(millisecondsOf(first) - 1);
  return always ? nine : undefined;
}
