import * as vscode from "vscode";
import { newRunbookPath } from "../../../core/runbook/newRunbook";
import { runbookFolders } from "../../../core/runbook/runbookFolders";
import { uriIn } from "../../platform/folderPaths";
import type { DeskSession } from "../../app/session";

/** Opens the text as a new runbook that is not saved yet: a person reads it, and saving puts it where runbooks are. */
export async function openDraft(session: DeskSession, title: string, text: string): Promise<vscode.TextEditor> {
  const taken = new Set((await session.runbooks.all()).map(({ path }) => path.toLowerCase()));
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path.toLowerCase()));
  const isTaken = (path: string): boolean => taken.has(path.toLowerCase()) || open.has(uriIn(session.folder.uri, path)?.path.toLowerCase() ?? "");
  const [folder = ""] = runbookFolders(session.desk.config(), session.desk.folder());
  const file = uriIn(session.folder.uri, newRunbookPath(folder, title, isTaken));
  const document = await (file === undefined ? vscode.workspace.openTextDocument({ language: "markdown" }) : vscode.workspace.openTextDocument(file.with({ scheme: "untitled" })));
  // Before it is shown: who saves at once must not save an empty file.
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  return vscode.window.showTextDocument(document, { preview: false });
}
