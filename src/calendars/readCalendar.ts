import ICAL from "ical.js";
import type { Closing } from "../core/duty/closing";
import { localTime } from "../core/duty/localTime";
import { instantAt } from "../core/instantTime";
import { failed, ok, type Result } from "../core/result";

/** A calendar that was read: what it says of a year. */
export type CalendarYear = (year: number) => readonly Closing[];

/**
 * Reads an iCalendar file (RFC 5545) as a list of closings: an event of whole days closes these dates, one with times that
 * stretch, repeated as it says; cancelled ones count for nothing. Times without a zone, or with one that is not in the time
 * zone database, are in `timezone`. A failure is what is wrong with the file, in the reader's words.
 */
export function readCalendar(text: string, timezone: string): Result<CalendarYear, string> {
  try {
    const events = eventsOf(text);
    // What an event says is only looked at when it is asked for its times: one look now tells whether they make sense.
    for (const event of events) closingsOf(event, 1970, timezone);
    return ok((year) => events.flatMap((event) => closingsOf(event, year, timezone)));
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

function eventsOf(text: string): readonly ICAL.Event[] {
  const parsed: unknown = ICAL.parse(text.replace(/^\uFEFF/, ""));
  const calendars = Array.isArray(parsed) && typeof parsed[0] === "string" ? [parsed] : Array.isArray(parsed) ? parsed : [];
  const components = calendars.map((one) => new ICAL.Component(one));
  if (!components.some(({ name }) => name === "vcalendar")) throw new Error("This is no iCalendar file.");
  const all = components.flatMap((one) => one.getAllSubcomponents("vevent"));
  const changed = all.filter((one) => one.hasProperty("recurrence-id"));
  return all
    .filter((one) => !changed.includes(one) && !isCancelled(one))
    .map((one) => new ICAL.Event(one, { exceptions: changed.filter((other) => other.getFirstPropertyValue("uid") === one.getFirstPropertyValue("uid")) }));
}

function isCancelled(event: ICAL.Component): boolean {
  return String(event.getFirstPropertyValue("status")).toUpperCase() === "CANCELLED";
}

/** More repetitions than this before the year is over are not looked at: a hostile file must not cost time. */
const mostRepetitions = 20_000;

function closingsOf(event: ICAL.Event, year: number, timezone: string): readonly Closing[] {
  if (!event.isRecurring()) return closing(event, event.startDate, event.endDate, year, timezone);
  const found: Closing[] = [];
  const repetitions = event.iterator();
  for (let count = 0; count < mostRepetitions; count += 1) {
    const next = repetitions.next();
    if (next === null || next === undefined || next.year > year) break;
    const { startDate, endDate, item } = event.getOccurrenceDetails(next);
    if (!isCancelled(item.component)) found.push(...closing(item, startDate, endDate, year, timezone));
  }
  return found;
}

function closing(event: ICAL.Event, from: ICAL.Time, to: ICAL.Time, year: number, timezone: string): readonly Closing[] {
  if (from.year > year || to.year < year) return [];
  if (!from.isDate) {
    const zone = zoneOf(event, "dtstart") ?? timezone;
    const [start, end] = [instantOf(from, zone), instantOf(to, zoneOf(event, "dtend") ?? zone)];
    return start < end ? [{ kind: "stretch", from: instantAt(start), to: instantAt(end) }] : [];
  }
  const days: Closing[] = [];
  for (const day = from.clone(); days.length === 0 || (day.compareDateOnlyTz(to, ICAL.Timezone.localTimezone) < 0 && days.length < mostDays); day.adjust(1, 0, 0, 0)) {
    days.push({ kind: "day", date: day.toString() });
  }
  return days.filter((one) => one.kind === "day" && one.date.startsWith(`${String(year).padStart(4, "0")}-`));
}

const mostDays = 3660;

function instantOf(time: ICAL.Time, zone: string): number {
  if (time.zone === ICAL.Timezone.utcTimezone) return time.toUnixTime() * 1000;
  return localTime(time.toString(), "start", zone);
}

/** The time zone that a property names, where the database has it. */
function zoneOf(event: ICAL.Event, property: string): string | undefined {
  const name = event.component.getFirstProperty(property)?.getFirstParameter("tzid");
  if (name === undefined || name === "") return undefined;
  try {
    localTime("2026-01-01", "start", name);
    return name;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
