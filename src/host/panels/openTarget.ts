import * as vscode from "vscode";
import { assertNever } from "../../core/model/result";
import type { DeskSession } from "../app/session";
import { describeFailure } from "../ui/failureMessages";
import type { LinkTarget } from "./links";

/** Opens a link target: an external address outside the editor, or a workspace file in it. */
export async function openTarget(session: DeskSession, target: LinkTarget, column?: vscode.ViewColumn): Promise<void> {
  switch (target.kind) {
    case "web":
      await vscode.env.openExternal(vscode.Uri.parse(target.url, true));
      return;
    case "file":
      return openFile(session, target.path, column);
    case "nowhere":
      return;
    default:
      return assertNever(target);
  }
}

/** Opens the file at a path with its default editor. Does nothing for an empty path. Shows a message for a path outside its folder. */
export async function openFile(session: DeskSession, path: string, column?: vscode.ViewColumn): Promise<void> {
  if (path === "") return;
  const uri = session.paths.uriOf(path);
  if (uri !== undefined) await vscode.commands.executeCommand("vscode.open", uri, ...(column === undefined ? [] : [{ viewColumn: column }]));
  else await vscode.window.showWarningMessage(describeFailure({ kind: "outside", path }).message);
}
