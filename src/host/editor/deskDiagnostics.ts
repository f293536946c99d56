import * as vscode from "vscode";
import { completeDesk, isCompletedFromSchema } from "../../core/desk/completeDesk";
import { checkChange, fixChange } from "../../core/desk/deskEdits";
import { describeDeskProblem } from "../../core/desk/deskMessages";
import { parseDesk } from "../../core/desk/parseDesk";
import type { DeskProblemCode } from "../../core/model/desk";
import type { Problem } from "../../core/model/problem";
import { debounce } from "../../core/model/queues";
import type { Runbook } from "../../core/model/runbook";
import { checkDeskTemplate } from "../../core/postmortem/document/postmortemTemplate";
import { checkDeskRunbooks, completeDeskRunbook, fixDeskRunbook } from "../../core/runbook/deskRunbooks";
import type { DeskSession, OpenSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { uriIn } from "../platform/folderFiles";
import { systemClock, systemTimer } from "../platform/ports";
import { plainLabel } from "../ui/safeText";
import { deskFiles, isDesk } from "./deskDocument";
import { registerDeskRunbooks, runbookReader, runbooksBeside } from "./deskRunbooks";
import { describeProblem, diagnostic } from "./diagnostic";

interface DeskDiagnosticsDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  /** Fires when the desk was opened. Its problems are then shown also while `desk.yml` is closed. */
  readonly onDidOpenSession?: vscode.Event<DeskSession>;
}

/**
 * Diagnostics and completion for `desk.yml`: for the text of an open editor, else for the file of the open desk. Reads nothing
 * until the desk or a `desk.yml` is open.
 */
export function registerDeskDiagnostics(deps: DeskDiagnosticsDeps): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("responseDesk.desk");
  const disposables: vscode.Disposable[] = [collection];
  let followed: DeskSession | undefined;
  let shown: vscode.Uri | undefined;

  const follow = (session: DeskSession): void => {
    if (followed === session) return;
    followed = session;
    disposables.push(session.desk.onDidChange(showSession), session.runbooks.onDidChange(() => {
      showSession();
      checkOpen();
    }));
    showSession();
    checkOpen();
  };

  const showSession = (): void => runInBackground(showClosed());

  async function showClosed(): Promise<void> {
    const now = followed?.desk.now();
    const uri = followed === undefined || now?.path === undefined ? undefined : uriIn(followed.folder.uri, now.path);
    if (shown !== undefined && shown.toString() !== uri?.toString() && openDocument(shown) === undefined) collection.delete(shown);
    shown = uri;
    if (followed === undefined || uri === undefined || now?.path === undefined || openDocument(uri) !== undefined) return;
    const text = await followed.files.read(now.path);
    const named = text.kind === "ok" ? [...(await checkDeskRunbooks(text.value, runbookReader(followed, uri))), ...(await checkDeskTemplate(text.value, fileReader(followed)))] : [];
    if (openDocument(uri) === undefined && shown === uri) collection.set(uri, [...now.problems, ...named].map(underlined));
  }

  const checkOpen = debounce(systemTimer, 150, () => {
    for (const document of vscode.workspace.textDocuments) if (isDesk(document)) runInBackground(check(document));
  });

  async function check(document: vscode.TextDocument): Promise<void> {
    const text = document.getText();
    const { version } = document;
    const problems = [...parseDesk(text).problems, ...checkChange(textBefore(document), text, systemClock.now()), ...(await runbookProblems(document)), ...(followed === undefined ? [] : await checkDeskTemplate(text, fileReader(followed)))];
    if (!document.isClosed && document.version === version) collection.set(document.uri, problems.map(underlined));
  }

  async function runbookProblems(document: vscode.TextDocument): Promise<readonly Problem<DeskProblemCode>[]> {
    return followed === undefined ? [] : checkDeskRunbooks(document.getText(), runbookReader(followed, document.uri));
  }

  /** The text when the file was opened. Diagnostics compare with it to find changes of shifts that have started. */
  const textsBefore = new Map<string, string>();
  function textBefore(document: vscode.TextDocument): string {
    const key = document.uri.toString();
    const known = textsBefore.get(key) ?? document.getText();
    textsBefore.set(key, known);
    return known;
  }

  const fixes: vscode.CodeActionProvider = {
    async provideCodeActions(document, _range, { diagnostics }) {
      const named = diagnostics.some(({ code }) => code === "missingHeading" || code === "missingRunbook") ? await runbookProblems(document) : [];
      const files = followed === undefined || named.length === 0 ? [] : (await runbooksBeside(followed, document.uri)).map(({ path }) => path);
      const [before, text, now] = [textBefore(document), document.getText(), systemClock.now()];
      const problems = checkChange(before, text, now);
      return diagnostics.flatMap((shown) => {
        const missing = named.find((one) => one.code === shown.code && describeDeskProblem(one, describeProblem) === shown.message && one.range.startLine === shown.range.start.line);
        if (missing !== undefined) return fixDeskRunbook(missing, files).map((text) => replaceFix(document.uri, shown, text));
        const problem = problems.find((one) => one.code === shown.code && describeDeskProblem(one, describeProblem) === shown.message);
        const edits = problem === undefined ? [] : fixChange(before, text, now, problem);
        if (problem === undefined || edits.length === 0) return [];
        const { value: login = "", date = "" } = problem.details;
        const t = vscode.l10n.t;
        const action = new vscode.CodeAction(problem.code === "joinsNow" ? t("Set the first day of {0} to {1}", login, date) : t("Keep {0} with the last day {1}", login, date), vscode.CodeActionKind.QuickFix);
        action.edit = new vscode.WorkspaceEdit();
        for (const { from, to, newText } of edits) action.edit.replace(document.uri, new vscode.Range(document.positionAt(from), document.positionAt(to)), newText);
        action.diagnostics = [shown];
        action.isPreferred = true;
        return [action];
      });
    },
  };

  async function opened(document: vscode.TextDocument): Promise<void> {
    if (!isDesk(document)) return;
    textBefore(document);
    checkOpen();
    const session = await deps.open();
    if (session.kind === "ok") follow(session.value);
  }

  disposables.push(
    checkOpen,
    vscode.workspace.onDidOpenTextDocument((document) => runInBackground(opened(document))),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isDesk(document)) checkOpen();
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (!isDesk(document)) return;
      collection.delete(document.uri);
      textsBefore.delete(document.uri.toString());
      showSession();
    }),
    vscode.languages.registerCodeActionsProvider(deskFiles, fixes, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    vscode.languages.registerCompletionItemProvider(deskFiles, completeDeskFile(deps.context.extensionUri, (document) => (followed === undefined ? [] : runbooksBeside(followed, document.uri))), " ", "#", "/", '"'),
    registerDeskRunbooks(() => followed),
    ...(deps.onDidOpenSession === undefined ? [] : [deps.onDidOpenSession(follow)]),
  );
  for (const document of vscode.workspace.textDocuments) runInBackground(opened(document));
  return vscode.Disposable.from({ dispose: () => disposables.forEach((one) => one.dispose()) });
}

