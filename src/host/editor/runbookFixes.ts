import * as vscode from "vscode";
import { dateTextOf } from "../../core/duty/localTime";
import { assertNever } from "../../core/result";
import { fixesFor, type FixScene, type RunbookFix } from "../../core/runbook/fixRunbook";
import { runbookContext } from "../../core/runbook/runbookContext";
import { plainLabel } from "../views/plainLabel";
import type { ReadEditor } from "./editorText";
import { problemsIn } from "./runbookAdvice";
import type { RunbookDocuments, RunbookPlace } from "./runbookDocuments";

/** Quick fixes for the problems that are shown in a runbook. */
export function runbookFixes(documents: RunbookDocuments, read: ReadEditor): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, _range, { diagnostics }, token) {
      const shown = diagnostics.filter(({ source }) => source === "Response Desk");
      const place = shown.length === 0 ? undefined : await documents.at(document.uri);
      if (place === undefined) return [];
      const [problems, scene] = await Promise.all([problemsIn(document, place), sceneOf(place, document, read)]);
      if (token.isCancellationRequested) return [];
      return shown.flatMap((diagnostic) => {
        const problem = problems.find(({ code, range }) => code === diagnostic.code && range.startLine === diagnostic.range.start.line && range.startColumn === diagnostic.range.start.character);
        const fixes = problem === undefined ? [] : fixesFor(problem, scene);
        return fixes.map((fix) => fixAction(fix, diagnostic, document.uri, fixes.length === 1));
      });
    },
  };
}

async function sceneOf({ session, path }: RunbookPlace, document: vscode.TextDocument, read: ReadEditor): Promise<FixScene> {
  const desk = session.desk.config();
  return {
    path,
    document: read(document),
    context: runbookContext(desk),
    runbooks: (await session.runbooks.all()).map((runbook) => runbook.path),
    today: dateTextOf(session.clock.now(), desk.timezone),
    item: vscode.l10n.t("What must be true"),
  };
}

function fixAction(fix: RunbookFix, diagnostic: vscode.Diagnostic, uri: vscode.Uri, isOnly: boolean): vscode.CodeAction {
  const action = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
  const { startLine, startColumn, endLine, endColumn } = fix.change.range;
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(uri, new vscode.Range(startLine, startColumn, endLine, endColumn), fix.change.text);
  action.diagnostics = [diagnostic];
  action.isPreferred = isOnly;
  return action;
}

function titleOf({ kind, text }: RunbookFix): string {
  const t = vscode.l10n.t;
  switch (kind) {
    case "replace":
      return t("Change to “{0}”", plainLabel(text));
    case "close":
      return t("Close the template here");
    case "addItem":
      return t("Add an item to the gate");
    case "review":
      return t("Mark as reviewed today");
    default:
      return assertNever(kind);
  }
}
