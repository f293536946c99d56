import * as vscode from "vscode";
import type { Withdrawal } from "../../../core/issue/waitingOperation";
import { assertNever, ok } from "../../../core/result";
import type { CommandEnd } from "../command";
import { runInBackground } from "../../platform/background";

/** Says why a change could not be taken back or changed; what a person wrote for it can be copied. */
export function sayWithdrawal(withdrawal: Withdrawal, name: string, written?: string): CommandEnd {
  const t = vscode.l10n.t;
  switch (withdrawal.kind) {
    case "ok":
      return ok(undefined);
    case "failed":
      return withdrawal;
    case "sending":
      runInBackground(say(t("This is being written right now, so it was left as it is: {0}. Look again in a moment.", name), written));
      return undefined;
    case "absent":
      runInBackground(say(t("This no longer waits, because it has been written or dropped in the meantime: {0}", name), written));
      return undefined;
    default:
      return assertNever(withdrawal);
  }
}

async function say(message: string, written: string | undefined): Promise<void> {
  const copy = vscode.l10n.t("Copy My Text");
  const chosen = await vscode.window.showWarningMessage(message, ...(written === undefined ? [] : [copy]));
  if (chosen !== undefined && written !== undefined) await vscode.env.clipboard.writeText(written);
}
