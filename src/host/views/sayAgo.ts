import { millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";

/** How long ago something was, in the language's own words: `10 min. ago`. */
export function sayAgo(at: Instant, now: Instant, language: string): string {
  const minutes = Math.max(Math.floor((millisecondsOf(now) - millisecondsOf(at)) / 60_000), 0);
  if (minutes === 0) return new Intl.RelativeTimeFormat(language, { style: "short", numeric: "auto" }).format(0, "minute");
  const [amount, unit] = minutes < 60 ? ([minutes, "minute"] as const) : minutes < 48 * 60 ? ([Math.floor(minutes / 60), "hour"] as const) : ([Math.floor(minutes / (24 * 60)), "day"] as const);
  return new Intl.RelativeTimeFormat(language, { style: "short" }).format(-amount, unit);
}