function replaceFix(uri: vscode.Uri, shown: vscode.Diagnostic, text: string): vscode.CodeAction {
  const action = new vscode.CodeAction(vscode.l10n.t("Change to “{0}”", plainLabel(text)), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(uri, shown.range, text);
  action.diagnostics = [shown];
  return action;
}

function fileReader(session: DeskSession): (path: string) => Promise<string | undefined> {
  return async (path) => {
    const text = await session.files.read(path);
    return text.kind === "ok" ? text.value : undefined;
  };
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

function underlined(problem: Problem<DeskProblemCode>): vscode.Diagnostic {
  return diagnostic(problem, describeDeskProblem(problem, describeProblem));
}

/** Completes keys and values of `desk.yml` from the schema of the extension. Where the YAML extension uses the same schema, offers only what it does not. */
function completeDeskFile(extension: vscode.Uri, runbooksOf: (document: vscode.TextDocument) => Promise<readonly Runbook[]> | readonly Runbook[]): vscode.CompletionItemProvider {
  let schema: Promise<unknown> | undefined;
  return {
    async provideCompletionItems(document, position, token) {
      schema ??= readSchema(extension);
      const known = await schema;
      if (token.isCancellationRequested) return [];
      const values = completeDeskRunbook(document.getText(), position.line, position.character, await runbooksOf(document));
      if (values !== undefined) return values.map(({ text, path, title, column, endColumn }, index) => {
        const item = new vscode.CompletionItem({ label: path, description: plainLabel(title) }, vscode.CompletionItemKind.File);
        item.range = new vscode.Range(position.line, column, position.line, endColumn);
        item.insertText = text;
        item.filterText = path;
        item.sortText = String(index).padStart(6, "0");
        return item;
      });
      const word = document.getWordRangeAtPosition(position, /[^\s,{}[\]:]+/);
      const range = new vscode.Range(word?.start ?? position, position);
      return completeDesk(document.getText(), position.line, position.character, known, completedFromSchema(document) ? "rest" : "all").map((suggestion) => {
        const isKey = suggestion.kind === "key";
        const item = new vscode.CompletionItem(suggestion.text, isKey ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value);
        item.range = range;
        if (isKey) item.insertText = `${suggestion.text}: `;
        if (suggestion.description !== undefined) item.documentation = suggestion.description;
        return item;
      });
    },
  };
}

function completedFromSchema(document: vscode.TextDocument): boolean {
  return isCompletedFromSchema({
    installed: vscode.extensions.getExtension("redhat.vscode-yaml") !== undefined,
    completion: vscode.workspace.getConfiguration("yaml", document).get("completion"),
    languageId: document.languageId,
  });
}

async function readSchema(extension: vscode.Uri): Promise<unknown> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "media/desk.schema.json"));
  return JSON.parse(new TextDecoder().decode(bytes));
}
