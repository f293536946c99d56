import * as vscode from "vscode";
import { procedurePath } from "../../core/model/procedurePath";
import type { Runbook } from "../../core/model/runbook";
import { runbooksInDesk } from "../../core/runbook/deskRunbooks";
import type { DeskSession } from "../app/session";
import { deskFiles } from "./deskDocument";
import { procedureHover } from "./runbookHovers";

/** Hovers and definitions for the runbooks and sections that a `desk.yml` names. */
export function registerDeskRunbooks(session: () => DeskSession | undefined): vscode.Disposable {
  async function runbookAt(document: vscode.TextDocument, position: vscode.Position): Promise<{ readonly runbook: Runbook; readonly range: vscode.Range; readonly session: DeskSession } | undefined> {
    const desk = session();
    const found = runbooksInDesk(document.getText()).map(({ file, slug, range }) => ({ path: procedurePath(file, slug), range: new vscode.Range(range.startLine, range.startColumn, range.endLine, range.endColumn) })).find(({ range }) => range.contains(position));
    const folder = desk === undefined ? undefined : folderOf(desk, document.uri);
    const runbook = desk === undefined || found === undefined || folder === undefined ? undefined : await desk.runbooks.get(folder + found.path);
    return desk === undefined || found === undefined || runbook === undefined ? undefined : { runbook, range: found.range, session: desk };
  }

  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(deskFiles, {
      async provideHover(document, position) {
        const found = await runbookAt(document, position);
        return found === undefined ? undefined : new vscode.Hover(await procedureHover(found.session, found.runbook), found.range);
      },
    }),
    vscode.languages.registerDefinitionProvider(deskFiles, {
      async provideDefinition(document, position) {
        const found = await runbookAt(document, position);
        const uri = found?.session.paths.uriOf(found.runbook.file);
        if (found === undefined || uri === undefined) return [];
        const line = found.runbook.sections[0]?.line ?? 0;
        return [{ originSelectionRange: found.range, targetUri: uri, targetRange: new vscode.Range(line, 0, line, 0) }];
      },
    }),
  );
}

/** The path of the folder of a `desk.yml`, with a slash at its end unless it is empty. */
function folderOf(session: DeskSession, desk: vscode.Uri): string | undefined {
  return session.paths.pathOf(desk)?.replace(/[^/]*$/, "");
}

/** Reads the runbooks that a `desk.yml` names, by their path relative to its folder. */
export function runbookReader(session: DeskSession, desk: vscode.Uri): (file: string) => Promise<Runbook | undefined> {
  const folder = folderOf(session, desk);
  return async (file) => (folder === undefined ? undefined : session.runbooks.get(folder + file));
}

/** The runbooks below the folder of a `desk.yml`, with paths relative to it. */
export async function runbooksBeside(session: DeskSession, desk: vscode.Uri): Promise<readonly Runbook[]> {
  const folder = folderOf(session, desk);
  const all = await session.runbooks.all();
  return folder === undefined ? [] : all.filter(({ path }) => path.startsWith(folder)).map((runbook) => ({ ...runbook, path: runbook.path.slice(folder.length) }));
}
