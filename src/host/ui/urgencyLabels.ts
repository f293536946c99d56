import * as vscode from "vscode";
import { assertNever } from "../../core/model/result";
import { lengthText, type Urgency } from "../../core/response/urgency";
import { plainLabel } from "./safeText";

/** What is due, and the business time until then, short: `due in 24m`, `update overdue 1h 5m`. */
export function formatUrgency({ stage, state, left, audience }: Urgency): string {
  const t = vscode.l10n.t;
  const length = lengthText(left);
  const past = state === "past";
  switch (stage) {
    case "response":
      return past ? (left === 0 ? t("overdue") : t("overdue {0}", length)) : t("due in {0}", length);
    case "triage":
      return past ? t("triage overdue") : t("triage in {0}", length);
    case "update":
      if (audience !== undefined) return formatUpdateUrgency(plainLabel(audience), length, past, left);
      return past ? (left === 0 ? t("update overdue") : t("update overdue {0}", length)) : t("update in {0}", length);
    default:
      return assertNever(stage);
  }
}

function formatUpdateUrgency(audience: string, length: string, past: boolean, left: number): string {
  const t = vscode.l10n.t;
  if (!past) return t("update for {0} due in {1}", audience, length);
  return left === 0 ? t("update for {0} overdue", audience) : t("update for {0} overdue {1}", audience, length);
}
