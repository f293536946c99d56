import * as vscode from "vscode";
import type { DeskSession } from "../app/session";
import { editorReader } from "./editorText";
import { updateLinksOnMove } from "./linkUpdates";
import { completionSigns, runbookCompletion } from "./runbookCompletion";
import type { RunbookDocuments } from "./runbookDocuments";
import { runbookFixes } from "./runbookFixes";
import { runbookHovers } from "./runbookHovers";
import { runbookReferences, runbookSymbols, stepDefinitions } from "./runbookNavigation";

const markdown: vscode.DocumentSelector = { language: "markdown" };

/** Registers the language features for runbooks. Other Markdown files are not affected. */
export function registerRunbookLanguage(session: DeskSession, documents: RunbookDocuments): vscode.Disposable {
  const read = editorReader();
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(markdown, runbookHovers(documents, read)),
    vscode.languages.registerCompletionItemProvider(markdown, runbookCompletion(documents, read), ...completionSigns),
    vscode.languages.registerDefinitionProvider(markdown, stepDefinitions(documents, read)),
    vscode.languages.registerReferenceProvider(markdown, runbookReferences(documents, read)),
    vscode.languages.registerCodeActionsProvider(markdown, runbookFixes(documents, read), { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    vscode.languages.registerDocumentSymbolProvider(markdown, runbookSymbols(documents), { label: vscode.l10n.t("Runbook") }),
    updateLinksOnMove(session, read),
  );
}
