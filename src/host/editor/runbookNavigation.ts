import * as vscode from "vscode";
import { fileOfProcedure } from "../../core/model/procedurePath";
import type { Runbook } from "../../core/model/runbook";
import { writtenLinks } from "../../core/runbook/links";
import { type OutlineEntry, runbookOutline } from "../../core/runbook/outline";
import { plainLabel, withoutMarkup } from "../ui/safeText";
import type { ReadEditor } from "./editorText";
import type { RunbookDocuments } from "./runbookDocuments";

/** From a step to the runbooks that it runs. VS Code's Markdown support handles the links themselves. */
export function stepDefinitions(documents: RunbookDocuments, read: ReadEditor): vscode.DefinitionProvider {
  return {
    async provideDefinition(document, position, token) {
      const location = await documents.at(document.uri);
      const runbook = await location?.session.runbooks.get(location.path);
      if (location === undefined || runbook === undefined || token.isCancellationRequested) return [];
      const { line, character } = position;
      const inLink = read(document).links.some((link) => link.line === line && link.column <= character && character <= link.endColumn);
      const step = inLink ? undefined : runbook.steps.findLast((one) => one.source !== "section" && one.line <= line && line < one.endLine);
      const { runbooks } = location.session;
      // The heading in the link may be gone.
      const found = await Promise.all((step?.runbooks ?? []).map(async (path) => (await runbooks.get(path)) ?? runbooks.get(fileOfProcedure(path))));
      return found.flatMap((target) => {
        const uri = target === undefined ? undefined : location.session.paths.uriOf(target.file);
        return target === undefined || uri === undefined ? [] : [new vscode.Location(uri, new vscode.Position(titleLine(target), 0))];
      });
    },
  };
}

/** From the title of a runbook to the links to it. VS Code's Markdown support handles links to the heading itself. */
export function runbookReferences(documents: RunbookDocuments, read: ReadEditor): vscode.ReferenceProvider {
  return {
    async provideReferences(document, { line }, _context, token) {
      const location = await documents.at(document.uri);
      const runbook = await location?.session.runbooks.get(location.path);
      if (location === undefined || runbook === undefined || line > titleLine(runbook)) return [];
      const linking = (await location.session.runbooks.all()).filter((other) => other.links.some((link) => link.path === location.path));
      const found = await Promise.all(
        linking.map(async ({ path }) => {
          const uri = location.session.paths.uriOf(path);
          if (uri === undefined) return [];
          const text = await vscode.workspace.openTextDocument(uri);
          return writtenLinks(path, read(text))
            .filter((link) => link.target === location.path && link.rest !== titleFragment(runbook))
            .map((link) => new vscode.Location(text.uri, new vscode.Range(link.line, link.column, link.line, link.endColumn)));
        }),
      );
      return token.isCancellationRequested ? [] : found.flat();
    },
  };
}

function titleLine({ sections }: Runbook): number {
  return sections[0]?.line ?? 0;
}

function titleFragment({ sections }: Runbook): string {
  return `#${(sections[0]?.title ?? "").trim().toLowerCase().replace(/\s+/g, "-")}`;
}

/** Outline entries for steps, decisions, templates and commands, besides the headings of VS Code's Markdown support. */
export function runbookSymbols(documents: RunbookDocuments): vscode.DocumentSymbolProvider {
  return {
    async provideDocumentSymbols(document, token) {
      const location = await documents.at(document.uri);
      const runbook = await location?.session.runbooks.get(location.path);
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
  // The text may be shorter now than when the runbook was read.
  const last = document.lineCount - 1;
  const first = document.lineAt(Math.min(line, last)).range;
  const range = first.union(document.lineAt(Math.min(Math.max(endLine - 1, line), last)).range);
  const symbol = new vscode.DocumentSymbol(plainLabel(withoutMarkup(text)) || "…", "", kinds[kind], range, first);
  symbol.children = children.map((child) => symbolOf(child, document));
  return symbol;
}
