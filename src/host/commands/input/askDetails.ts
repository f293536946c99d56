import * as vscode from "vscode";
import { plainLabel } from "../../views/plainLabel";
import { next, type Answer, type Place } from "./answer";
import type { DetailsEditors } from "./detailsEditors";
import { dress, settle } from "./pick";
import { runInBackground } from "../../platform/background";

type Way = "keep" | "clipboard" | "editor" | "none" | "initial";

interface WayItem extends vscode.QuickPickItem {
  readonly way: Way;
}

/** What a form says about a text. */
export interface TextWish {
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
export async function askDetails(place: Place, editors: DetailsEditors, kept: string | undefined, placeholder: string, wish?: TextWish): Promise<Answer<string>> {
  const answer = await askText(place, editors, kept, placeholder, wish);
  if (answer.kind !== "next" || wish?.needed === undefined || answer.value.trim() !== "") return answer;
  return askDetails(place, editors, kept, wish.needed, wish);
}

async function askText(place: Place, editors: DetailsEditors, kept: string | undefined, placeholder: string, wish: TextWish | undefined): Promise<Answer<string>> {
  const again = (): Promise<Answer<string>> => askText(place, editors, kept, placeholder, wish);
  const answer = await askWay(place, kept, placeholder, wish);
  if (answer.kind !== "next") return answer;
  const { way, clipboard } = answer.value;
  switch (way) {
    case "keep":
      return next(kept ?? "");
    case "none":
      return next("");
    case "initial":
      return next(wish?.initial ?? "");
    case "clipboard": {
      const text = clipboard ?? (await readClipboard());
      if (text !== "") return next(text);
      runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("There is no text on the clipboard that could be read. Copy it again, or write in an editor and paste it there.")));
      return again();
    }
    case "editor": {
      const text = await editors.write(kept === undefined || kept === "" ? (wish?.initial ?? "") : kept);
      return text === undefined ? again() : next(text);
    }
  }
}

function askWay(place: Place, kept: string | undefined, placeholder: string, wish: TextWish | undefined): Promise<Answer<{ way: Way; clipboard?: string }>> {
  const quick = vscode.window.createQuickPick<WayItem>();
  dress(quick, place);
  quick.placeholder = placeholder;
  let clipboard: string | undefined;
  const fill = (): void => {
    quick.items = ways(kept, clipboard, wish);
  };
  fill();
  // A browser asks, or complains, when the clipboard is read: there it waits until the person chooses it.
  if (vscode.env.uiKind === vscode.UIKind.Desktop) {
    runInBackground(readClipboard().then((text) => {
      clipboard = text;
      fill();
    }));
  }
  return settle(quick, place, (accept) => [
    quick.onDidAccept(() => {
      const chosen = quick.activeItems[0];
      if (chosen !== undefined) accept(next({ way: chosen.way, ...(clipboard === undefined ? {} : { clipboard }) }));
    }),
  ]);
}

function ways(kept: string | undefined, clipboard: string | undefined, wish: TextWish | undefined): WayItem[] {
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
    description: wish?.initial ? t("it begins with the text of the form") : t("Markdown, as many lines as you like"),
    ...(wish?.hint ? { detail: preview(wish.hint) } : {}),
  };
  if (wish !== undefined) {
    const initial: WayItem[] = wish.initial === "" ? [] : [{ way: "initial", label: `$(note) ${t("Take the text of the form as it is")}`, detail: preview(wish.initial) }];
    const none: WayItem[] = wish.needed === undefined ? [{ way: "none", label: `$(dash) ${t("No answer")}` }] : [];
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
