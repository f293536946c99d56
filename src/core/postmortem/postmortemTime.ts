import { localTime, offsetOf } from "../calendar/localTime";
import { isDate } from "../model/calendarDate";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import type { EntryTime } from "./postmortem";

const form = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]|, ?)(\d{1,2}):(\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?: ?([ap])\.?m\.?)? ?(Z|\(?(?:UTC|GMT)\)?|[+-]\d{2}:?\d{2})?$/i;

/** Two times of a day in minutes. `10:00-11:00` is not an offset of eleven hours, nor is `10:00 -10:40` one of ten hours and forty minutes. */
const range = /(?: \d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?-\d{2}:?\d{2}|(?<!:\d{2}):\d{2} ?[+-](?:\d{2}:?(?!00|15|30|45)\d{2}|1[5-9]:?\d{2}|2\d:?\d{2}))$/i;

/**
 * Parses a time such as `2026-11-20 08:02:11 -08:00`, `2026/11/20 4:02 PM UTC` or, in the given time zone, `2026-11-20 08:02`. Other
 * texts stay as they are.
 */
export function readEntryTime(text: string, timezone: string): EntryTime {
  const words = text.trim();
  const found = form.exec(words);
  if (found === null || range.test(words)) return { kind: "words", words };
  const [, year = "", month = "", day = "", hour = "", rest = "", half, zone] = found;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  try {
    const local = `${year}-${two(month)}-${two(day)}T${two(String(hours))}:${rest}`;
    const at = zone === undefined ? localTime(local, "start", timezone) : millisecondsOf(`${local}${/^[+-]/.test(zone) ? zone : "Z"}`);
    return { kind: "instant", at: instantAt(Math.floor(at / 1000) * 1000) };
  } catch (error) {
    if (error instanceof RangeError) return { kind: "words", words };
    throw error;
  }
}

function two(digits: string): string {
  return digits.padStart(2, "0");
}

/** Like `readEntryTime`, but only for texts that name an instant. */
export function readInstant(text: string, timezone: string): Instant | undefined {
  const time = readEntryTime(text, timezone);
  return time.kind === "instant" ? time.at : undefined;
}

/** Formats a time in the desk's time zone with its UTC offset, such as `2026-11-20 08:02:11 -08:00`. */
export function formatEntryTime(time: EntryTime, timezone: string): string {
  if (time.kind === "words") return time.words;
  const offset = offsetOf(time.at, timezone);
  // Historical offsets can include seconds, which an offset in minutes cannot express.
  if (offset.length > 6 && timezone !== "UTC") return formatEntryTime(time, "UTC");
  return `${localText(time.at, offset)} ${offset}`;
}

/** The local time at an offset. Converting it to the time zone again would take as long as finding the offset. */
function localText(at: Instant, offset: string): string {
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  const shift = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return instantAt(Math.floor(millisecondsOf(at) / 1000) * 1000 + (sign === "-" ? -shift : shift)).replace("T", " ").replace(/Z$/, "");
}

/** Returns the text if it is an ISO date. */
export function readDate(text: string): string | undefined {
  const date = text.trim();
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && isDate(date) ? date : undefined;
}
