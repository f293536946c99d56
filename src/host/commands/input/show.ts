import * as v from "valibot";
import * as vscode from "vscode";
import type { IssueRef } from "../../../core/model/issueRef";
import { parseData } from "../../../core/model/parseData";
import { failed, ok, type Result } from "../../../core/model/result";
import type { DeskSession } from "../../app/session";
import { uriIn } from "../../platform/folderFiles";

/** Opens a runbook in the editor, optionally at a line (from 0). */
export async function showRunbook({ paths }: Pick<DeskSession, "paths">, path: string, line?: number): Promise<Result<vscode.TextEditor>> {
  return showUri(path, paths.uriOf(path), line);
}

/** Opens a file of the workspace folder in the editor, optionally at a line (from 0). Fails with `outside` if the path leads out of the folder. */
export async function showFile(folder: vscode.WorkspaceFolder, path: string, line?: number): Promise<Result<vscode.TextEditor>> {
  return showUri(path, uriIn(folder.uri, path), line);
}

async function showUri(path: string, uri: vscode.Uri | undefined, line: number | undefined): Promise<Result<vscode.TextEditor>> {
  if (uri === undefined) return failed({ kind: "outside", path });
  const document = await vscode.workspace.openTextDocument(uri);
  const options = line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) };
  return ok(await vscode.window.showTextDocument(document, options));
}

/** Reveals an issue in its tree without taking the focus, if that view is open. */
export async function revealIssue(ref: IssueRef): Promise<void> {
  await vscode.commands.executeCommand("responseDesk._issue.reveal", ref);
}

/** Whether the extension declares a command. */
export function hasCommand({ extension }: vscode.ExtensionContext, id: string): boolean {
  const manifest = parseData(v.object({ contributes: v.object({ commands: v.array(v.object({ command: v.string() })) }) }), extension.packageJSON);
  return manifest?.contributes.commands.some(({ command }) => command === id) ?? false;
}
