import { offsetOf, wallTimeOf } from "../../core/calendar/localTime";
import type { Instant } from "../../core/model/issue";
import type { EntryTime, PostmortemEntry } from "../../core/postmortem/postmortem";
import { formatEntryTime, readEntryTime } from "../../core/postmortem/postmortemTime";
import { zonedTime } from "../shared/times";

/** Formats and reads times in the time zone of the desk. Formatting is slow, so results are cached. */
export interface RowTimes {
  /** Date, time and UTC offset, as in the file. */
  format(time: EntryTime): string;
  /** The same for an instant. */
  formatInstant(at: Instant | undefined): string;
  /** The ISO date. */
  date(at: Instant): string;
  /** The date with weekday. */
  day(at: Instant): string;
  /** The UTC offset, such as `-08:00`. */
  offset(at: Instant): string;
  read(text: string): EntryTime;
  /** A typed time. One without a date is on the day of `near`. */
  complete(text: string, near: Instant | undefined): string;
}

export function rowTimes(language: string, timezone: string): RowTimes {
  const zone = zonedTime(language, timezone);
  const cached = (format: (at: Instant) => string): ((at: Instant) => string) => {
    const known = new Map<Instant, string>();
    return (at) => {
      const text = known.get(at) ?? format(at);
      known.set(at, text);
      return text;
    };
  };
  const formatInstant = cached((at) => formatEntryTime({ kind: "instant", at }, timezone));
  const date = cached((at) => wallTimeOf(at, timezone).slice(0, 10));
  return {
    format: (time) => (time.kind === "words" ? time.words : formatInstant(time.at)),
    formatInstant: (at) => (at === undefined ? "" : formatInstant(at)),
    date,
    day: cached((at) => zone.day(at)),
    offset: cached((at) => offsetOf(at, timezone)),
    read: (text) => readEntryTime(text, timezone),
    complete(text, near) {
      const [, hour, rest = ""] = /^\s*(\d{1,2})(:\d{2}(?::\d{2})?)\s*$/.exec(text) ?? [];
      return hour === undefined || near === undefined ? text.trim() : `${date(near)} ${hour.padStart(2, "0")}${rest}`;
    },
  };
}

/** What changes between a row and the rows before it. */
export interface RowBreak {
  /** The date of the row, if no row before it is on the same day. Empty otherwise. */
  readonly day: string;
  /** The UTC offsets before and after a change of the clocks. Empty otherwise. */
  readonly clocks: readonly [before: string, after: string] | readonly [];
}

/** The breaks before each row: days across midnight, and changes of the clocks. */
export function rowBreaks(rows: readonly PostmortemEntry[], times: RowTimes): readonly RowBreak[] {
  let last: { readonly date: string; readonly offset: string } | undefined;
  return rows.map(({ time }) => {
    if (time.kind === "words") return unbroken;
    const now = { date: times.date(time.at), offset: times.offset(time.at) };
    const before = last;
    last = now;
    const clocks = before !== undefined && before.offset !== now.offset ? ([before.offset, now.offset] as const) : ([] as const);
    return { day: before?.date === now.date ? "" : times.day(time.at), clocks };
  });
}

const unbroken: RowBreak = { day: "", clocks: [] };
