import * as vscode from "vscode";
import { assertNever } from "../../core/model/result";
import { systemClock } from "../platform/ports";

/**
 * Shows a modal dialog and returns the action that the user chose. VS Code gives the focus back to what had it when the dialog opened,
 * so an input that was just answered closes first: see `showInput`.
 */
export async function showDialog<T extends string>(severity: "information" | "warning" | "error", message: string, detail: string, ...actions: readonly T[]): Promise<T | undefined> {
  await systemClock.wait(0);
  const options = { modal: true, detail };
  switch (severity) {
    case "information":
      return vscode.window.showInformationMessage(message, options, ...actions);
    case "warning":
      return vscode.window.showWarningMessage(message, options, ...actions);
    case "error":
      return vscode.window.showErrorMessage(message, options, ...actions);
    default:
      return assertNever(severity);
  }
}
