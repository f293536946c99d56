import * as vscode from "vscode";
import type { Runbook } from "../../../core/model/runbook";
import type { DeskSession } from "../../app/session";
import type { RunbookTarget } from "./target";

/** The path of a runbook that an argument names; `undefined` when it names none or one outside the workspace. */
export function runbookPath(session: DeskSession, target: RunbookTarget | undefined): string | undefined {
  if (target?.path !== undefined) return target.path;
  return target?.uri === undefined ? undefined : session.paths.pathOf(vscode.Uri.parse(target.uri, true));
}

/** The line (from 0) of the cursor, if the runbook is what is being edited. */
export function cursorIn(session: DeskSession, runbook: Runbook): number | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && editor.document.uri.toString() === session.paths.uriOf(runbook.path)?.toString() ? editor.selection.active.line : undefined;
}
