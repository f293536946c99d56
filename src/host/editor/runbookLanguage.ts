import * as vscode from "vscode";
import type { DeskSession } from "../session";
import { editorReader } from "./editorText";
import type { RunbookDocuments } from "./runbookDocuments";
import { completionSigns, runbookCompletion } from "./runbookCompletion";
import { runbookHovers } from "./runbookHovers";

const markdown: vscode.DocumentSelector = { language: "markdown" };

/** What the editor knows of a runbook while it is written. Files that are no runbooks of the desk are left to others. */
export function registerRunbookLanguage(_session: DeskSession, documents: RunbookDocuments): vscode.Disposable {
  const read = editorReader();
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(markdown, runbookHovers(documents, read)),
    vscode.languages.registerCompletionItemProvider(markdown, runbookCompletion(documents, read), ...completionSigns),
  );
}
