import * as vscode from "vscode";
import { uriIn } from "../../platform/folderPaths";

/** Opens a file of the workspace folder in the editor, at a line (from 0) if one is given. */
export async function showFile(folder: vscode.WorkspaceFolder, path: string, line?: number): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uriIn(folder.uri, path));
  const options = line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) };
  return vscode.window.showTextDocument(document, options);
}
