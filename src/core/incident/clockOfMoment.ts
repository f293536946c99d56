import type { ClockMark } from "../duty/clockMark";
import type { Instant } from "../issue/issue";
import { assertNever } from "../result";
import { readMoment } from "./moment";

/** What a comment does to the clock of its issue, if it marks a moment that the clock goes by: who said so, and when. */
export function clockOfMoment(markdown: string, { at, by }: { readonly at: Instant; readonly by: string }): ClockMark | undefined {
  const moment = readMoment(markdown)?.moment;
  switch (moment) {
    case "acknowledged":
      return { acknowledged: at, by };
    case "unacknowledged":
      return { withdrawn: at };
    case "update":
      return { updated: at };
    case "resolved":
      return { resolved: at };
    case "mitigated":
    case "lead":
    case "handoff":
    case "escalation":
    case undefined:
      return undefined;
    default:
      return assertNever(moment);
  }
}
