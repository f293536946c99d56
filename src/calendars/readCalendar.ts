import ICAL from "ical.js";
import { addDays } from "temporal-polyfill/fns/PlainDate";
import { findIana } from "windows-iana";
import { millisecondsPerDay } from "../core/calendar/businessTime";
import type { Closure } from "../core/calendar/holidays";
import { localTime, startOfDay } from "../core/calendar/localTime";
import { dateFrom, dateText } from "../core/model/calendarDate";
import { instantAt } from "../core/model/instant";
import { failed, ok, type Result } from "../core/model/result";

/** The closures of a year: every closure that overlaps it in the desk's time zone. */
export type CalendarYear = (year: number) => readonly Closure[];

/** A parsed calendar file. */
interface CalendarReading {
  readonly closures: CalendarYear;
  /** Names of unknown time zones. Their events are ignored. */
  readonly unknownZones: readonly string[];
  /** Titles of events that are not supported. They are ignored. */
  readonly badEvents: readonly string[];
}

/**
 * Parses an iCalendar file (RFC 5545) as closures: all-day events close whole dates, timed events close spans, and repetition
 * rules are applied. Cancelled events are ignored, and moved occurrences count at their new time, with or without their series.
 * Times without a zone are in `timezone`. A failure is the reason why the file is invalid.
 */
