import * as vscode from "vscode";
import type { SingleOperation } from "../../core/model/operation";
import { textOf } from "../../core/sync/pendingText";
import { describeFailure } from "../ui/failureMessages";
import { describeOperation } from "../ui/operationLabels";
import { safeTooltip } from "../ui/safeMarkdown";
import { plainLabel } from "../ui/safeText";
import { decorate, icon } from "./icons";
import type { PendingChangeNode, UnreadableNode } from "./node";
import { formatPendingState } from "./pendingMessages";

/** The label of a pending change. */
export function pendingLabel(node: PendingChangeNode): string {
  return describeOperation(node, vscode.l10n.t);
}

/** Renders a pending change: why it is pending beside its label, and the details in the tooltip. */
export function decoratePending(item: vscode.TreeItem, node: PendingChangeNode): vscode.TreeItem {
  const description = formatPendingState(node, vscode.l10n.t);
  const details = describePending(node);
  const sending = node.state === "sending";
  const isStuck = node.failure !== undefined && node.next === undefined && !sending && !node.behind;
  return decorate(item, {
    description,
    icon: sending ? icon("sync~spin") : icon(iconOf(node), isStuck ? "list.warningForeground" : undefined),
    context: [sending ? "sending" : "pending", ...(!sending && textOf(node.operation) !== undefined ? ["editable"] : []), ...(node.failure?.kind === "otherAccount" ? ["foreign"] : []), ...(node.ref === undefined ? [] : ["onIssue"])].join(" "),
    tooltip: safeTooltip(pendingLabel(node), details),
    ariaLabel: [pendingLabel(node), description, ...details].map(plainLabel).join(", "),
    ...(node.ref === undefined ? {} : { click: ["responseDesk.issue.open", { ref: node.ref }] as const }),
  });
}

/** The label of a stored change that cannot be read. */
export function unreadableLabel({ since }: UnreadableNode): string {
  return since === undefined ? vscode.l10n.t("Stored change that cannot be read") : vscode.l10n.t("Stored change of {0} that cannot be read", since);
}

/** Renders a stored change that cannot be read, with what can be done about it. */
export function decorateUnreadable(item: vscode.TreeItem, node: UnreadableNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  return decorate(item, {
    description: t("not sent"),
    icon: icon("warning", "list.warningForeground"),
    context: "unreadable",
    tooltip: safeTooltip(unreadableLabel(node), [
      t("This version of Response Desk cannot read the change. Its file is damaged, or a newer version stored it."),
      t("It is not sent and not removed automatically. Click to see what is stored. Discard it when you no longer need it."),
    ]),
    click: ["responseDesk.pending.showStored", { place: node.place }],
  });
}

/** Everything that is known about a pending change, one sentence per line. */
function describePending(node: PendingChangeNode): readonly string[] {
  const t = vscode.l10n.t;
  return [
    ...(node.text === undefined ? [] : [node.text]),
    t("Requested by {0}, {1}. Stored on this machine.", plainLabel(node.by), node.since),
    ...(node.state === "sending" ? [t("It is being sent now.")] : node.behind ? [t("It is sent after an earlier change to the same issue.")] : []),
    ...(node.failure === undefined ? [] : [describeFailure(node.failure, "kept").message]),
    ...(node.attempts === 0 ? [] : [node.attempts === 1 ? t("Tried once.") : t("Tried {0} times.", node.attempts)]),
    ...(node.next !== undefined ? [t("Next automatic retry: {0}.", node.next)] : node.failure === undefined || node.behind ? [] : [t("It is retried when this is fixed, or when you retry it.")]),
    ...(node.unsure ? [t("It may already be done, because a response was lost or another window stopped while sending it. It is never done twice.")] : []),
  ];
}

function iconOf({ operation }: PendingChangeNode): string {
  const [first] = operation.kind === "batch" ? operation.operations : [operation];
  return first === undefined ? "edit" : iconOfPart(first);
}

function iconOfPart(operation: SingleOperation): string {
  switch (operation.kind) {
    case "create":
      return "add";
    case "link":
      return "link";
    case "comment":
      return "comment";
    case "close":
      return "pass";
    case "sendBack":
      return "discard";
    case "handOff":
    case "acceptHandoff":
      return "arrow-swap";
    case "edit":
      return operation.change.kind === "markStep" || operation.change.kind === "choose" ? "check" : operation.change.kind === "startRun" ? "play" : "edit";
  }
}
