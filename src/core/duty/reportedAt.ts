import { dateText } from "../calendarDate";
import { parseDuration } from "../desk/duration";
import { instantAt, millisecondsOf } from "../instantTime";
import type { Instant } from "../issue/issue";
import { failed, ok, type Result } from "../result";
import { dateOf, localTime } from "./localTime";

/**
 * When something was reported, as a person types it: `08:15` (today, else yesterday), `2026-11-20 08:15` in the desk's time
 * zone, or how long ago, as in `25m`, `2h`, `1d`. Fails on anything else, and on what is still to come.
 */
export function reportedAt(typed: string, now: Instant, timezone: string): Result<Instant, "unclear" | "future"> {
  const at = read(typed.trim(), millisecondsOf(now), now, timezone);
  if (at === undefined) return failed("unclear");
  return at > millisecondsOf(now) ? failed("future") : ok(instantAt(Math.floor(at / 1000) * 1000));
}

function read(typed: string, now: number, at: Instant, timezone: string): number | undefined {
  const ago = parseDuration(typed);
  if (ago !== undefined) return now - ago.amount * minutes[ago.unit] * 60_000;
  const found = /^(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2}:\d\d)$/.exec(typed);
  const [date, time] = [found?.[1], found?.[2]?.padStart(5, "0")];
  if (time === undefined) return undefined;
  try {
    if (date !== undefined) return localTime(`${date}T${time}`, "start", timezone);
    const today = localTime(`${dateText(dateOf(at, timezone))}T${time}`, "start", timezone);
    return today <= now ? today : localTime(`${dateText(dateOf(instantAt(now - 24 * 60 * 60_000), timezone))}T${time}`, "start", timezone);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const minutes = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const;
