import type { Desk } from "../core/desk/desk";
import { localTime } from "../core/duty/localTime";
import { instantAt, millisecondsOf } from "../core/instantTime";
import type { Instant } from "../core/issue/issue";
import { failed, ok, type Result } from "../core/result";
import { say } from "./say";

/** The instant that a person typed, to the second; a time without `Z` or an offset is in the desk's time zone. */
export function instantOf(typed: string, desk: Desk): Result<Instant, string> {
  const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i.exec(typed);
  try {
    if (shape !== null) return ok(wholeSecond(shape[3] === undefined ? localTime(typed, "start", desk.timezone) : millisecondsOf(typed)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return failed(say("“{0}” is not an instant. Write it as in 2026-11-20T16:02:11Z, or without the Z for a time in {1}.", typed, desk.timezone));
}

/** The instant without what a second is made of. */
export function wholeSecond(milliseconds: number): Instant {
  return instantAt(Math.floor(milliseconds / 1000) * 1000);
}
