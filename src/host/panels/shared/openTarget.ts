import * as vscode from "vscode";
import { procedurePath, splitProcedurePath } from "../../../core/model/procedurePath";
import { assertNever } from "../../../core/model/result";
import type { Runbook } from "../../../core/model/runbook";
import { procedureAtUrl } from "../../../core/runbook/links";
import type { DeskSession } from "../../app/session";
import { describeFailure } from "../../ui/failureMessages";
import type { LinkDestination } from "./links";

/**
 * Opens the destination of a link: an external address outside the editor, or a workspace file in it, at the heading that the link names. A
 * GitHub address of a runbook of the workspace opens the runbook. Returns the runbook or section that was opened, if any.
 */
export async function openTarget(session: DeskSession, target: LinkDestination, column?: vscode.ViewColumn): Promise<Runbook | undefined> {
  switch (target.kind) {
    case "web": {
      const { runbooks } = session;
      const known = (await runbooks.all()).flatMap(({ path }) => {
        const url = runbooks.urlOf(path);
        return url === undefined ? [] : [{ path, url }];
      });
      const path = procedureAtUrl(target.url, known);
      if (path !== undefined) return openProcedure(session, path, column);
      await vscode.env.openExternal(vscode.Uri.parse(target.url, true));
      return undefined;
    }
    case "file":
      return openProcedure(session, procedurePath(target.path, target.fragment), column);
    case "nowhere":
      return undefined;
    default:
      return assertNever(target);
  }
}

async function openProcedure(session: DeskSession, path: string, column: vscode.ViewColumn | undefined): Promise<Runbook | undefined> {
  const { file, slug } = splitProcedurePath(path);
  const runbook = session.runbooks.isRunbook(file) ? await session.runbooks.get(file) : undefined;
  const section = runbook === undefined || slug === undefined ? undefined : await session.runbooks.get(path);
  if (section !== undefined) await vscode.commands.executeCommand("responseDesk.runbook.open", { path: section.path });
  else await openFile(session, file, column);
  return section ?? runbook;
}

/** Opens the file at a path with its default editor. Does nothing for an empty path. Shows a message for a path outside its folder. */
export async function openFile(session: DeskSession, path: string, column?: vscode.ViewColumn): Promise<void> {
  if (path === "") return;
  const uri = session.paths.uriOf(path);
  if (uri !== undefined) await vscode.commands.executeCommand("vscode.open", uri, ...(column === undefined ? [] : [{ viewColumn: column }]));
  else await vscode.window.showWarningMessage(describeFailure({ kind: "outside", path }).message);
}
