import * as vscode from "vscode";
import { textOf } from "../../core/sync/pendingText";
import type { HeldChange } from "../app/notices";
import { runInBackground } from "../platform/background";
import { systemClock } from "../platform/ports";
import { describeOperation } from "../ui/operationLabels";

/** Offers to undo a change before it is sent. The text of the change can be copied afterwards. */
export async function offerUndo({ operation, pause, settled: finished, discard }: HeldChange): Promise<void> {
  const t = vscode.l10n.t;
  const name = describeOperation({ operation, home: "" }, t);
  const seconds = Math.ceil(pause / 1000);
  const isCancelled = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title: seconds === 1 ? t("{0}: will be sent in 1 second. Cancel to undo.", name) : t("{0}: will be sent in {1} seconds. Cancel to undo.", name, seconds) },
    async (_progress, cancelled) => {
      const asked = new Promise<true>((resolve) => cancelled.onCancellationRequested(() => resolve(true)));
      const over = Promise.race([finished, systemClock.wait(pause)]).then(() => false as const);
      return Promise.race([asked, over]);
    },
  );
  if (!isCancelled) return;
  const withdrawal = await discard();
  if (withdrawal.kind !== "ok") {
    runInBackground(vscode.window.showWarningMessage(t("This change is already being written and cannot be undone: {0}", name)));
    return;
  }
  const text = textOf(operation)?.body ?? "";
  const copy = t("Copy Text");
  const chosen = await vscode.window.showInformationMessage(t("Undone. Nothing was sent: {0}", name), ...(text === "" ? [] : [copy]));
  if (chosen === copy) await vscode.env.clipboard.writeText(text);
}
