import * as vscode from "vscode";
import { textOf, withText, type PendingText } from "../../core/issue/pendingText";
import type { CommandEnd, DeskTools } from "./command";
import { askDetails } from "./input/askDetails";
import { enterText } from "./input/enterText";
import { choosePending } from "./pending/choosePending";
import { sayWithdrawal } from "./pending/sayWithdrawal";
import { runInBackground } from "../platform/background";

/** Changes the text of a pending change; it keeps its place and is then tried again. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, {
    title: t("Edit a pending change"),
    placeholder: t("Which one? Those that have a text are shown."),
    suits: ({ pending }) => textOf(pending.operation) !== undefined,
  });
  if (chosen === undefined) return undefined;
  const { waiting, name } = chosen;
  const { key, operation } = waiting.pending;
  if (waiting.unsure && !(await goOnUnsure(name))) return undefined;
  const before = textOf(operation) ?? {};
  const text = await askText(tools, name, before, operation.kind === "close");
  if (text === undefined || (text.title === before.title && text.body === before.body)) return undefined;
  const written = [text.title, text.body].filter((part) => part !== undefined && part !== "").join("\n\n");
  return sayWithdrawal(await session.pending.replace(key, withText(operation, text)), name, written);
}

/** Asks for what the change has, a title and a body, each beginning with what it is now; an empty comment is no comment. */
async function askText(tools: DeskTools, name: string, before: PendingText, oneLine: boolean): Promise<PendingText | undefined> {
  const t = vscode.l10n.t;
  const title = t("Edit: {0}", name);
  let now = before;
  if (before.title !== undefined) {
    const answer = await enterText({ place: { title, back: false }, prompt: t("The title"), value: before.title, needed: t("An issue needs a title.") });
    if (answer.kind !== "next") return undefined;
    now = { ...now, title: answer.value };
  }
  if (before.body === undefined) return now;
  if (oneLine) {
    const answer = await enterText({ place: { title, back: false }, prompt: t("The resolution"), value: before.body, needed: t("Say in a few words how it ended.") });
    return answer.kind === "next" ? { ...now, body: answer.value } : undefined;
  }
  const answer = await askDetails({ title, back: false }, tools.editors, before.body, t("What should the text be?"));
  if (answer.kind !== "next") return undefined;
  if (before.title === undefined && answer.value.trim() === "") {
    runInBackground(vscode.window.showInformationMessage(t("A comment without text was not made of it. Drop the change if you no longer want it.")));
    return undefined;
  }
  return { ...now, body: answer.value };
}

async function goOnUnsure(name: string): Promise<boolean> {
  const t = vscode.l10n.t;
  const edit = t("Edit Anyway");
  const detail = t("The answer was lost, or another window stopped in the middle. If it has been done, it stays as it was, and your new text is not written.");
  return (await vscode.window.showWarningMessage(t("This may have been done already: {0}", name), { modal: true, detail }, edit)) === edit;
}
