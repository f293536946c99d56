import * as vscode from "vscode";
import { textOf } from "../../core/issue/pendingText";
import type { WaitingOperation } from "../../core/issue/waitingOperation";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { choosePending } from "./pending/choosePending";
import { sayWithdrawal } from "./pending/sayWithdrawal";

/** Drops a pending change for good, after saying what is lost with it. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choosePending(session, argument, { title: t("Drop a pending change"), placeholder: t("Which one?") });
  if (chosen === undefined) return undefined;
  const { waiting, name } = chosen;
  const text = whole(waiting);
  const [drop, copy] = [t("Drop"), t("Copy Text and Drop")];
  const behind = session.pending.waiting().filter((each) => each.behind === waiting.pending.key).length;
  const answer = await vscode.window.showWarningMessage(
    t("Drop this change? {0}", name),
    { modal: true, detail: [...loss(waiting, text), ...(behind === 0 ? [] : [t("What waits behind it is then tried without it.")])].join("\n\n") },
    drop,
    ...(text === "" ? [] : [copy]),
  );
  if (answer === undefined) return undefined;
  if (answer === copy) await vscode.env.clipboard.writeText(text);
  return sayWithdrawal(await session.pending.discard(waiting.pending.key), name);
}

function loss({ unsure }: WaitingOperation, text: string): readonly string[] {
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

function whole({ pending }: WaitingOperation): string {
  const { title, body } = textOf(pending.operation) ?? {};
  return [title, body].filter((part) => part !== undefined && part !== "").join("\n\n");
}

const most = 400;
