import * as vscode from "vscode";
import { pathIn } from "../../platform/folderPaths";
import type { DeskSession } from "../../session";
import type { RunbookTarget } from "./readTarget";

/** The workspace path of a runbook that an argument names; `undefined` when it names none or one outside the folder. */
export function runbookPath(session: DeskSession, target: RunbookTarget | undefined): string | undefined {
  if (target?.path !== undefined) return target.path;
  return target?.uri === undefined ? undefined : pathIn(session.folder, vscode.Uri.parse(target.uri, true));
}
