import * as vscode from "vscode";
import { dateTextOf } from "../../core/calendar/localTime";
import type { Problem } from "../../core/model/problem";
import { assertNever } from "../../core/model/result";
import type { Runbook } from "../../core/model/runbook";
import { findRunbookProblems } from "../../core/runbook/checkRunbook";
import { findBrokenFragments } from "../../core/runbook/fragments";
import { runbookContext } from "../../core/runbook/runbookContext";
import { type FixContext, fixesFor, type RunbookCheckCode, type RunbookFix } from "../../core/runbook/runbookFixes";
import { readMarkdown } from "../../markdown/readMarkdown";
import type { DeskSession } from "../app/session";
import { plainLabel } from "../ui/safeText";
import type { ReadEditor } from "./editorText";
import type { RunbookDocuments, RunbookLocation } from "./runbookDocuments";

/** Quick fixes for the problems of a runbook. */
export function runbookFixes(documents: RunbookDocuments, read: ReadEditor): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, _range, { diagnostics }, token) {
      const shown = diagnostics.filter(({ source }) => source === "Response Desk");
      const location = shown.length === 0 ? undefined : await documents.at(document.uri);
      if (location === undefined) return [];
      const [problems, context] = await Promise.all([problemsIn(document, location), contextOf(location, document, read)]);
      if (token.isCancellationRequested) return [];
      return shown.flatMap((diagnostic) => {
        const problem = problems.find(({ code, range }) => code === diagnostic.code && range.startLine === diagnostic.range.start.line && range.startColumn === diagnostic.range.start.character);
        const fixes = problem === undefined ? [] : fixesFor(problem, context);
        return fixes.map((fix) => fixAction(fix, diagnostic, document.uri, fixes.length === 1));
      });
    },
  };
}

async function contextOf({ session, path }: RunbookLocation, document: vscode.TextDocument, read: ReadEditor): Promise<FixContext> {
  const desk = session.desk.config();
  return {
    path,
    document: read(document),
    context: runbookContext(desk),
    runbooks: (await session.runbooks.all()).map((runbook) => runbook.path),
    today: dateTextOf(session.clock.now(), desk.timezone),
    item: vscode.l10n.t("Criterion to meet"),
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

/** The headings and the text of a file that a runbook links to. */
async function targetAt(session: DeskSession, path: string): Promise<Pick<Runbook, "sections"> & { readonly text: string } | undefined> {
  const runbook = await session.runbooks.get(path);
  const uri = runbook === undefined ? undefined : session.paths.uriOf(path);
  return runbook === undefined || uri === undefined ? undefined : { sections: runbook.sections, text: (await vscode.workspace.openTextDocument(uri)).getText() };
}

/** The problems of a runbook in an editor, including those that depend on the date, the people or the issues of the desk. */
export async function problemsIn(document: vscode.TextDocument, { session, path }: RunbookLocation): Promise<readonly Problem<RunbookCheckCode>[]> {
  const runbook = await session.runbooks.get(path);
  if (runbook === undefined) return [];
  const issues = session.issues.snapshot()?.issues;
  const labels = issues === undefined ? {} : { labels: issues.flatMap((issue) => issue.labels) };
  const text = document.getText();
  const fragments = await findBrokenFragments(runbook, { text, document: () => readMarkdown(text) }, (file) => targetAt(session, file));
  return [...runbook.problems, ...fragments, ...findRunbookProblems(runbook, text, { desk: session.desk.config(), now: session.clock.now(), ...labels, read: readMarkdown })];
}
