import * as vscode from "vscode";
import { textOf } from "../../core/sync/pendingText";
import type { HeldChange } from "../app/notices";
import { runInBackground } from "../platform/background";
import { systemClock } from "../platform/ports";
import { describeOperation } from "../ui/operationLabels";

/** Shows for as long as something is held that it can be taken back; what a person wrote is not lost with it. */
export async function offerUndo({ operation, pause, settled: finished, discard }: HeldChange): Promise<void> {
  const t = vscode.l10n.t;
  const name = describeOperation({ operation, home: "" }, t);
  const seconds = Math.ceil(pause / 1000);
  const undone = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title: seconds === 1 ? t("{0}: sent in a second. Cancel takes it back.", name) : t("{0}: sent in {1} seconds. Cancel takes it back.", name, seconds) },
    async (_progress, cancelled) => {
      const asked = new Promise<true>((resolve) => cancelled.onCancellationRequested(() => resolve(true)));
      const over = Promise.race([finished, systemClock.wait(pause)]).then(() => false as const);
      return Promise.race([asked, over]);
    },
  );
  if (!undone) return;
  const withdrawal = await discard();
  if (withdrawal.kind !== "ok") {
    runInBackground(vscode.window.showWarningMessage(t("Too late to take this back, it is being written: {0}", name)));
    return;
  }
  const text = textOf(operation)?.body ?? "";
  const copy = t("Copy Text");
  const chosen = await vscode.window.showInformationMessage(t("Taken back, nothing was sent: {0}", name), ...(text === "" ? [] : [copy]));
  if (chosen === copy) await vscode.env.clipboard.writeText(text);
}
