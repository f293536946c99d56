import * as vscode from "vscode";
import { contextKeys } from "../../platform/contextKeys";
import { runInBackground } from "../../platform/background";

/** Editors for long texts of an input flow. */
export interface DetailsEditors extends vscode.Disposable {
  /**
   * Opens an untitled Markdown editor with this text and returns its content when the user continues, or `undefined` when they close it.
   */
  write(text: string, options?: WriteOptions): Promise<string | undefined>;
  /** Closes the editor of this note, or one that was restored with this text, if it is open. */
  close(note: string, text: string): Promise<void>;
}

interface WriteOptions {
  /** Called with each new text. */
  readonly changed?: (text: string) => void;
  /** Names a note that is written at its end over a longer time. If its editor is open, or one was restored with this text, it is used again. */
  readonly note?: string;
  /** What the two buttons above the text do. Default: continue with the details, and cancel. */
  readonly buttons?: Buttons;
}

interface Buttons {
  readonly use: string;
  readonly close: string;
}

/** An open editor whose text somebody waits for. */
interface WaitingEditor extends WriteOptions {
  readonly resolve: (text: string | undefined) => void;
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

  function addressOf(note: string): string | undefined {
    return [...waiting].find(([, editor]) => editor.note === note)?.[0];
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
          const editor = waiting.get(document.uri.toString());
          if (editor === undefined) return [];
          const { use, close: leaving } = editor.buttons ?? { use: vscode.l10n.t("Continue with These Details"), close: vscode.l10n.t("Cancel") };
          const top = new vscode.Range(0, 0, 0, 0);
          const args = [document.uri];
          return [
            new vscode.CodeLens(top, { title: `$(check) ${use}`, command: "responseDesk._details.use", arguments: args }),
            new vscode.CodeLens(top, { title: `$(close) ${leaving}`, command: "responseDesk._details.cancel", arguments: args }),
          ];
        },
      },
    ),
  );

  return {
    async write(text, options = {}) {
      const { note } = options;
      const known = note === undefined ? undefined : (openDocument(addressOf(note)) ?? restored(text));
      const document = known ?? (await vscode.workspace.openTextDocument({ language: "markdown", content: text }));
      const address = document.uri.toString();
      take(address)?.(undefined);
      const written = new Promise<string | undefined>((resolve) => {
        waiting.set(address, { ...options, resolve });
      });
      notifyChange();
      const end = document.lineAt(document.lineCount - 1).range.end;
      await vscode.window.showTextDocument(document, { preview: false, ...(note === undefined || known !== undefined ? {} : { selection: new vscode.Range(end, end) }) });
      return written;
    },
    async close(note, text) {
      const address = addressOf(note);
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
