import * as v from "valibot";
import * as vscode from "vscode";
import { parseData } from "../../../core/model/parseData";
import { assertNever, ok } from "../../../core/model/result";
import type { PendingChange, Withdrawal } from "../../../core/sync/pendingOperation";
import { type PendingText, textOf, withText } from "../../../core/sync/pendingText";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { describeOperation } from "../../ui/operationLabels";
import { enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { PendingChangeNode } from "../../views/node";
import { formatPendingState } from "../../views/pendingMessages";
import { buildPending } from "../../views/pendingView";
import type { CommandEnd, DeskTools } from "../input/command";
import { askDetails } from "../input/details";

/** Tries to write a pending change now. */
export async function retryPending({ session, working }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, { title: t("Try a pending change again"), placeholder: t("Which one?") });
  if (chosen === undefined) return undefined;
  return working(t("Trying again…"), session.pending.retry(chosen.change.pending.key));
}

/** Tries to write all pending changes now. */
export async function retryAllPending({ session, working }: DeskTools): Promise<CommandEnd> {
  return working(vscode.l10n.t("Trying again…"), session.pending.retry());
}

/** Changes the text of a pending change; it keeps its place and is then tried again. */
export async function editPending(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, {
    title: t("Edit a pending change"),
    placeholder: t("Which one? Those that have a text are shown."),
    suits: ({ pending }) => textOf(pending.operation) !== undefined,
  });
  if (chosen === undefined) return undefined;
  const { change, name } = chosen;
  const { key, operation } = change.pending;
  if (change.unsure && !(await goOnUnsure(name))) return undefined;
  const before = textOf(operation) ?? {};
  const text = await askText(tools, name, before, operation.kind === "close");
  if (text === undefined || (text.title === before.title && text.body === before.body)) return undefined;
  const written = [text.title, text.body].filter((part) => part !== undefined && part !== "").join("\n\n");
  return notifyWithdrawal(await session.pending.replace(key, withText(operation, text)), name, written);
}

/** Asks for what the change has, a title and a body, each beginning with what it is now; an empty comment is no comment. */
async function askText(tools: DeskTools, name: string, before: PendingText, oneLine: boolean): Promise<PendingText | undefined> {
  const t = vscode.l10n.t;
  const title = t("Edit: {0}", name);
  let now = before;
  if (before.title !== undefined) {
    const answer = await enterText({ flowStep: { title, back: false }, prompt: t("The title"), value: before.title, needed: t("An issue needs a title.") });
    if (answer.kind !== "next") return undefined;
    now = { ...now, title: answer.value };
  }
  if (before.body === undefined) return now;
  if (oneLine) {
    const answer = await enterText({ flowStep: { title, back: false }, prompt: t("The resolution"), value: before.body, needed: t("Say in a few words how it ended.") });
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

/** Drops a pending change for good, after saying what is lost with it. */
export async function discardPending({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, { title: t("Drop a pending change"), placeholder: t("Which one?") });
  if (chosen === undefined) return undefined;
  const { change, name } = chosen;
  const text = whole(change);
  const [discard, copy] = [t("Drop"), t("Copy Text and Drop")];
  const behind = session.pending.waiting().filter((each) => each.behind === change.pending.key).length;
  const answer = await vscode.window.showWarningMessage(
    t("Drop this change? {0}", name),
    { modal: true, detail: [...loss(change, text), ...(behind === 0 ? [] : [t("What waits behind it is then tried without it.")])].join("\n\n") },
    discard,
    ...(text === "" ? [] : [copy]),
  );
  if (answer === undefined) return undefined;
  if (answer === copy) await vscode.env.clipboard.writeText(text);
  return notifyWithdrawal(await session.pending.discard(change.pending.key), name);
}

function loss({ unsure }: PendingChange, text: string): readonly string[] {
  const t = vscode.l10n.t;
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  const shown = cut.split(/\r\n|\n|\r/).map(plainLabel).join("\n");
  return [
    unsure
      ? t("It may have been done already: the answer was lost, or another window stopped in the middle. Dropping it takes nothing back that has been done.")
      : t("It has not been done and then never will be. This cannot be undone."),
    ...(text === "" ? [] : [t("This text is lost with it:"), shown]),
  ];
}

function whole({ pending }: PendingChange): string {
  const { title, body } = textOf(pending.operation) ?? {};
  return [title, body].filter((part) => part !== undefined && part !== "").join("\n\n");
}

const most = 400;

/** Sends a change that another account asked for under the account that is signed in. */
export async function claimPending({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, {
    title: t("Send a pending change under your account"),
    placeholder: t("Which one? Those that somebody else asked for are shown."),
    suits: ({ failure }) => failure?.kind === "otherAccount",
  });
  if (chosen === undefined) return undefined;
  const me = await session.account.me();
  if (me === undefined) return undefined;
  return notifyWithdrawal(await session.pending.changeAuthor(chosen.change.pending.key, me), chosen.name);
}

/** Shows what waits to be written. */
export async function showPending({ session }: DeskTools): Promise<CommandEnd> {
  if (session.pending.waiting().length + session.pending.unreadable().length === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("Nothing waits to be written: every change has been made.")), session.log);
    return undefined;
  }
  await vscode.commands.executeCommand("responseDesk.pending.focus");
  return undefined;
}

