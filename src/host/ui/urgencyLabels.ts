import { assertNever } from "../../core/model/result";
import { lengthText, type Urgency } from "../../core/response/urgency";
import type { Translate } from "./operationLabels";
import { plainLabel } from "./safeText";

/**
 * What is due, and the business time until then, short: `due in 24m`, `update overdue 1h 5m: users`. The same everywhere: rows,
 * status bar and pages. The audience comes last, because a narrow side bar cuts off the end of a row.
 */
export function formatUrgency(t: Translate, { stage, state, left, audience }: Urgency): string {
  const length = lengthText(left);
  const past = state === "past";
  switch (stage) {
    case "response":
      return past ? (left === 0 ? t("overdue") : t("overdue {0}", length)) : t("due in {0}", length);
    case "triage":
      return past ? t("triage overdue") : t("triage in {0}", length);
    case "update": {
      const text = past ? (left === 0 ? t("update overdue") : t("update overdue {0}", length)) : t("update in {0}", length);
      return audience === undefined ? text : t("{0}: {1}", text, plainLabel(audience));
    }
    default:
      return assertNever(stage);
  }
}
