import * as vscode from "vscode";
import { completeDesk, isCompletedFromSchema } from "../../core/desk/completeDesk";

/** Every file that may be a desk's configuration. */
export const deskFiles: vscode.DocumentSelector = { pattern: "**/desk.yml" };

/**
 * Keys and values for `desk.yml` from the schema that comes with the extension, which is read on first use. Where the
 * extension for YAML suggests from the same schema, only what it does not suggest.
 */
export function completeDeskFile(extension: vscode.Uri): vscode.CompletionItemProvider {
  let schema: Promise<unknown> | undefined;
  return {
    async provideCompletionItems(document, position, token) {
      schema ??= readSchema(extension);
      const known = await schema;
      if (token.isCancellationRequested) return [];
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
