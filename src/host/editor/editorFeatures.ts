import * as vscode from "vscode";
import type { DeskSession, OpenSession } from "../app/session";
import { registerDeskDiagnostics } from "./deskDiagnostics";
import { editorReader } from "./editorText";
import { updateLinksOnMove } from "./linkUpdates";
import { completionSigns, runbookCompletion } from "./runbookCompletion";
import { registerRunbookDiagnostics } from "./runbookDiagnostics";
import type { RunbookDocuments } from "./runbookDocuments";
import { runbookFixes } from "./runbookFixes";
import { runbookHovers } from "./runbookHovers";
import { runbookLenses } from "./runbookLenses";
import { runbookReferences, runbookSymbols, stepDefinitions } from "./runbookNavigation";

const markdown: vscode.DocumentSelector = { language: "markdown" };

/** What the features are registered with. */
export interface EditorFeatureDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly onDidOpenSession: vscode.Event<DeskSession>;
}

/** Registers problems and actions in runbooks and `desk.yml`, also while no desk is open. */
export function registerEditorFeatures(deps: EditorFeatureDeps, documents: RunbookDocuments): vscode.Disposable {
  return vscode.Disposable.from(
    registerRunbookDiagnostics(documents),
    registerDeskDiagnostics(deps),
    vscode.languages.registerCodeLensProvider(markdown, runbookLenses(documents)),
  );
}

/** Registers the language features for the runbooks of an open desk. Other Markdown files are not affected. */
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
