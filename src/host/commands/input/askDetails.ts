import * as vscode from "vscode";
import { plainLabel } from "../../views/plainLabel";
import { next, type Answer, type Place } from "./answer";
import type { DetailsEditors } from "./detailsEditors";
import { dress, settle } from "./pick";

type Way = "keep" | "clipboard" | "editor" | "none";

interface WayItem extends vscode.QuickPickItem {
  readonly way: Way;
}

/**
 * Asks for a text of many lines: what is on the clipboard (kept to the byte), what a person writes in an editor, or nothing.
 * `kept` is what was given before.
 */
export async function askDetails(place: Place, editors: DetailsEditors, kept: string | undefined, placeholder: string): Promise<Answer<string>> {
  const answer = await askWay(place, kept, placeholder);
  if (answer.kind !== "next") return answer;
  const { way, clipboard } = answer.value;
  switch (way) {
    case "keep":
      return next(kept ?? "");
    case "none":
      return next("");
    case "clipboard": {
      const text = clipboard ?? (await readClipboard());
      if (text !== "") return next(text);
      void vscode.window.showInformationMessage(vscode.l10n.t("There is no text on the clipboard that could be read. Copy it again, or write in an editor and paste it there."));
      return askDetails(place, editors, kept, placeholder);
    }
    case "editor": {
      const text = await editors.write(kept ?? "");
      return text === undefined ? askDetails(place, editors, kept, placeholder) : next(text);
    }
  }
}

function askWay(place: Place, kept: string | undefined, placeholder: string): Promise<Answer<{ way: Way; clipboard?: string }>> {
  const quick = vscode.window.createQuickPick<WayItem>();
  dress(quick, place);
  quick.placeholder = placeholder;
  let clipboard: string | undefined;
  const fill = (): void => {
    quick.items = ways(kept, clipboard);
  };
  fill();
  // A browser asks, or complains, when the clipboard is read: there it waits until the person chooses it.
  if (vscode.env.uiKind === vscode.UIKind.Desktop) {
    void readClipboard().then((text) => {
      clipboard = text;
      fill();
    });
  }
  return settle(quick, place, (accept) => [
    quick.onDidAccept(() => {
      const chosen = quick.activeItems[0];
      if (chosen !== undefined) accept(next({ way: chosen.way, ...(clipboard === undefined ? {} : { clipboard }) }));
    }),
  ]);
}

function ways(kept: string | undefined, clipboard: string | undefined): WayItem[] {
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
  return [
    ...keep,
    ...paste,
    { way: "editor", label: `$(edit) ${t("Write in an editor")}`, description: t("Markdown, as many lines as you like") },
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
