import * as vscode from "vscode";
import type { Runbook } from "../../core/runbook/runbook";
import { writtenLinks } from "../../core/runbook/writtenLinks";
import type { ReadEditor } from "./editorText";
import type { RunbookDocuments } from "./runbookDocuments";

/** From a step to the runbooks it runs. The destination of a link itself is left to the Markdown that comes with the editor. */
export function stepDefinitions(documents: RunbookDocuments, read: ReadEditor): vscode.DefinitionProvider {
  return {
    async provideDefinition(document, position, token) {
      const place = await documents.at(document.uri);
      const runbook = await place?.session.runbooks.get(place.path);
      if (place === undefined || runbook === undefined || token.isCancellationRequested) return [];
      const { line, character } = position;
      const inLink = writtenLinks(place.path, read(document)).some((link) => link.line === line && link.column <= character && character <= link.endColumn);
      const step = inLink ? undefined : runbook.steps.findLast((one) => one.source !== "section" && one.line <= line && line < one.endLine);
      const found = await Promise.all((step?.runbooks ?? []).map((path) => place.session.runbooks.get(path)));
      return found.flatMap((target) => {
        const uri = target === undefined ? undefined : place.session.paths.uriOf(target.path);
        return target === undefined || uri === undefined ? [] : [new vscode.Location(uri, new vscode.Position(titleLine(target), 0))];
      });
    },
  };
}

/** From the title of a runbook to the links that lead to it. Those to the title itself are told by the Markdown that comes with the editor. */
export function runbookReferences(documents: RunbookDocuments, read: ReadEditor): vscode.ReferenceProvider {
  return {
    async provideReferences(document, { line }, _context, token) {
      const place = await documents.at(document.uri);
      const runbook = await place?.session.runbooks.get(place.path);
      if (place === undefined || runbook === undefined || line > titleLine(runbook)) return [];
      const linking = (await place.session.runbooks.all()).filter((other) => other.links.some((link) => link.path === place.path));
      const found = await Promise.all(
        linking.map(async ({ path }) => {
          const uri = place.session.paths.uriOf(path);
          if (uri === undefined) return [];
          const text = await vscode.workspace.openTextDocument(uri);
          return writtenLinks(path, read(text))
            .filter((link) => link.target === place.path && link.rest !== titleFragment(runbook))
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
