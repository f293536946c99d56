import * as vscode from "vscode";

export const deskFiles: vscode.DocumentSelector = { pattern: "**/desk.yml" };

/** Whether a document is a `desk.yml` in a folder of the window. */
export function isDesk(document: vscode.TextDocument): boolean {
  return vscode.languages.match(deskFiles, document) > 0 && vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
}
