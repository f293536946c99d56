import * as vscode from "vscode";
import type { Parser } from "../../markdown/previewPlugin";
import type { DeskSession, OpenSession } from "../session";
import { registerDeskDiagnostics } from "./deskDiagnostics";
import { previewWiring } from "./previewWiring";
import { registerRunbookDiagnostics } from "./runbookDiagnostics";
import { runbookDocuments } from "./runbookDocuments";
import { runbookLenses } from "./runbookLenses";
import { registerUriHandler } from "./uriHandler";
import { runInBackground } from "../platform/background";

export interface EditorDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly onDidOpenSession: vscode.Event<DeskSession>;
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
    onceOpen(deps, async (session) => (await import("./runbookLanguage")).registerRunbookLanguage(session, documents)),
  );
  return { extendMarkdownIt: preview.extendMarkdownIt, dispose: () => all.dispose() };
}

/** Registers when a desk is open what is of no use before, and is loaded only then; anew when another desk takes its place. */
function onceOpen({ onDidOpenSession }: EditorDeps, register: (session: DeskSession) => Promise<vscode.Disposable>): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  let current: DeskSession | undefined;
  const listening = onDidOpenSession((session) => {
    current = session;
    registered?.dispose();
    registered = undefined;
    runInBackground(register(session).then((made) => {
      if (current === session) registered = made;
      else made.dispose();
    }), session.log);
  });
  return {
    dispose() {
      current = undefined;
      listening.dispose();
      registered?.dispose();
    },
  };
}
