import * as vscode from "vscode";
import type { DeskSession } from "../../app/session";
import type { RunbookTarget } from "./readTarget";

/** The path of a runbook that an argument names; `undefined` when it names none or one outside the workspace. */
export function runbookPath(session: DeskSession, target: RunbookTarget | undefined): string | undefined {
  if (target?.path !== undefined) return target.path;
  return target?.uri === undefined ? undefined : session.paths.pathOf(vscode.Uri.parse(target.uri, true));
}
