import * as vscode from "vscode";
import { newRunbookPath } from "../../../core/runbook/newRunbook";
import { runbookFolders } from "../../../core/runbook/runbookFolders";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { uriIn } from "../../platform/folderFiles";
import { type Answer, type FlowStep, next } from "../../ui/inputFlow";
import { decorate, settle } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { DetailsEditors } from "./detailsEditors";

type Way = "keep" | "clipboard" | "editor" | "none" | "initial";

interface WayItem extends vscode.QuickPickItem {
  readonly way: Way;
}

/** What a form says about a text. */
interface TextOptions {
  /** What the editor has at first. */
  readonly initial: string;
  /** An example. */
  readonly hint: string;
  /** What is said when there is no text; absent: there need be none. */
  readonly needed?: string;
}

/**
 * Asks for a text of many lines: what is on the clipboard (kept to the byte), what a person writes in an editor, or nothing.
 * `kept` is what was given before.
 */
export async function askDetails(flowStep: FlowStep, editors: DetailsEditors, kept: string | undefined, placeholder: string, options?: TextOptions): Promise<Answer<string>> {
  const answer = await askText(flowStep, editors, kept, placeholder, options);
  if (answer.kind !== "next" || options?.needed === undefined || answer.value.trim() !== "") return answer;
  return askDetails(flowStep, editors, kept, options.needed, options);
}

async function askText(flowStep: FlowStep, editors: DetailsEditors, kept: string | undefined, placeholder: string, options: TextOptions | undefined): Promise<Answer<string>> {
  const again = (): Promise<Answer<string>> => askText(flowStep, editors, kept, placeholder, options);
  const answer = await askWay(flowStep, kept, placeholder, options);
  if (answer.kind !== "next") return answer;
  const { way, clipboard } = answer.value;
  switch (way) {
    case "keep":
      return next(kept ?? "");
    case "none":
      return next("");
    case "initial":
      return next(options?.initial ?? "");
    case "clipboard": {
      const text = clipboard ?? (await readClipboard());
      if (text !== "") return next(text);
      runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("There is no text on the clipboard that could be read. Copy it again, or write in an editor and paste it there.")));
      return again();
    }
    case "editor": {
      const text = await editors.write(kept === undefined || kept === "" ? (options?.initial ?? "") : kept);
      return text === undefined ? again() : next(text);
    }
  }
}

function askWay(flowStep: FlowStep, kept: string | undefined, placeholder: string, options: TextOptions | undefined): Promise<Answer<{ way: Way; clipboard?: string }>> {
  const quick = vscode.window.createQuickPick<WayItem>();
  decorate(quick, flowStep);
  quick.placeholder = placeholder;
  let clipboard: string | undefined;
  const fill = (): void => {
    quick.items = ways(kept, clipboard, options);
  };
  fill();
  // A browser asks, or complains, when the clipboard is read: there it waits until the person chooses it.
  if (vscode.env.uiKind === vscode.UIKind.Desktop) {
    runInBackground(readClipboard().then((text) => {
      clipboard = text;
      fill();
    }));
  }
  return settle(quick, flowStep, (accept) => [
    quick.onDidAccept(() => {
      const chosen = quick.activeItems[0];
      if (chosen !== undefined) accept(next({ way: chosen.way, ...(clipboard === undefined ? {} : { clipboard }) }));
    }),
  ]);
}

function ways(kept: string | undefined, clipboard: string | undefined, options: TextOptions | undefined): WayItem[] {
  const t = vscode.l10n.t;
  const keep: WayItem[] =
    kept === undefined || kept === "" ? [] : [{ way: "keep", label: `$(note) ${t("Keep what is there")}`, description: size(kept), detail: preview(kept) }];
  const paste: WayItem[] =
    clipboard === ""
      ? []
      : [
          {
            way: "clipboard",
            label: `$(clippy) ${t("Paste from the clipboard")}`,
            ...(clipboard === undefined ? {} : { description: size(clipboard), detail: preview(clipboard) }),
          },
        ];
  const write: WayItem = {
    way: "editor",
    label: `$(edit) ${t("Write in an editor")}`,
    description: options?.initial ? t("it begins with the text of the form") : t("Markdown, as many lines as you like"),
    ...(options?.hint ? { detail: preview(options.hint) } : {}),
  };
  if (options !== undefined) {
    const initial: WayItem[] = options.initial === "" ? [] : [{ way: "initial", label: `$(note) ${t("Take the text of the form as it is")}`, detail: preview(options.initial) }];
    const none: WayItem[] = options.needed === undefined ? [{ way: "none", label: `$(dash) ${t("No answer")}` }] : [];
    return [...keep, write, ...paste, ...initial, ...none];
  }
  return [
    ...keep,
    ...paste,
    write,
    { way: "none", label: `$(dash) ${kept === undefined || kept === "" ? t("No details") : t("Remove the details")}` },
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
