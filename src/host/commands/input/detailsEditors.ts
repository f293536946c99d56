import * as vscode from "vscode";
import { contextKeys } from "../../platform/contextKeys";
import { runInBackground } from "../../platform/background";

/** Editors for long texts of an input flow. */
export interface DetailsEditors extends vscode.Disposable {
  /**
   * Opens an untitled Markdown editor with this text and returns its content when the user continues, or `undefined` when they close it.
   * `changed` is called with each new text. If an editor with the same `name` is open, or one that was restored with this text, it
   * is used again.
   */
  write(text: string, changed?: (text: string) => void, name?: string): Promise<string | undefined>;
  /** Closes the editor with this name, or one that was restored with this text, if it is open. */
  close(name: string, text: string): Promise<void>;
}

/** An open editor whose text somebody waits for. */
interface WaitingEditor {
  readonly name?: string;
  readonly resolve: (text: string | undefined) => void;
  readonly changed?: (text: string) => void;
}

/** Creates the editors and registers the commands of their two buttons (above the text and in the title bar). */
export function createDetailsEditors(): DetailsEditors {
  const waiting = new Map<string, WaitingEditor>();
  const changed = new vscode.EventEmitter<void>();
  const setContext = contextKeys(vscode.commands.executeCommand);

  function notifyChange(): void {
    runInBackground(setContext("detailsEditors", [...waiting.keys()]));
    changed.fire();
  }

  /** Removes and returns the callback of an editor. */
  function take(address: string): ((text: string | undefined) => void) | undefined {
    const resolve = waiting.get(address)?.resolve;
    if (waiting.delete(address)) notifyChange();
    return resolve;
  }

  async function leave(argument: unknown, use: boolean): Promise<void> {
    const address = argument instanceof vscode.Uri ? argument.toString() : vscode.window.activeTextEditor?.document.uri.toString();
    if (address === undefined || !waiting.has(address)) return;
    const document = openDocument(address);
    const text = use ? (document?.getText() ?? "") : undefined;
    const resolve = take(address);
    // The editor is closed first, so that it does not take the focus from the next question.
    await close(document);
    resolve?.(text);
  }

  async function close(document: vscode.TextDocument | undefined): Promise<void> {
    if (document === undefined) return;
    await vscode.window.showTextDocument(document, { preserveFocus: false });
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }

  function openDocument(address: string | undefined): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && uri.toString() === address);
  }

  function addressOf(name: string): string | undefined {
    return [...waiting].find(([, editor]) => editor.name === name)?.[0];
  }

  /** VS Code restores unsaved editors after a restart. */
  function restored(text: string): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find((open) => open.isUntitled && open.languageId === "markdown" && open.getText() === text && !waiting.has(open.uri.toString()));
  }

  const owned = vscode.Disposable.from(
    changed,
    vscode.commands.registerCommand("responseDesk._details.use", (argument: unknown) => leave(argument, true)),
    vscode.commands.registerCommand("responseDesk._details.cancel", (argument: unknown) => leave(argument, false)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => waiting.get(document.uri.toString())?.changed?.(document.getText())),
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
    async write(text, onChange, name) {
      const known = name === undefined ? undefined : (openDocument(addressOf(name)) ?? restored(text));
      const document = known ?? (await vscode.workspace.openTextDocument({ language: "markdown", content: text }));
      const address = document.uri.toString();
      take(address)?.(undefined);
      const written = new Promise<string | undefined>((resolve) => {
        waiting.set(address, { resolve, ...(onChange === undefined ? {} : { changed: onChange }), ...(name === undefined ? {} : { name }) });
      });
      notifyChange();
      await vscode.window.showTextDocument(document, { preview: false });
      return written;
    },
    async close(name, text) {
      const address = addressOf(name);
      const document = address === undefined ? restored(text) : openDocument(address);
      if (address !== undefined) take(address)?.(undefined);
      await close(document);
    },
    dispose() {
      for (const address of waiting.keys()) take(address)?.(undefined);
      owned.dispose();
    },
  };
}
