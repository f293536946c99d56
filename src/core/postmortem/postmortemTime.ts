import { Temporal } from "temporal-polyfill";
import type { Instant } from "../issue/issue";
import type { EntryTime } from "./postmortem";

const form = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a time as people and forms write it, as in `2026-11-20 08:02:11 -08:00`, `2026-11-20T16:02Z` or, meant in the
 * time zone given, `2026-11-20 08:02`. Anything else is kept as the words it is.
 */
export function readEntryTime(text: string, timezone: string): EntryTime {
  const words = text.trim();
  const found = form.exec(words);
  if (found === null) return { kind: "words", words };
  const [, date = "", clock = "", zone] = found;
  try {
    const local = Temporal.PlainDateTime.from(`${date}T${clock}`);
    const at = zone === undefined ? local.toZonedDateTime(timezone).toInstant() : Temporal.Instant.from(`${date}T${clock}${zone === "UTC" ? "Z" : zone}`);
    return { kind: "instant", at: at.round({ smallestUnit: "second", roundingMode: "floor" }).toString() };
  } catch (error) {
    if (error instanceof RangeError) return { kind: "words", words };
    throw error;
  }
}

/** The instant a text names, as `readEntryTime` reads it. */
export function readInstant(text: string, timezone: string): Instant | undefined {
  const time = readEntryTime(text, timezone);
  return time.kind === "instant" ? time.at : undefined;
}

/** The time on the desk's wall with its distance from UTC, as in `2026-11-20 08:02:11 -08:00`. */
export function formatEntryTime(time: EntryTime, timezone: string): string {
  if (time.kind === "words") return time.words;
  const there = Temporal.Instant.from(time.at).toZonedDateTimeISO(timezone);
  // Before standard time, zones were off by seconds, which no offset in minutes can say.
  const local = there.offset.length > 6 ? there.withTimeZone("UTC") : there;
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: "second" })} ${local.offset}`;
}

/** The date and time on the desk's wall as a form field takes it, as in `2026-11-20T08:02:11`. */
export function localFieldTime(at: Instant, timezone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(timezone).toPlainDateTime().toString({ smallestUnit: "second" });
}

/** An ISO date if the text is one. */
export function readDate(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) return undefined;
  try {
    return Temporal.PlainDate.from(text.trim()).toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
