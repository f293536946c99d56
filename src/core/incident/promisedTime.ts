import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateOf, localTime } from "../calendar/localTime";
import { dateText } from "../model/calendarDate";
import { parseDuration } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import { failed, ok, type Result } from "../model/result";

const minutes = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const;

/** The longest promise of an update, in milliseconds. */
export const longestPromise = 366 * 24 * 3_600_000;

/**
 * Parses the promised time of the next update as typed: `15:00` (today, otherwise tomorrow), `2026-11-25 09:00` in the desk's time
 * zone, or a time from now such as `30m`, `2h` or `1d`. Fails for other texts, for times in the past, and for times more than a
 * year ahead.
 */
export function promisedTime(typed: string, now: Instant, timezone: string): Result<Instant, "unclear" | "past"> {
  const at = read(typed.trim(), now, timezone);
  if (at === undefined || at - millisecondsOf(now) > longestPromise) return failed("unclear");
  return at <= millisecondsOf(now) ? failed("past") : ok(instantAt(Math.floor(at / 1000) * 1000));
}

function read(typed: string, now: Instant, timezone: string): number | undefined {
  const from = millisecondsOf(now);
  const ahead = parseDuration(typed);
  if (ahead !== undefined) return from + ahead.amount * minutes[ahead.unit] * 60_000;
  const found = /^(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2}:\d\d)$/.exec(typed);
  const [date, time] = [found?.[1], found?.[2]?.padStart(5, "0")];
  if (time === undefined) return undefined;
  try {
    if (date !== undefined) return localTime(`${date}T${time}`, "start", timezone);
    const day = dateOf(now, timezone);
    const today = localTime(`${dateText(day)}T${time}`, "start", timezone);
    return today > from ? today : localTime(`${dateText(addDays(day, 1))}T${time}`, "start", timezone);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
