import * as v from "valibot";
import * as vscode from "vscode";
import { parseData } from "../../../core/model/parseData";
import { failed } from "../../../core/model/result";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { showDialog } from "../../ui/dialog";
import { pickOne } from "../../ui/quickPick";
import { unreadableLabel } from "../../views/pendingItem";
import { buildUnreadable } from "../../views/pendingView";
import type { CommandEnd, DeskTools } from "../input/command";

/** Shows the stored text of a change that cannot be read. */
export async function showStoredChange({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const place = await choose(session, argument, vscode.l10n.t("Show stored change"));
  if (place === undefined) return undefined;
  const text = await session.pending.unreadableText(place);
  if (text.kind === "failed") return text;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text.value, language: "json" }));
  return undefined;
}

/** Discards a stored change that cannot be read, after confirmation. Its text can be copied first. */
export async function discardStoredChange({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const place = await choose(session, argument, t("Discard stored change"));
  if (place === undefined) return undefined;
  const [discardOnly, copy] = [t("Discard"), t("Copy Text and Discard")];
  const detail = t("It was never sent, and this version of Response Desk cannot read it. A newer version may be able to. Discarding it cannot be undone.");
  const answer = await showDialog("warning", t("Discard this stored change?"), detail, discardOnly, copy);
  if (answer === undefined) return undefined;
  if (answer === copy) {
    const text = await session.pending.unreadableText(place);
    // The change is kept if its text cannot be copied.
    if (text.kind === "failed") return failed(text.failure);
    await vscode.env.clipboard.writeText(text.value);
  }
  return session.pending.discardUnreadable(place);
}

/** The change in an argument, the only one, or the one that the user picks. */
async function choose(session: DeskSession, argument: unknown, title: string): Promise<string | undefined> {
  const t = vscode.l10n.t;
  const nodes = buildUnreadable(session);
  const named = nodes.find(({ place }) => place === parseData(v.object({ place: v.string() }), argument)?.place);
  if (named !== undefined) return named.place;
  const [only, ...others] = nodes;
  if (only === undefined) {
    runInBackground(vscode.window.showInformationMessage(t("Every stored change can be read.")), session.log);
    return undefined;
  }
  if (others.length === 0) return only.place;
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Select a stored change"), choices: nodes.map((node) => ({ label: unreadableLabel(node), description: node.place, value: node.place })) });
  return answer.kind === "next" ? answer.value : undefined;
}
