import ICAL from "ical.js";
import { findIana } from "windows-iana";
import { localTime } from "../core/duty/localTime";

/**
 * The time zone that a calendar file means by a name (TZID): the place of the time zone database, as in `Europe/Berlin`, also
 * behind a prefix; else what the file itself defines under the name (VTIMEZONE); else the zone that Windows and Outlook call so.
 * `undefined` where nobody knows the name.
 */
export function calendarZone(name: string, calendar: ICAL.Component | null): ICAL.Timezone | undefined {
  const place = name.includes("/") ? placeIn(name) : undefined;
  if (place !== undefined) return namedZone(place);
  const own = definedZone(name, calendar);
  if (own !== undefined) return own;
  const place2 = isKnown(name) ? name : findIana(name.trim())[0];
  return place2 === undefined ? undefined : namedZone(place2);
}

/** A zone of the time zone database, for the reader of iCalendar. */
export function namedZone(name: string): ICAL.Timezone {
  const utcOffset = (time: ICAL.Time): number => {
    const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
    return (wall - localTime(textOf(time), "start", name)) / 1000;
  };
  return Object.assign(new ICAL.Timezone({ tzid: name }), { utcOffset });
}

/** The time on the wall as ISO writes it. */
function textOf({ year, month, day, hour, minute, second }: ICAL.Time): string {
  const [date, time] = [[month, day], [hour, minute, second]].map((parts) => parts.map((part) => String(part).padStart(2, "0")));
  return `${String(year).padStart(4, "0")}-${date?.join("-") ?? ""}T${time?.join(":") ?? ""}`;
}

/** `Europe/Berlin` of itself, or of what some programs write, as `/citadel.org/20250101_1/Europe/Berlin`. */
function placeIn(name: string): string | undefined {
  const parts = name.split("/");
  return parts.map((_, index) => parts.slice(index).join("/")).find((part) => part.includes("/") && !part.startsWith("/") && isKnown(part));
}

/** The zone that the file defines, if it says anything of it. */
function definedZone(name: string, calendar: ICAL.Component | null): ICAL.Timezone | undefined {
  const component = calendar?.getAllSubcomponents("vtimezone").find((one) => one.getFirstPropertyValue("tzid") === name);
  const rules = component?.getAllSubcomponents().filter((one) => ["dtstart", "tzoffsetto", "tzoffsetfrom"].every((property) => one.hasProperty(property))) ?? [];
  if (component === undefined || rules.length === 0) return undefined;
  const zone = new ICAL.Timezone({ component, tzid: name });
  const [first] = rules.map((rule) => ({ start: rule.getFirstPropertyValue("dtstart"), before: rule.getFirstPropertyValue("tzoffsetfrom") })).flatMap(({ start, before }) => (start instanceof ICAL.Time && before instanceof ICAL.UtcOffset ? [{ start, before }] : [])).toSorted((a, b) => a.start.compare(b.start));
  const offset = zone.utcOffset.bind(zone);
  // Of times before the first rule the library says that they are in UTC.
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