interface PendingQuestion {
  readonly title: string;
  readonly placeholder: string;
  readonly suits?: (change: PendingChange) => boolean;
}

/** A waiting change, as it is known and as it is shown. */
interface ChosenPending {
  readonly change: PendingChange;
  /** What it is called: `Close #12`. */
  readonly name: string;
}

/** The change that a row names, else the one a person picks; `undefined` when they leave or nothing waits. */
async function choosePending(session: DeskSession, argument: unknown, { title, placeholder, suits = () => true }: PendingQuestion): Promise<ChosenPending | undefined> {
  const nodes = buildPending(session, session.pending.waiting().filter(suits));
  const asked = parseData(v.object({ key: v.string() }), argument)?.key;
  const key = asked ?? (await pickKey(nodes, title, placeholder));
  if (key === undefined) return undefined;
  const node = nodes.find((each) => each.key === key);
  const change = session.pending.waiting().find(({ pending }) => pending.key === key);
  if (node !== undefined && change !== undefined) return { change, name: describeOperation(node, vscode.l10n.t) };
  runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("This change no longer waits: it was written, or dropped.")), session.log);
  return undefined;
}

async function pickKey(nodes: readonly PendingChangeNode[], title: string, placeholder: string): Promise<string | undefined> {
  const t = vscode.l10n.t;
  if (nodes.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("No change waits for this.")));
    return undefined;
  }
  const choices = nodes.map((node) => ({ label: describeOperation(node, t), description: formatPendingState(node, t), value: node.key }));
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder, choices });
  return answer.kind === "next" ? answer.value : undefined;
}

/** Says why a change could not be taken back or changed; what a person wrote for it can be copied. */
function notifyWithdrawal(withdrawal: Withdrawal, name: string, written?: string): CommandEnd {
  const t = vscode.l10n.t;
  switch (withdrawal.kind) {
    case "ok":
      return ok(undefined);
    case "failed":
      return withdrawal;
    case "sending":
      runInBackground(notify(t("This is being written right now, so it was left as it is: {0}. Look again in a moment.", name), written));
      return undefined;
    case "absent":
      runInBackground(notify(t("This no longer waits, because it has been written or dropped in the meantime: {0}", name), written));
      return undefined;
    default:
      return assertNever(withdrawal);
  }
}

async function notify(message: string, written: string | undefined): Promise<void> {
  const copy = vscode.l10n.t("Copy My Text");
  const chosen = await vscode.window.showWarningMessage(message, ...(written === undefined ? [] : [copy]));
  if (chosen !== undefined && written !== undefined) await vscode.env.clipboard.writeText(written);
}
