import * as vscode from "vscode";
import type { Problem } from "../../core/problem";

/** A problem of a text as the editor underlines it, with its wording. */
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
