import * as vscode from "vscode";

/** Opens a file of the workspace folder in the editor, at a line (from 0) if one is given. */
export async function showFile(folder: vscode.WorkspaceFolder, path: string, line?: number): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, ...path.split("/")));
  const options = line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) };
  return vscode.window.showTextDocument(document, options);
}
