import * as vscode from "vscode";
import { areaAt } from "../../core/runbook/areaAt";
import { namesInLine, variablesInLine, type PlacedName } from "../../core/runbook/namesInLine";
import { runbookContext } from "../../core/runbook/runbookContext";
import type { ReadEditor } from "./editorText";
import { hoverWords } from "./hoverWords";
import type { RunbookDocuments, RunbookPlace } from "./runbookDocuments";

/** What the desk knows of the kinds, roles, people, issues and variables that a runbook names. */
export function runbookHovers(documents: RunbookDocuments, read: ReadEditor): vscode.HoverProvider {
  return {
    async provideHover(document, position, token) {
      const place = await documents.at(document.uri);
      if (place === undefined || token.isCancellationRequested) return undefined;
      const found = namesAt(document, position.line, place, read).find(({ column, endColumn }) => column <= position.character && position.character <= endColumn);
      if (found === undefined) return undefined;
      const runbook = await place.session.runbooks.get(place.path);
      const contents = runbook === undefined || token.isCancellationRequested ? [] : hoverWords(found.name, place.session, runbook.details);
      return contents.length === 0 ? undefined : new vscode.Hover([...contents], new vscode.Range(position.line, found.column, position.line, found.endColumn));
    },
  };
}

function namesAt(document: vscode.TextDocument, line: number, { session }: RunbookPlace, read: ReadEditor): readonly PlacedName[] {
  const text = document.lineAt(line).text;
  if (!/[[@#{]/.test(text)) return [];
  const names = (): readonly PlacedName[] => namesInLine(text, runbookContext(session.desk.config()));
  switch (areaAt(read(document), line)) {
    case "prose":
      return names();
    case "templateHead":
      return variablesInLine(text);
    case "templateBody":
      return [...variablesInLine(text), ...names()];
    default:
      return [];
  }
}
