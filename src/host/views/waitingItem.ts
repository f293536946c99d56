import * as vscode from "vscode";
import type { SingleOperation } from "../../core/issue/operation";
import { textOf } from "../../core/issue/pendingText";
import { wordFailure } from "../commands/failureWords";
import { dress, icon } from "./dress";
import type { UnreadableNode, WaitingNode } from "./node";
import { wordOperation } from "./operationWords";
import { plainLabel } from "./plainLabel";
import { safeTooltip } from "./safeMarkdown";
import { wordWaiting } from "./waitingWords";

/** What a waiting change is called. */
export function nameWaiting(node: WaitingNode): string {
  return wordOperation(node, vscode.l10n.t);
}

/** A waiting change with why it waits, and the whole story in its tooltip. */
export function dressWaiting(item: vscode.TreeItem, node: WaitingNode): vscode.TreeItem {
  const description = wordWaiting(node, vscode.l10n.t);
  const story = tellWaiting(node);
  const sending = node.state === "sending";
  const helpless = node.failure !== undefined && node.next === undefined && !sending && !node.behind;
  return dress(item, {
    description,
    icon: sending ? icon("sync~spin") : icon(iconOf(node), helpless ? "list.warningForeground" : undefined),
    context: [sending ? "sending" : "waiting", ...(!sending && textOf(node.operation) !== undefined ? ["editable"] : []), ...(node.failure?.kind === "otherAccount" ? ["foreign"] : []), ...(node.ref === undefined ? [] : ["onIssue"])].join(" "),
    tooltip: safeTooltip(nameWaiting(node), story),
    spoken: [nameWaiting(node), description, ...story].map(plainLabel).join(", "),
    ...(node.ref === undefined ? {} : { click: ["responseDesk.issue.open", { ref: node.ref }] as const }),
  });
}

/** What a stored change is called that cannot be understood. */
export function nameUnreadable({ since }: UnreadableNode): string {
  return since === undefined ? vscode.l10n.t("Stored change that cannot be read") : vscode.l10n.t("Stored change of {0} that cannot be read", since);
}

/** A stored change that cannot be understood, with what can be done about it. */
export function dressUnreadable(item: vscode.TreeItem, node: UnreadableNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  return dress(item, {
    description: t("not sent"),
    icon: icon("warning", "list.warningForeground"),
    context: "unreadable",
    tooltip: safeTooltip(nameUnreadable(node), [
      t("It was stored on this machine to be written later, and this version of Response Desk cannot understand it: its file was damaged, or a newer version stored it."),
      t("It is never sent and never removed by itself. Click to see what is stored; discard it once you no longer need it."),
    ]),
    click: ["responseDesk.pending.showStored", { place: node.place }],
  });
}

/** All that is known of a waiting change, one sentence after the other. */
export function tellWaiting(node: WaitingNode): readonly string[] {
  const t = vscode.l10n.t;
  return [
    ...(node.text === undefined ? [] : [node.text]),
    t("Asked for by {0}, {1}. Stored on this machine.", plainLabel(node.by), node.since),
    ...(node.state === "sending" ? [t("It is being written now.")] : node.behind ? [t("It is written after an earlier change on the same issue.")] : []),
    ...(node.failure === undefined ? [] : [wordFailure(node.failure, "kept").message]),
    ...(node.attempts === 0 ? [] : [node.attempts === 1 ? t("Tried once.") : t("Tried {0} times.", node.attempts)]),
    ...(node.next !== undefined ? [t("Tried again by itself at {0}.", node.next)] : node.failure === undefined || node.behind ? [] : [t("Tried again once that has changed, or when you ask for it.")]),
    ...(node.unsure ? [t("It may have been done already: an answer was lost, or another window stopped in the middle. It is never done twice.")] : []),
  ];
}

function iconOf({ operation }: WaitingNode): string {
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
