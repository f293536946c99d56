import { millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";

/** How long something is ago, in its largest whole unit: `now`, `5m`, `2h`, `3d`, `6w`. */
export function ageText(since: Instant, now: Instant): string {
  const minutes = Math.floor((millisecondsOf(now) - millisecondsOf(since)) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes}m`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h`;
  if (minutes < 14 * 24 * 60) return `${Math.floor(minutes / (24 * 60))}d`;
  return `${Math.floor(minutes / (7 * 24 * 60))}w`;
}
