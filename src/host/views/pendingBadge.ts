import * as vscode from "vscode";

/** The number that the activity bar shows while so many changes wait. */
export function pendingBadge(count: number): vscode.ViewBadge | undefined {
  if (count === 0) return undefined;
  return { value: count, tooltip: count === 1 ? vscode.l10n.t("1 change waits to be written") : vscode.l10n.t("{0} changes wait to be written", count) };
}
