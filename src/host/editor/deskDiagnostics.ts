import * as vscode from "vscode";
import type { DeskProblemCode } from "../../core/desk/desk";
import { wordDeskProblem } from "../../core/desk/deskProblemWords";
import type { Problem } from "../../core/problem";
import { debounced } from "../platform/debounced";
import { uriIn } from "../platform/folderPaths";
import type { DeskSession, OpenSession } from "../session";
import { completeDeskFile, deskFiles } from "./deskCompletion";
import { diagnostic } from "./diagnostic";
import { sayProblem } from "./sayProblem";

/** What the problems of `desk.yml` are read with and shown for. */
export interface DeskDiagnosticsDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  /** Fires when a view or command has opened the desk; its problems are then shown without `desk.yml` being open. */
  readonly onDidOpenSession?: vscode.Event<DeskSession>;
}

/**
 * Problems and completion of `desk.yml`: of the text in an editor as it is typed, else of the file that the open desk was
 * read from. Reads nothing until the desk or a `desk.yml` is open.
 */
export function registerDeskDiagnostics(deps: DeskDiagnosticsDeps): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("responseDesk.desk");
  const disposables: vscode.Disposable[] = [collection];
  let followed: DeskSession | undefined;
  let shown: vscode.Uri | undefined;

  const follow = (session: DeskSession): void => {
    if (followed === session) return;
    followed = session;
    disposables.push(session.onDidChangeDesk(showSession));
    showSession();
  };

  function showSession(): void {
    const now = followed?.desk();
    const uri = followed === undefined || now?.path === undefined ? undefined : uriIn(followed.folder.uri, now.path);
    if (shown !== undefined && shown.toString() !== uri?.toString() && openDocument(shown) === undefined) collection.delete(shown);
    shown = uri;
    if (uri !== undefined && now !== undefined && openDocument(uri) === undefined) collection.set(uri, now.problems.map(underlined));
  }

  const checkOpen = debounced(150, () => {
    for (const document of vscode.workspace.textDocuments) if (isDesk(document)) void check(document);
  });

  async function check(document: vscode.TextDocument): Promise<void> {
    const { parseDesk } = await import("../../core/desk/parseDesk");
    if (document.isClosed) return;
    collection.set(document.uri, parseDesk(document.getText()).problems.map(underlined));
  }

  async function opened(document: vscode.TextDocument): Promise<void> {
    if (!isDesk(document)) return;
    checkOpen();
    const session = await deps.open();
    if (session.kind === "ok") follow(session.value);
  }

  disposables.push(
    checkOpen,
    vscode.workspace.onDidOpenTextDocument((document) => void opened(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isDesk(document)) checkOpen();
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (!isDesk(document)) return;
      collection.delete(document.uri);
      showSession();
    }),
    vscode.languages.registerCompletionItemProvider(deskFiles, completeDeskFile(deps.context.extensionUri), " "),
    ...(deps.onDidOpenSession === undefined ? [] : [deps.onDidOpenSession(follow)]),
  );
  for (const document of vscode.workspace.textDocuments) void opened(document);
  return vscode.Disposable.from({ dispose: () => disposables.forEach((one) => one.dispose()) });
}

function isDesk(document: vscode.TextDocument): boolean {
  return vscode.languages.match(deskFiles, document) > 0 && vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

function underlined(problem: Problem<DeskProblemCode>): vscode.Diagnostic {
  return diagnostic(problem, wordDeskProblem(problem, sayProblem));
}
