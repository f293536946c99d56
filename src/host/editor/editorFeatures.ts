import * as vscode from "vscode";
import type { DeskSession, OpenSession } from "../app/session";
import { registerDeskDiagnostics } from "./deskDiagnostics";
import { registerRunbookDiagnostics } from "./runbookDiagnostics";
import type { RunbookDocuments } from "./runbookDocuments";
import { runbookLenses } from "./runbookLenses";

/** What the features are registered with. */
export interface EditorFeatureDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly onDidOpenSession: vscode.Event<DeskSession>;
}

/** Problems, fixes, completion and actions in runbooks and `desk.yml`. */
export function registerEditorFeatures(deps: EditorFeatureDeps, documents: RunbookDocuments): vscode.Disposable {
  return vscode.Disposable.from(
    registerRunbookDiagnostics(documents),
    registerDeskDiagnostics(deps),
    vscode.languages.registerCodeLensProvider({ language: "markdown" }, runbookLenses(documents)),
  );
}
