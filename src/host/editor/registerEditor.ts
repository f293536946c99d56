import * as vscode from "vscode";
import type { Parser } from "../../markdown/previewPlugin";
import type { WhileOpen } from "../app/deskOpener";
import type { DeskSession, OpenSession } from "../app/session";
import { registerDeskDiagnostics } from "./deskDiagnostics";
import { previewWiring } from "./previewWiring";
import { registerRunbookDiagnostics } from "./runbookDiagnostics";
import { runbookDocuments } from "./runbookDocuments";
import { runbookLenses } from "./runbookLenses";
import { registerUriHandler } from "./uriHandler";

export interface EditorDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly onDidOpenSession: vscode.Event<DeskSession>;
  readonly whileOpen: WhileOpen;
}

/** What runbooks and `desk.yml` show in editors and previews. Nothing is read before such a file is open. */
export function registerEditor(deps: EditorDeps): vscode.Disposable & { extendMarkdownIt(parser: Parser): Parser } {
  const documents = runbookDocuments(deps.open, deps.onDidOpenSession);
  const preview = previewWiring(documents);
  const all = vscode.Disposable.from(
    documents,
    preview,
    registerRunbookDiagnostics(documents),
    registerDeskDiagnostics(deps),
    registerUriHandler(),
    vscode.languages.registerCodeLensProvider({ language: "markdown" }, runbookLenses(documents)),
    deps.whileOpen(async (session) => (await import("./runbookLanguage")).registerRunbookLanguage(session, documents)),
  );
  return { extendMarkdownIt: preview.extendMarkdownIt, dispose: () => all.dispose() };
}
