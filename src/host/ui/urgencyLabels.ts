import type { Instant } from "../../core/model/issue";
import { assertNever } from "../../core/model/result";
import { lengthText, type Urgency } from "../../core/response/urgency";
import type { TimeFormat } from "./format";
import type { Translate } from "./operationLabels";
import { plainLabel } from "./safeText";

/**
 * What is due, short: `due in 24m`, or `due Tue 08:14` if business time stops before that. Overdue times are in business time:
 * `update overdue 1h 5m: users`. The same in rows, status bar and pickers. The audience comes last, because a narrow side bar cuts off
 * the end of a row.
 */
export function formatUrgency(t: Translate, urgency: Urgency, times: TimeFormat): string {
  return format(t, urgency, times.short);
}

/** The same with the whole date, for pages and tooltips. `left` is the business time until then, if `text` has the time instead of a length. */
export interface FullUrgency {
  readonly text: string;
  readonly left?: string;
}

/** What is due, with the whole date. */
export function formatFullUrgency(t: Translate, urgency: Urgency, times: TimeFormat): FullUrgency {
  const text = format(t, urgency, times.full);
  return urgency.pauses ? { text, left: t("in {0} of business hours", lengthText(urgency.left)) } : { text };
}

/** What is due, with time and length, for a tooltip: `due in 24m, at 16:04`, `due Tue 08:14, in 14m of business hours`. */
export function describeUrgency(t: Translate, urgency: Urgency, times: TimeFormat): string {
  const { text, left } = formatFullUrgency(t, urgency, times);
  // Somebody promised it for a time outside business hours.
  if (urgency.pauses && urgency.left === 0) return text;
  return left === undefined ? t("{0}, at {1}", text, times.full(urgency.at)) : t("{0}, {1}", text, left);
}

function format(t: Translate, { stage, at, state, left, pauses, audience }: Urgency, formatTime: (at: Instant) => string): string {
  const length = lengthText(left);
  const past = state === "past";
  switch (stage) {
    case "response":
      if (past) return left === 0 ? t("overdue") : t("overdue {0}", length);
      return pauses ? t("due {0}", formatTime(at)) : t("due in {0}", length);
    case "triage":
      if (past) return t("triage overdue");
      return pauses ? t("triage due {0}", formatTime(at)) : t("triage in {0}", length);
    case "update": {
      const text = past ? (left === 0 ? t("update overdue") : t("update overdue {0}", length)) : pauses ? t("update due {0}", formatTime(at)) : t("update in {0}", length);
      return audience === undefined ? text : t("{0}: {1}", text, plainLabel(audience));
    }
    default:
      return assertNever(stage);
  }
}
