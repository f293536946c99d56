import * as vscode from "vscode";
import { uriIn } from "../platform/folderPaths";
import type { CommandEnd, DeskTools } from "./command";
import { chooseRunbook } from "./input/pickRunbook";
import { readRunbookTarget } from "./input/readTarget";
import { linkedFlow } from "./linked/linkedFlow";
import { placeOfLine } from "./linked/linkedPlace";

/** Creates an issue from a line of a runbook: the one the arguments name, else the one the cursor is in. */
export async function run(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const runbook = await chooseRunbook(session, args, vscode.l10n.t("Create linked issue"), vscode.l10n.t("From which runbook?"));
  if (runbook === undefined) return undefined;
  const line = readRunbookTarget(args)?.line ?? cursorIn(uriIn(session.folder.uri, runbook.path));
  return linkedFlow(tools, placeOfLine(session.desk().desk, runbook, line ?? -1));
}

function cursorIn(uri: vscode.Uri): number | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.uri.toString() === uri.toString() ? editor.selection.active.line : undefined;
}
