import * as vscode from "vscode";
import { runbookOutline, type OutlineEntry } from "../../core/runbook/runbookOutline";
import { plainLabel } from "../views/plainLabel";
import { withoutMarkup } from "../views/withoutMarkup";
import type { RunbookDocuments } from "./runbookDocuments";

/** Steps, decisions, templates and commands, beside the headings that the editor's own Markdown shows. */
export function runbookSymbols(documents: RunbookDocuments): vscode.DocumentSymbolProvider {
  return {
    async provideDocumentSymbols(document, token) {
      const place = await documents.at(document.uri);
      const runbook = await place?.session.runbooks.get(place.path);
      if (runbook === undefined || token.isCancellationRequested) return [];
      return runbookOutline(runbook).map((entry) => symbolOf(entry, document));
    },
  };
}

const kinds = {
  step: vscode.SymbolKind.Event,
  decision: vscode.SymbolKind.Enum,
  option: vscode.SymbolKind.EnumMember,
  template: vscode.SymbolKind.Object,
  command: vscode.SymbolKind.Function,
} as const;

function symbolOf({ kind, text, line, endLine, children }: OutlineEntry, document: vscode.TextDocument): vscode.DocumentSymbol {
  // The text may have lost lines since the runbook was read.
  const last = document.lineCount - 1;
  const first = document.lineAt(Math.min(line, last)).range;
  const whole = first.union(document.lineAt(Math.min(Math.max(endLine - 1, line), last)).range);
  const symbol = new vscode.DocumentSymbol(plainLabel(withoutMarkup(text)) || "…", "", kinds[kind], whole, first);
  symbol.children = children.map((child) => symbolOf(child, document));
  return symbol;
}
