import * as vscode from "vscode";
import { assertNever } from "../../../core/model/result";
import type { Milestone } from "../../../core/model/timelineEvent";

/** The name of a milestone. */
export function milestoneLabel(milestone: Milestone): string {
  const t = vscode.l10n.t;
  switch (milestone) {
    case "acknowledged":
      return t("Acknowledged");
    case "unacknowledged":
      return t("Acknowledgement Withdrawn");
    case "started":
      return t("Started");
    case "detected":
      return t("Detected");
    case "cancelled":
      return t("Cancelled");
    case "role":
      return t("Role Assigned");
    case "note":
      return t("Note");
    case "mitigated":
      return t("Mitigated");
    case "resolved":
      return t("Resolved");
    case "lead":
      return t("Incident Lead Assigned");
    case "handoff":
      return t("Handed Off");
    case "escalation":
      return t("Escalated");
    case "update":
      return t("Update Sent");
    default:
      return assertNever(milestone);
  }
}

/** What a milestone means, in one sentence. */
export function explainMilestone(milestone: Milestone): string {
  const t = vscode.l10n.t;
  switch (milestone) {
    case "acknowledged":
      return t("Somebody is working on it. Nothing is fixed yet.");
    case "unacknowledged":
      return t("Nobody is working on it. A response is due again.");
    case "started":
      return t("The impact began.");
    case "detected":
      return t("Somebody or something noticed it.");
    case "cancelled":
      return t("It turned out not to be an incident.");
    case "role":
      return t("Somebody has a role in the incident from now on.");
    case "note":
      return t("Something else happened or was found.");
    case "mitigated":
      return t("The impact has stopped. The cause is not fixed.");
    case "resolved":
      return t("The cause is fixed, with or without an earlier mitigation. The issue can stay open.");
    case "lead":
      return t("Somebody leads the incident from now on.");
    case "handoff":
      return t("Somebody else continues the work.");
    case "escalation":
      return t("More people were asked for help.");
    case "update":
      return t("The affected people were informed.");
    default:
      return assertNever(milestone);
  }
}