export function readCalendar(text: string, timezone: string): Result<CalendarReading, string> {
  const unknownZones = new Set<string>();
  const badEvents: string[] = [];
  try {
    const series = eventsOf(text).flatMap(({ main, moved }) => {
      const unknown = [main, ...moved].flatMap((event) => resolveTimes(event, timezone));
      for (const zone of unknown) unknownZones.add(zone);
      if (unknown.length > 0) return [];
      try {
        return [seriesOf(main, moved)];
      } catch (error) {
        // The library throws this error for rules and dates that it does not support.
        if (!(error instanceof Error)) throw error;
        badEvents.push(titleOf(main));
        return [];
      }
    });
    for (const { title, isTooLong } of series) if (isTooLong) badEvents.push(title);
    return ok({ closures: (year) => series.flatMap((one) => closuresIn(one, year, timezone)), unknownZones: [...unknownZones], badEvents });
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** An event or the first of a series, with the separately changed occurrences. */
interface EventParts {
  readonly main: ICAL.Component;
  readonly moved: readonly ICAL.Component[];
}

function eventsOf(text: string): readonly EventParts[] {
  const parsed: unknown = ICAL.parse(text.replace(/^\uFEFF/, ""));
  const calendars = Array.isArray(parsed) && typeof parsed[0] === "string" ? [parsed] : Array.isArray(parsed) ? parsed : [];
  const components = calendars.map((one) => new ICAL.Component(one));
  if (!components.some(({ name }) => name === "vcalendar")) throw new Error("This is no iCalendar file.");
  const all = components.flatMap((one) => one.getAllSubcomponents("vevent"));
  const uidOf = (event: ICAL.Component): unknown => event.getFirstPropertyValue("uid");
  const changed = all.filter((one) => one.hasProperty("recurrence-id"));
  const whole = all.filter((one) => !one.hasProperty("recurrence-id"));
  const alone = changed.filter((one) => !whole.some((other) => uidOf(other) === uidOf(one)));
  return [...whole.map((main) => ({ main, moved: changed.filter((one) => uidOf(one) === uidOf(main)) })), ...alone.map((main) => ({ main, moved: [] }))];
}

/** Resolves the time zones of all times of an event, and returns the names of unknown ones. */
function resolveTimes(event: ICAL.Component, timezone: string): readonly string[] {
  return ["dtstart", "dtend", "recurrence-id", "rdate", "exdate"].flatMap((name) =>
    event.getAllProperties(name).flatMap((property): readonly string[] => {
      const times = property.getValues().flatMap((value: unknown) => (value instanceof ICAL.Period ? [value.start, ...(value.end === null ? [] : [value.end])] : value instanceof ICAL.Time ? [value] : []));
      const local = times.filter((time) => !time.isDate && time.zone !== ICAL.Timezone.utcTimezone);
      if (local.length === 0) return [];
      const named = property.getFirstParameter("tzid");
      const zone = named === undefined || named === "" ? namedZone(timezone) : calendarZone(named, event.parent);
      if (zone === undefined) return [named ?? ""];
      for (const time of local) time.zone = zone;
      return [];
    }),
  );
}

/** One occurrence of an event: milliseconds since the epoch, or for all-day events days since then. `to` is exclusive. */
interface Occurrence {
  readonly wholeDays: boolean;
  readonly from: number;
  readonly to: number;
}

/** An event with all its occurrences. */
interface Series {
  readonly title: string;
  /** Whether it repeats so often that it is not evaluated completely. */
  readonly isTooLong: boolean;
  /** All occurrences that overlap a span of milliseconds since the epoch. The result can contain others. */
  readonly between: (from: number, to: number) => readonly Occurrence[];
}

/** Maximum number of repetitions, and none within a day, to limit the cost of malicious files. */
const maxRepetitions = 60_000;

const maxOccurrences = 2000;

function seriesOf(main: ICAL.Component, moved: readonly ICAL.Component[]): Series {
  const event = new ICAL.Event(main, { exceptions: [] });
  const { startDate } = event;
  if (!(startDate instanceof ICAL.Time)) throw new Error("An event has no date.");
  const repeats = !main.hasProperty("recurrence-id");
  const valuesOf = (name: string): readonly unknown[] => (repeats ? main.getAllProperties(name).flatMap((property) => property.getValues()) : []);

  const changes = moved.filter((one) => one.getFirstProperty("recurrence-id")?.getFirstParameter("range") === "THISANDFUTURE").map(laterChange).toSorted((a, b) => a.from - b.from);
  const gone = new Set([...moved.map((one) => keyOf(timesOf(one, "recurrence-id")[0], startDate)), ...timesOf(main, "exdate").map((time) => keyOf(time, startDate))]);
  const alone = [
    ...moved.filter((one) => !isCancelled(one)).map((one) => occurrence(new ICAL.Event(one, { exceptions: [] }))),
    ...valuesOf("rdate").flatMap((value) => (value instanceof ICAL.Period ? [{ wholeDays: false, from: unixMilliseconds(value.start), to: unixMilliseconds(value.getEnd()) }] : [])),
  ];
  const occurrenceAt = (start: ICAL.Time): readonly Occurrence[] => {
    if ([keyOf(start, startDate), dayOf(start)].some((key) => gone.has(key))) return [];
    const change = changes.findLast(({ from }) => from <= unixMilliseconds(start));
    if (change !== undefined) return change.cancelled ? [] : [occurrence(change.event, shifted(start, change))];
    return isCancelled(main) ? [] : [occurrence(event, start)];
  };

  // Maximum distance between the local start of an occurrence and everything that it covers.
  const longest = Math.max(...[event, ...changes.map((one) => one.event)].map((one) => wallOf(one.endDate) - wallOf(one.startDate)), 0);
  const slack = Math.max(0, ...changes.map(({ shift }) => Math.abs(shift))) + 2 * millisecondsPerDay;
  const starts: ICAL.Time[] = [startDate, ...valuesOf("rdate").flatMap((value) => (value instanceof ICAL.Time ? [value] : []))];
  const rules = valuesOf("rrule").flatMap((value) => (value instanceof ICAL.Recur ? [ruleOf(value, startDate)] : []));
  const advance = (to: number): void => {
    for (const rule of rules) {
      while (!rule.done && rule.at < to) {
        const next: unknown = rule.iterator.next();
        rule.count += 1;
        rule.isTooLong = rule.count > (rule.often ? maxOccurrences : maxRepetitions);
        rule.done = rule.isTooLong || !(next instanceof ICAL.Time);
        if (!(next instanceof ICAL.Time)) continue;
        rule.at = wallOf(next);
        if (rule.at !== wallOf(startDate)) starts.push(next.clone());
      }
    }
  };
  // Evaluating the first occurrences shows whether the event and its rules are valid.
  occurrenceAt(startDate);
  advance(wallOf(startDate) + 1);
  if (rules.some(({ often }) => often)) advance(endOfCentury);
  return {
    title: titleOf(main),
    isTooLong: rules.some((rule) => rule.often && rule.isTooLong),
    between: (from, to) => {
      advance(to + slack);
      const near = starts.filter((start) => wallOf(start) < to + slack && from < wallOf(start) + longest + slack);
      return [...near.flatMap(occurrenceAt), ...alone];
    },
  };
}

/** A repetition rule and the occurrences computed so far. */
function ruleOf(given: ICAL.Recur, start: ICAL.Time) {
  const rule = given.clone();
  // For events that start on 29 February or on the 31st, the library returns 1 March or the 1st in years and months without that day. These have to be
  // skipped.
  if (Object.keys(rule.parts).length === 0 && start.day > 28) {
    if (rule.freq === "YEARLY") rule.setComponent("BYMONTH", [start.month]);
    if (rule.freq === "YEARLY" || rule.freq === "MONTHLY") rule.setComponent("BYMONTHDAY", [start.day]);
  }
  return { iterator: rule.iterator(start), at: Number.NEGATIVE_INFINITY, count: 0, done: false, isTooLong: false, often: ["SECONDLY", "MINUTELY", "HOURLY"].includes(rule.freq) };
}

const endOfCentury = Date.UTC(2100, 0, 1);

/** A change of all occurrences of a series from one on. */
interface LaterChange {
  readonly from: number;
  readonly event: ICAL.Event;
  readonly cancelled: boolean;
  /** The offset of the changed times in milliseconds of local time. */
  readonly shift: number;
}

function laterChange(component: ICAL.Component): LaterChange {
  const event = new ICAL.Event(component, { exceptions: [] });
  const [original] = timesOf(component, "recurrence-id");
  if (original === undefined) throw new Error("A changed event does not say which one it was.");
  return { from: unixMilliseconds(original), event, cancelled: isCancelled(component), shift: wallOf(event.startDate) - wallOf(original) };
}

function shifted(start: ICAL.Time, { shift, event }: LaterChange): ICAL.Time {
  const time = start.clone();
  time.isDate = event.startDate.isDate;
  const days = Math.floor(shift / millisecondsPerDay);
  time.adjust(days, 0, 0, (shift - days * millisecondsPerDay) / 1000);
  return time;
}

function isCancelled(event: ICAL.Component): boolean {
  return String(event.getFirstPropertyValue("status")).toUpperCase() === "CANCELLED";
}

function titleOf(event: ICAL.Component): string {
  const title = event.getFirstPropertyValue("summary") ?? event.getFirstPropertyValue("uid");
  return typeof title === "string" ? title : "";
}

function timesOf(event: ICAL.Component, name: string): readonly ICAL.Time[] {
  return event.getAllProperties(name).flatMap((property) => property.getValues()).flatMap((value: unknown) => (value instanceof ICAL.Time ? [value] : []));
}

/** A key that is equal for two times of the same occurrence: the instant, or the date if one of them is a date. */
function keyOf(time: ICAL.Time | undefined, start: ICAL.Time): string {
  if (time === undefined) throw new Error("A changed event does not say which one it was.");
  return time.isDate || start.isDate ? dayOf(time) : String(unixMilliseconds(time));
}

function dayOf(time: ICAL.Time): string {
  return time.toString().slice(0, 10);
}

function unixMilliseconds(time: ICAL.Time): number {
  return time.toUnixTime() * 1000;
}

/** The local time as if it were in UTC. */
function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The occurrence of an event that starts at a time, with the duration of the event. */
function occurrence(event: ICAL.Event, start: ICAL.Time = event.startDate): Occurrence {
  const { startDate, endDate } = event;
  if (startDate.isDate) {
    const days = Math.max(Math.round((wallOf(endDate) - wallOf(startDate)) / millisecondsPerDay), 1);
    const from = Math.floor(wallOf(start) / millisecondsPerDay);
    return { wholeDays: true, from, to: from + days };
  }
  // Keep the same local times on each day, even if the clock changes in between, unless start and end are in different zones.
  const end = start.clone();
  if (startDate.zone === endDate.zone || startDate.zone?.tzid === endDate.zone?.tzid) end.adjust(0, 0, 0, (wallOf(endDate) - wallOf(startDate)) / 1000);
  else return { wholeDays: false, from: unixMilliseconds(start), to: unixMilliseconds(start) + unixMilliseconds(endDate) - unixMilliseconds(startDate) };
  return { wholeDays: false, from: unixMilliseconds(start), to: unixMilliseconds(end) };
}

function closuresIn(series: Series, year: number, timezone: string): readonly Closure[] {
  const [first, next] = [year, year + 1].map((each) => dateFrom(`${String(each).padStart(4, "0")}-01-01`));
  if (first === undefined || next === undefined) return [];
  const [start, end] = [startOfDay(first, timezone), startOfDay(next, timezone)];
  const [firstDay, nextDay] = [first, next].map((date) => startOfDay(date, "UTC") / millisecondsPerDay);
  return series.between(start, end).flatMap(({ wholeDays, from, to }): readonly Closure[] => {
    if (!wholeDays) return from < to && from < end && start < to ? [{ kind: "stretch", from: instantAt(from), to: instantAt(to) }] : [];
    const [day = 0, last = 0] = [Math.max(from, firstDay ?? from), Math.min(to, nextDay ?? to)];
    return Array.from({ length: Math.max(last - day, 0) }, (_, step) => ({ kind: "day", date: dateText(addDays(dateFrom("1970-01-01"), day + step)) }));
  });
}

/**
 * Resolves a time zone name (TZID) of a calendar file: a name of the time zone database such as `Europe/Berlin`, possibly after
 * a prefix; otherwise the definition in the file (VTIMEZONE); otherwise a Windows or Outlook name. Returns `undefined` for an
 * unknown name.
 */
function calendarZone(name: string, calendar: ICAL.Component | null): ICAL.Timezone | undefined {
  const place = name.includes("/") ? zoneIn(name) : undefined;
  if (place !== undefined) return namedZone(place);
  const own = definedZone(name, calendar);
  if (own !== undefined) return own;
  const place2 = isKnown(name) ? name : findIana(name.trim())[0];
  return place2 === undefined ? undefined : namedZone(place2);
}

/** A zone of the time zone database for the iCalendar library. */
function namedZone(name: string): ICAL.Timezone {
  const utcOffset = (time: ICAL.Time): number => {
    const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
    return (wall - localTime(textOf(time), "start", name)) / 1000;
  };
  return Object.assign(new ICAL.Timezone({ tzid: name }), { utcOffset });
}

/** The local time in ISO format. */
function textOf({ year, month, day, hour, minute, second }: ICAL.Time): string {
  const [date, time] = [[month, day], [hour, minute, second]].map((parts) => parts.map((part) => String(part).padStart(2, "0")));
  return `${String(year).padStart(4, "0")}-${date?.join("-") ?? ""}T${time?.join(":") ?? ""}`;
}

/** Extracts `Europe/Berlin` from itself or from names such as `/citadel.org/20250101_1/Europe/Berlin`. */
function zoneIn(name: string): string | undefined {
  const parts = name.split("/");
  return parts.map((_, index) => parts.slice(index).join("/")).find((part) => part.includes("/") && !part.startsWith("/") && isKnown(part));
}

/** The zone that the file defines, if the definition has rules. */
function definedZone(name: string, calendar: ICAL.Component | null): ICAL.Timezone | undefined {
  const component = calendar?.getAllSubcomponents("vtimezone").find((one) => one.getFirstPropertyValue("tzid") === name);
  const rules = component?.getAllSubcomponents().filter((one) => ["dtstart", "tzoffsetto", "tzoffsetfrom"].every((property) => one.hasProperty(property))) ?? [];
  if (component === undefined || rules.length === 0) return undefined;
  const zone = new ICAL.Timezone({ component, tzid: name });
  const [first] = rules.map((rule) => ({ start: rule.getFirstPropertyValue("dtstart"), before: rule.getFirstPropertyValue("tzoffsetfrom") })).flatMap(({ start, before }) => (start instanceof ICAL.Time && before instanceof ICAL.UtcOffset ? [{ start, before }] : [])).toSorted((a, b) => a.start.compare(b.start));
  const offset = zone.utcOffset.bind(zone);
  // For times before the first rule, the library returns UTC.
  const utcOffset = (time: ICAL.Time): number => (first !== undefined && textOf(time) < textOf(first.start) ? first.before.toSeconds() : offset(time));
  return Object.assign(zone, { utcOffset });
}

function isKnown(name: string): boolean {
  try {
    localTime("2026-01-01", "start", name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
