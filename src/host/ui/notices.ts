import * as vscode from "vscode";
import type { PendingOperation } from "../../core/model/operation";
import type { Refusal } from "../../core/sync/outbox";
import { describeFailure } from "./failureMessages";
import { describeOperation } from "./operationLabels";

/** Says that changes of an earlier window, which it could not send any more, are being sent now. */
export async function notifyLeft(left: readonly PendingOperation[]): Promise<void> {
  const t = vscode.l10n.t;
  const [first] = left;
  if (first === undefined) return;
  const show = t("Show Pending Changes");
  const message = left.length === 1 ? t("A change from last time is being sent: {0}", describeOperation({ operation: first.operation, home: "" }, t)) : t("{0} changes from last time are being sent.", left.length);
  if ((await vscode.window.showInformationMessage(message, show)) === show) await vscode.commands.executeCommand("responseDesk.pending.show");
}

/** Tells of a change stored earlier that can never be made, with what it was, so that a person can make it another way. */
export async function notifyRefusal({ pending, failure }: Refusal): Promise<void> {
  const copy = vscode.l10n.t("Copy What It Was");
  const message = vscode.l10n.t("A change that waited could not be made. {0}", describeFailure(failure).message);
  if ((await vscode.window.showWarningMessage(message, copy)) === copy) {
    await vscode.env.clipboard.writeText(JSON.stringify(pending.operation, undefined, 2));
  }
}
