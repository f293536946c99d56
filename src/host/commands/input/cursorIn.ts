import * as vscode from "vscode";
import type { Runbook } from "../../../core/runbook/runbook";
import type { DeskSession } from "../../app/session";

/** The line (from 0) of the cursor, if the runbook is what is being edited. */
export function cursorIn(session: DeskSession, runbook: Runbook): number | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && editor.document.uri.toString() === session.paths.uriOf(runbook.path)?.toString() ? editor.selection.active.line : undefined;
}
