import * as v from "valibot";
import * as vscode from "vscode";
import { parseData } from "../../../core/parseData";
import type { WaitingOperation } from "../../../core/issue/waitingOperation";
import type { DeskSession } from "../../app/session";
import { buildPending } from "../../views/buildPending";
import type { WaitingNode } from "../../views/node";
import { wordOperation } from "../../views/operationWords";
import { wordWaiting } from "../../views/waitingWords";
import { pickOne } from "../input/pick";
import { runInBackground } from "../../platform/background";

export interface PendingQuestion {
  readonly title: string;
  readonly placeholder: string;
  readonly suits?: (waiting: WaitingOperation) => boolean;
}

/** A waiting change, as it is known and as it is shown. */
export interface ChosenPending {
  readonly waiting: WaitingOperation;
  /** What it is called: `Close #12`. */
  readonly name: string;
}

/** The change that a row names, else the one a person picks; `undefined` when they leave or nothing waits. */
export async function choosePending(session: DeskSession, argument: unknown, { title, placeholder, suits = () => true }: PendingQuestion): Promise<ChosenPending | undefined> {
  const nodes = buildPending(session, session.pending.waiting().filter(suits));
  const asked = parseData(v.object({ key: v.string() }), argument)?.key;
  const key = asked ?? (await pickKey(nodes, title, placeholder));
  if (key === undefined) return undefined;
  const node = nodes.find((each) => each.key === key);
  const waiting = session.pending.waiting().find(({ pending }) => pending.key === key);
  if (node !== undefined && waiting !== undefined) return { waiting, name: wordOperation(node, vscode.l10n.t) };
  runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("This change no longer waits: it was written, or dropped.")), session.log);
  return undefined;
}

async function pickKey(nodes: readonly WaitingNode[], title: string, placeholder: string): Promise<string | undefined> {
  const t = vscode.l10n.t;
  if (nodes.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("No change waits for this.")));
    return undefined;
  }
  const choices = nodes.map((node) => ({ label: wordOperation(node, t), description: wordWaiting(node, t), value: node.key }));
  const answer = await pickOne({ place: { title, back: false }, placeholder, choices });
  return answer.kind === "next" ? answer.value : undefined;
}
