import * as vscode from "vscode";
import { newRunbookPath } from "../../../core/runbook/newRunbook";
import { runbookFolders } from "../../../core/runbook/runbookFolders";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { uriIn } from "../../platform/folderFiles";
import { type Answer, type FlowStep, next } from "../../ui/inputFlow";
import { decorate, showInput } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { DetailsEditors } from "./detailsEditors";

type Way = "keep" | "clipboard" | "editor" | "none" | "initial";

interface WayItem extends vscode.QuickPickItem {
  readonly way: Way;
}

/** The properties of a text field in a form. */
interface TextOptions {
  /** The initial text of the editor. */
  readonly initial: string;
  /** An example. */
  readonly hint: string;
  /** The message if the text is empty. Default: an empty text is allowed. */
  readonly needed?: string;
}

/**
 * Asks for a text of several lines: from the clipboard (unchanged), from an editor, or none. `current` is the text entered
 * before.
 */
export async function askDetails(flowStep: FlowStep, editors: DetailsEditors, current: string | undefined, placeholder: string, options?: TextOptions): Promise<Answer<string>> {
  const answer = await askText(flowStep, editors, current, placeholder, options);
  if (answer.kind !== "next" || options?.needed === undefined || answer.value.trim() !== "") return answer;
  return askDetails(flowStep, editors, current, options.needed, options);
}

async function askText(flowStep: FlowStep, editors: DetailsEditors, current: string | undefined, placeholder: string, options: TextOptions | undefined): Promise<Answer<string>> {
  const again = (): Promise<Answer<string>> => askText(flowStep, editors, current, placeholder, options);
  const answer = await askWay(flowStep, current, placeholder, options);
  if (answer.kind !== "next") return answer;
  const { way, clipboard } = answer.value;
  switch (way) {
    case "keep":
      return next(current ?? "");
    case "none":
      return next("");
    case "initial":
      return next(options?.initial ?? "");
    case "clipboard": {
      const text = clipboard ?? (await readClipboard());
      if (text !== "") return next(text);
      runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("The clipboard has no text that can be read. Copy the text again, or write in an editor and paste it there.")));
      return again();
    }
    case "editor": {
      const text = await editors.write(current === undefined || current === "" ? (options?.initial ?? "") : current);
      return text === undefined ? again() : next(text);
    }
  }
}

function askWay(flowStep: FlowStep, current: string | undefined, placeholder: string, options: TextOptions | undefined): Promise<Answer<{ way: Way; clipboard?: string }>> {
  const quick = vscode.window.createQuickPick<WayItem>();
  decorate(quick, flowStep);
  quick.placeholder = placeholder;
  let clipboard: string | undefined;
  const fill = (): void => {
    quick.items = ways(current, clipboard, options);
  };
  fill();
  // A browser asks for permission to read the clipboard, so there it is read only when the user chooses it.
  if (vscode.env.uiKind === vscode.UIKind.Desktop) {
    runInBackground(readClipboard().then((text) => {
      clipboard = text;
      fill();
    }));
  }
  return showInput(quick, (accept) => [
    quick.onDidAccept(() => {
      const chosen = quick.activeItems[0];
      if (chosen !== undefined) accept(next({ way: chosen.way, ...(clipboard === undefined ? {} : { clipboard }) }));
    }),
  ]);
}

function ways(current: string | undefined, clipboard: string | undefined, options: TextOptions | undefined): WayItem[] {
  const t = vscode.l10n.t;
  const keep: WayItem[] =
    current === undefined || current === "" ? [] : [{ way: "keep", label: `$(note) ${t("Keep the Current Text")}`, description: size(current), detail: preview(current) }];
  const paste: WayItem[] =
    clipboard === ""
      ? []
      : [
          {
            way: "clipboard",
            label: `$(clippy) ${t("Paste from Clipboard")}`,
            ...(clipboard === undefined ? {} : { description: size(clipboard), detail: preview(clipboard) }),
          },
        ];
  const write: WayItem = {
    way: "editor",
    label: `$(edit) ${t("Write in Editor")}`,
    description: options?.initial ? t("starts with the text of the form") : t("Markdown, any number of lines"),
    ...(options?.hint ? { detail: preview(options.hint) } : {}),
  };
  if (options !== undefined) {
    const initial: WayItem[] = options.initial === "" ? [] : [{ way: "initial", label: `$(note) ${t("Use the Text of the Form")}`, detail: preview(options.initial) }];
    const none: WayItem[] = options.needed === undefined ? [{ way: "none", label: `$(dash) ${t("No Answer")}` }] : [];
    return [...keep, write, ...paste, ...initial, ...none];
  }
  return [
    ...keep,
    ...paste,
    write,
    { way: "none", label: `$(dash) ${current === undefined || current === "" ? t("No Details") : t("Remove Details")}` },
  ];
}

function size(text: string): string {
  const lines = text.replace(/(\r?\n)+$/, "").split(/\r\n|\r|\n/).length;
  return lines === 1 ? vscode.l10n.t("1 line") : vscode.l10n.t("{0} lines", lines);
}

function preview(text: string): string {
  return plainLabel(text).slice(0, 160);
}

async function readClipboard(): Promise<string> {
  try {
    return await vscode.env.clipboard.readText();
  } catch {
    return "";
  }
}

/** Opens the text as a new, unsaved runbook. Saving it writes it to the runbook folder. */
export async function openDraft(session: DeskSession, title: string, text: string): Promise<vscode.TextEditor> {
  const taken = new Set((await session.runbooks.all()).map(({ path }) => path.toLowerCase()));
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path.toLowerCase()));
  const isTaken = (path: string): boolean => taken.has(path.toLowerCase()) || open.has(uriIn(session.folder.uri, path)?.path.toLowerCase() ?? "");
  const [folder = ""] = runbookFolders(session.desk.config(), session.desk.folder());
  const file = uriIn(session.folder.uri, newRunbookPath(folder, title, isTaken));
  const document = await (file === undefined ? vscode.workspace.openTextDocument({ language: "markdown" }) : vscode.workspace.openTextDocument(file.with({ scheme: "untitled" })));
  // The text is inserted before the editor is shown, so that an immediate save does not write an empty file.
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  return vscode.window.showTextDocument(document, { preview: false });
}
