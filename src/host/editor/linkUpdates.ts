import * as vscode from "vscode";
import { movedDeskRunbooks } from "../../core/runbook/deskRunbooks";
import { movedLinks, movesOf, type TextChange } from "../../core/runbook/links";
import type { DeskSession } from "../app/session";
import { uriIn } from "../platform/folderFiles";
import type { ReadEditor } from "./editorText";

/** When runbooks are renamed or moved, offers to update the links between them and the paths in `desk.yml`. */
export function updateLinksOnMove(session: DeskSession, read: ReadEditor): vscode.Disposable {
  return vscode.workspace.onWillRenameFiles((event) => event.waitUntil(linkEdits(session, read, event.files)));
}

type Renamed = vscode.FileRenameEvent["files"];

/** The edits to review. Skips moves of files whose links VS Code's Markdown support is set to update. */
async function linkEdits(session: DeskSession, read: ReadEditor, files: Renamed): Promise<vscode.WorkspaceEdit> {
  const edit = new vscode.WorkspaceEdit();
  const renamed = files.flatMap(({ oldUri, newUri }) => {
    const [from, to] = [session.paths.pathOf(oldUri), session.paths.pathOf(newUri)];
    return from === undefined || to === undefined || isUpdatedAnyway(oldUri) ? [] : [{ from, to }];
  });
  if (renamed.length === 0) return edit;
  const moves = movesOf(renamed);
  // VS Code asks before it applies these edits. With a confirmation per edit, users would have to select each one.
  const label = { label: vscode.l10n.t("Links between runbooks"), needsConfirmation: false };
  const add = (uri: vscode.Uri, changes: readonly TextChange[]): void => {
    for (const { range, text } of changes) edit.replace(uri, new vscode.Range(range.startLine, range.startColumn, range.endLine, range.endColumn), text, label);
  };
  const runbooks = await session.runbooks.all();
  const touched = runbooks.filter(({ path, links }) => moves(path) !== path || links.some((link) => moves(link.path) !== link.path));
  for (const { path } of touched) {
    const uri = session.paths.uriOf(path);
    if (uri === undefined) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    add(document.uri, movedLinks(path, read(document), moves));
  }
  const { path } = session.desk.now();
  const desk = path === undefined ? undefined : uriIn(session.folder.uri, path);
  if (desk !== undefined && runbooks.some(({ path }) => moves(path) !== path)) {
    const document = await vscode.workspace.openTextDocument(desk);
    add(document.uri, movedDeskRunbooks(session.desk.folder(), document.getText(), moves));
  }
  return edit;
}

function isUpdatedAnyway(uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration("markdown", uri).get("updateLinksOnFileMove.enabled", "never") !== "never";
}
