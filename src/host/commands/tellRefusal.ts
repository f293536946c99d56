import * as vscode from "vscode";
import type { Refusal } from "../../core/issue/outbox";

/** Tells of a change stored earlier that can never be made, with what it was, so that a person can make it another way. */
export async function tellRefusal({ pending, failure }: Refusal): Promise<void> {
  const { wordFailure } = await import("./failureWords");
  const copy = vscode.l10n.t("Copy What It Was");
  const told = vscode.l10n.t("A change that waited could not be made. {0}", wordFailure(failure).message);
  if ((await vscode.window.showWarningMessage(told, copy)) === copy) {
    await vscode.env.clipboard.writeText(JSON.stringify(pending.operation, undefined, 2));
  }
}
