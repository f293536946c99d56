import * as vscode from "vscode";
import { failed, ok, type Result } from "../../../core/model/result";
import { plainLabel } from "../../ui/safeText";

/** The file that an export was written to. */
export interface SavedExport {
  readonly uri: vscode.Uri;
  /** Its name, for messages. */
  readonly name: string;
}

/** Asks for a file and writes a text to it, which is rendered once the user has chosen the file. `undefined` if the user cancels. */
export async function saveExport(dialog: vscode.SaveDialogOptions, render: () => string | Promise<string>): Promise<Result<SavedExport> | undefined> {
  const uri = await vscode.window.showSaveDialog(dialog);
  if (uri === undefined) return undefined;
  const text = await render();
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    return failed({ kind: "unwritable", path: uri.path, reason: error instanceof Error ? error.message : String(error) });
  }
  return ok({ uri, name: plainLabel(uri.path.split("/").at(-1) ?? "") });
}
