import * as vscode from "vscode";
import type { Problem } from "../../core/model/problem";
import { debounce } from "../../core/model/queues";
import type { RunbookCheckCode } from "../../core/runbook/runbookFixes";
import { describeRunbookProblem } from "../../core/runbook/runbookMessages";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { changesOf, followEvents } from "../platform/followEvents";
import { systemTimer } from "../platform/ports";
import { describeProblem, diagnostic } from "./diagnostic";
import { exists, type RunbookDocuments, type RunbookLocation } from "./runbookDocuments";
import { problemsIn } from "./runbookFixes";

/** Shows the problems of runbooks in open editors while they are edited. */
export function registerRunbookDiagnostics(documents: RunbookDocuments): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("responseDesk.runbook");

  async function check(document: vscode.TextDocument): Promise<void> {
    const location = await documents.at(document.uri);
    if (location === undefined) return collection.delete(document.uri);
    const version = document.version;
    const problems = await withoutFound(await problemsIn(document, location), location);
    if (document.isClosed || document.version !== version) return;
    collection.set(document.uri, problems.map((problem) => diagnostic(problem, describeRunbookProblem(problem, describeProblem))));
  }

  const checkAll = debounce(systemTimer, 150, () => {
    for (const document of vscode.workspace.textDocuments) if (document.languageId === "markdown") runInBackground(check(document));
  });
  const soon = (document: vscode.TextDocument): void => {
    if (document.languageId === "markdown") checkAll();
  };
  vscode.workspace.textDocuments.forEach(soon);
  return vscode.Disposable.from(
    collection,
    checkAll,
    followEvents(checkAll, documents.onDidChange, changesOf(documents.onDidChangeIssues, labelsOf)),
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    vscode.workspace.onDidCloseTextDocument((document) => collection.delete(document.uri)),
  );
}

/** The labels of issues, which some checks of runbooks use. */
function labelsOf(session: DeskSession): readonly string[] {
  return [...new Set(session.issues.snapshot()?.issues.flatMap(({ labels }) => labels))].sort();
}

/** A link may point to a Markdown file that is not a runbook of the desk. It is broken only if the file does not exist. */
async function withoutFound(problems: readonly Problem<RunbookCheckCode>[], { session }: RunbookLocation): Promise<readonly Problem<RunbookCheckCode>[]> {
  const found = await Promise.all(problems.map(async ({ code, details }) => {
    const uri = code === "brokenLink" ? session.paths.uriOf(details["path"] ?? "") : undefined;
    return uri !== undefined && exists(uri);
  }));
  return problems.filter((_, index) => found[index] !== true);
}
