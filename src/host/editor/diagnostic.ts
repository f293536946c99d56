import * as vscode from "vscode";
import type { Problem } from "../../core/model/problem";
import { plainLabel } from "../ui/safeText";

/** Converts a problem to a diagnostic with a message. */
export function diagnostic(problem: Problem, message: string): vscode.Diagnostic {
  const { startLine, startColumn, endLine, endColumn } = problem.range;
  const made = new vscode.Diagnostic(new vscode.Range(startLine, startColumn, endLine, endColumn), message, severities[problem.severity]);
  made.source = "Response Desk";
  made.code = problem.code;
  return made;
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/** Localizes the message of a problem. Values are shown as plain text. */
export function describeProblem(sentence: string, ...values: readonly string[]): string {
  return vscode.l10n.t(sentence, ...values.map(plainLabel));
}
