import * as vscode from "vscode";
import type { IssueRef } from "../../../core/model/issueRef";
import { failed, ok, type Result } from "../../../core/model/result";
import type { DeskSession } from "../../app/session";
import { uriIn } from "../../platform/folderFiles";

/** Opens a runbook in the editor, at a line (from 0) if one is given. */
export async function showRunbook({ paths }: Pick<DeskSession, "paths">, path: string, line?: number): Promise<Result<vscode.TextEditor>> {
  return showUri(path, paths.uriOf(path), line);
}

/** Opens a file of the workspace folder in the editor, at a line (from 0) if one is given; a path that leads out of the folder is `outside`. */
export async function showFile(folder: vscode.WorkspaceFolder, path: string, line?: number): Promise<Result<vscode.TextEditor>> {
  return showUri(path, uriIn(folder.uri, path), line);
}

async function showUri(path: string, uri: vscode.Uri | undefined, line: number | undefined): Promise<Result<vscode.TextEditor>> {
  if (uri === undefined) return failed({ kind: "outside", path });
  const document = await vscode.workspace.openTextDocument(uri);
  const options = line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) };
  return ok(await vscode.window.showTextDocument(document, options));
}

/** Shows an issue in its tree, without taking the focus, when that view is open. */
export async function revealIssue(ref: IssueRef): Promise<void> {
  await vscode.commands.executeCommand("responseDesk._issue.reveal", ref);
}
