import * as vscode from "vscode";
import { formatRef } from "../../core/model/issueRef";
import { safeTooltip } from "../ui/safeMarkdown";
import { plainLabel } from "../ui/safeText";
import { describeWebhookFailure, shortWebhookFailure } from "../ui/webhookMessages";
import { decorate, icon } from "./icons";
import type { DeliveryNode } from "./node";

/** The label of an update that is not complete. */
export function deliveryLabel({ audience, ref, home }: Pick<DeliveryNode, "audience" | "ref" | "home">): string {
  return vscode.l10n.t("Update for {0} on {1}", plainLabel(audience), plainLabel(formatRef(ref, home)));
}

/** Renders an update that a webhook did not confirm: why beside its label, and what can be done in the tooltip. */
export function decorateDelivery(item: vscode.TreeItem, node: DeliveryNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  const isDelivered = node.state === "delivered";
  const description = isDelivered ? t("delivered; comment is missing") : node.failure === undefined ? "" : shortWebhookFailure(node.failure);
  const details = [
    node.text,
    t("Sent by {0}, {1}. Stored on this machine.", plainLabel(node.by), node.since),
    ...(isDelivered ? [t("The webhook accepted it, but the comment that records it could not be written. Retry to write the comment.")] : node.failure === undefined ? [] : [describeWebhookFailure(node.failure, node.until)]),
    ...(isDelivered ? [] : [t("It is not sent again automatically, and does not count as sent until you retry it or mark it as sent.")]),
  ];
  return decorate(item, {
    description,
    icon: icon("broadcast", "list.warningForeground"),
    context: isDelivered ? "delivery onIssue" : "delivery unconfirmed onIssue",
    tooltip: safeTooltip(deliveryLabel(node), details),
    ariaLabel: [deliveryLabel(node), description, ...details].map(plainLabel).join(", "),
    click: ["responseDesk.issue.open", { ref: node.ref }] as const,
  });
}
