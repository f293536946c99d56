import * as vscode from "vscode";
import { uriIn } from "../../platform/folderPaths";
import type { DeskSession } from "../../session";

/** Opens a runbook in the editor, at a line (from 0) if one is given. */
export async function showRunbook({ paths }: DeskSession, path: string, line?: number): Promise<vscode.TextEditor> {
  return showUri(paths.uriOf(path), line);
}

/** Opens a file of the workspace folder in the editor, at a line (from 0) if one is given. */
export async function showFile(folder: vscode.WorkspaceFolder, path: string, line?: number): Promise<vscode.TextEditor> {
  return showUri(uriIn(folder.uri, path), line);
}

async function showUri(uri: vscode.Uri, line: number | undefined): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  const options = line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) };
  return vscode.window.showTextDocument(document, options);
}
