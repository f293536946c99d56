import * as vscode from "vscode";
import { contextKeys } from "../../platform/contextKeys";
import { runInBackground } from "../../platform/background";

/** Editors for long texts of an input flow. */
export interface DetailsEditors extends vscode.Disposable {
  /** Opens an untitled Markdown editor with this text and returns its content when the user continues, or `undefined` when they close it. */
  write(text: string): Promise<string | undefined>;
}

/** Creates the editors and registers the commands of their two buttons (above the text and in the title bar). */
export function createDetailsEditors(): DetailsEditors {
  const waiting = new Map<string, (text: string | undefined) => void>();
  const changed = new vscode.EventEmitter<void>();
  const setContext = contextKeys(vscode.commands.executeCommand);

  function notifyChange(): void {
    runInBackground(setContext("detailsEditors", [...waiting.keys()]));
    changed.fire();
  }

  /** Removes and returns the callback of an editor. */
  function take(address: string): ((text: string | undefined) => void) | undefined {
    const resolve = waiting.get(address);
    if (waiting.delete(address)) notifyChange();
    return resolve;
  }

  async function leave(argument: unknown, use: boolean): Promise<void> {
    const address = argument instanceof vscode.Uri ? argument.toString() : vscode.window.activeTextEditor?.document.uri.toString();
    if (address === undefined || !waiting.has(address)) return;
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === address);
    const text = use ? (document?.getText() ?? "") : undefined;
    const resolve = take(address);
    // The editor is closed first, so that it does not take the focus from the next question.
    if (document !== undefined) {
      await vscode.window.showTextDocument(document, { preserveFocus: false });
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    resolve?.(text);
  }

  const owned = vscode.Disposable.from(
    changed,
    vscode.commands.registerCommand("responseDesk._details.use", (argument: unknown) => leave(argument, true)),
    vscode.commands.registerCommand("responseDesk._details.cancel", (argument: unknown) => leave(argument, false)),
    vscode.workspace.onDidCloseTextDocument((document) => take(document.uri.toString())?.(undefined)),
    vscode.languages.registerCodeLensProvider(
      { scheme: "untitled", language: "markdown" },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses(document) {
          if (!waiting.has(document.uri.toString())) return [];
          const top = new vscode.Range(0, 0, 0, 0);
          const args = [document.uri];
          return [
            new vscode.CodeLens(top, { title: vscode.l10n.t("$(check) Continue with These Details"), command: "responseDesk._details.use", arguments: args }),
            new vscode.CodeLens(top, { title: vscode.l10n.t("$(close) Cancel"), command: "responseDesk._details.cancel", arguments: args }),
          ];
        },
      },
    ),
  );

  return {
    async write(text) {
      const document = await vscode.workspace.openTextDocument({ language: "markdown", content: text });
      const address = document.uri.toString();
      const written = new Promise<string | undefined>((resolve) => waiting.set(address, resolve));
      notifyChange();
      await vscode.window.showTextDocument(document, { preview: false });
      return written;
    },
    dispose() {
      for (const address of waiting.keys()) take(address)?.(undefined);
      owned.dispose();
    },
  };
}
