import * as vscode from "vscode";
import type { PendingOperation } from "../../core/model/operation";
import type { Refusal } from "../../core/sync/outbox";
import { describeFailure } from "./failureMessages";
import { describeOperation } from "./operationLabels";

/** Notifies that pending changes of an earlier window are being sent now. */
export async function notifyLeft(left: readonly PendingOperation[]): Promise<void> {
  const t = vscode.l10n.t;
  const [first] = left;
  if (first === undefined) return;
  const show = t("Show Pending Changes");
  const message = left.length === 1 ? t("A pending change from an earlier session is being sent: {0}", describeOperation({ operation: first.operation, home: "" }, t)) : t("{0} pending changes from an earlier session are being sent.", left.length);
  if ((await vscode.window.showInformationMessage(message, show)) === show) await vscode.commands.executeCommand("responseDesk.pending.show");
}

/** Notifies that a pending change was rejected, and offers to copy it. */
export async function notifyRefusal({ pending, failure }: Refusal): Promise<void> {
  const copy = vscode.l10n.t("Copy Change");
  const message = vscode.l10n.t("A pending change could not be made. {0}", describeFailure(failure).message);
  if ((await vscode.window.showWarningMessage(message, copy)) === copy) {
    await vscode.env.clipboard.writeText(JSON.stringify(pending.operation, undefined, 2));
  }
}
