import * as vscode from "vscode";

/** Every file that may be a desk's configuration. */
export const deskFiles: vscode.DocumentSelector = { pattern: "**/desk.yml" };

/** Whether a document is such a file in one of the window's folders. */
export function isDesk(document: vscode.TextDocument): boolean {
  return vscode.languages.match(deskFiles, document) > 0 && vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
}
