import * as v from "valibot";
import * as vscode from "vscode";
import { parseData } from "../../../core/model/parseData";
import { assertNever, ok } from "../../../core/model/result";
import type { PendingChange, Withdrawal } from "../../../core/sync/pendingOperation";
import { type PendingText, textOf, withText } from "../../../core/sync/pendingText";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { showDialog } from "../../ui/dialog";
import { describeOperation } from "../../ui/operationLabels";
import { enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { PendingChangeNode } from "../../views/node";
import { formatPendingState } from "../../views/pendingMessages";
import { buildPending, pendingCount } from "../../views/pendingView";
import type { CommandEnd, DeskTools } from "../input/command";
import { askDetails } from "../input/details";

/** Retries a pending change now. */
export async function retryPending({ session, working }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, { title: t("Retry pending change"), placeholder: t("Select a pending change") });
  if (chosen === undefined) return undefined;
  return working(t("Retrying…"), session.pending.retry(chosen.change.pending.key));
}

/** Retries all pending changes now. */
export async function retryAllPending({ session, working }: DeskTools): Promise<CommandEnd> {
  return working(vscode.l10n.t("Retrying…"), session.pending.retry());
}

/** Edits the text of a pending change. It keeps its position and is retried. */
export async function editPending(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, {
    title: t("Edit pending change"),
    placeholder: t("Select a pending change with a text"),
    suits: ({ pending }) => textOf(pending.operation) !== undefined,
  });
  if (chosen === undefined) return undefined;
  const { change, name } = chosen;
  const { key, operation } = change.pending;
  if (change.unsure && !(await confirmUncertain(name))) return undefined;
  const before = textOf(operation) ?? {};
  const text = await askText(tools, name, before, operation.kind === "close");
  if (text === undefined || (text.title === before.title && text.body === before.body)) return undefined;
  const written = [text.title, text.body].filter((part) => part !== undefined && part !== "").join("\n\n");
  return notifyWithdrawal(await session.pending.replace(key, withText(operation, text)), name, written);
}

/** Asks for the title and the body of the change, as far as it has them. An empty comment is rejected. */
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
    const answer = await enterText({ flowStep: { title, back: false }, prompt: t("The resolution"), value: before.body, needed: t("Enter a resolution.") });
    return answer.kind === "next" ? { ...now, body: answer.value } : undefined;
  }
  const answer = await askDetails({ title, back: false }, tools.editors, before.body, t("Edit the text"));
  if (answer.kind !== "next") return undefined;
  if (before.title === undefined && answer.value.trim() === "") {
    runInBackground(vscode.window.showInformationMessage(t("A comment cannot be empty. To remove the comment, discard the change.")));
    return undefined;
  }
  return { ...now, body: answer.value };
}

async function confirmUncertain(name: string): Promise<boolean> {
  const t = vscode.l10n.t;
  const edit = t("Edit Anyway");
  const detail = t("The response was lost, or another window stopped before it finished. If the change was already made, your new text is not written.");
  return (await showDialog("warning", t("This change may already have been made: {0}", name), detail, edit)) === edit;
}

/** Discards a pending change after the user confirms what is lost. */
export async function discardPending({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, { title: t("Discard pending change"), placeholder: t("Select a pending change") });
  if (chosen === undefined) return undefined;
  const { change, name } = chosen;
  const text = fullText(change);
  const [discard, copy] = [t("Discard"), t("Copy Text and Discard")];
  const dependents = session.pending.waiting().filter((each) => each.behind === change.pending.key).length;
  const answer = await showDialog(
    "warning",
    t("Discard this change? {0}", name),
    [...loss(change, text), ...(dependents === 0 ? [] : [t("Changes that depend on it are then retried without it.")])].join("\n\n"),
    discard,
    ...(text === "" ? [] : [copy]),
  );
  if (answer === undefined) return undefined;
  if (answer === copy) await vscode.env.clipboard.writeText(text);
  return notifyWithdrawal(await session.pending.discard(change.pending.key), name);
}

function loss({ unsure }: PendingChange, text: string): readonly string[] {
  const t = vscode.l10n.t;
  const cut = text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
  const shown = cut.split(/\r\n|\n|\r/).map(plainLabel).join("\n");
  return [
    unsure
      ? t("It may already have been made, because the response was lost or another window stopped before it finished. Discarding it does not undo it.")
      : t("It has not been made. Discarding it cannot be undone."),
    ...(text === "" ? [] : [t("This text is lost:"), shown]),
  ];
}

function fullText({ pending }: PendingChange): string {
  const { title, body } = textOf(pending.operation) ?? {};
  return [title, body].filter((part) => part !== undefined && part !== "").join("\n\n");
}

const maxShown = 400;

/** Sends a change of another account as the account that is signed in. */
export async function claimPending({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, {
    title: t("Send pending change as me"),
    placeholder: t("Select a pending change of another account"),
    suits: ({ failure }) => failure?.kind === "otherAccount",
  });
  if (chosen === undefined) return undefined;
  const me = await session.account.me();
  if (me === undefined) return undefined;
  return notifyWithdrawal(await session.pending.changeAuthor(chosen.change.pending.key, me), chosen.name);
}

/** Shows the pending changes. */
export async function showPending({ session }: DeskTools): Promise<CommandEnd> {
  if (session.pending.waiting().length + pendingCount(session) === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("There are no pending changes.")), session.log);
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

/** A pending change and its label. */
interface ChosenPending {
  readonly change: PendingChange;
  /** For example, `Close #12`. */
  readonly name: string;
}

/** The pending change in an argument, or that the user picks. `undefined` if they leave or there is none. */
async function choosePending(session: DeskSession, argument: unknown, { title, placeholder, suits = () => true }: PendingQuestion): Promise<ChosenPending | undefined> {
  const nodes = buildPending(session, session.pending.waiting().filter(suits));
  const named = parseData(v.object({ key: v.string() }), argument)?.key;
  const key = named ?? (await pickKey(nodes, title, placeholder));
  if (key === undefined) return undefined;
  const node = nodes.find((each) => each.key === key);
  const change = session.pending.waiting().find(({ pending }) => pending.key === key);
  if (node !== undefined && change !== undefined) return { change, name: describeOperation(node, vscode.l10n.t) };
  runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("This change is no longer pending. It was written or discarded.")), session.log);
  return undefined;
}

async function pickKey(nodes: readonly PendingChangeNode[], title: string, placeholder: string): Promise<string | undefined> {
  const t = vscode.l10n.t;
  if (nodes.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There are no matching pending changes.")));
    return undefined;
  }
  const choices = nodes.map((node) => ({ label: describeOperation(node, t), description: formatPendingState(node, t), value: node.key }));
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder, choices });
  return answer.kind === "next" ? answer.value : undefined;
}

/** Shows why a pending change could not be edited or discarded. The edited text can be copied. */
function notifyWithdrawal(withdrawal: Withdrawal, name: string, written?: string): CommandEnd {
  const t = vscode.l10n.t;
  switch (withdrawal.kind) {
    case "ok":
      return ok(undefined);
    case "failed":
      return withdrawal;
    case "sending":
      runInBackground(notify(t("This change is being written now and was not modified: {0}. Try again later.", name), written));
      return undefined;
    case "absent":
      runInBackground(notify(t("This change is no longer pending. It was written or discarded: {0}", name), written));
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
