import * as v from "valibot";
import * as vscode from "vscode";
import { mayBeDelivered } from "../../../core/incident/webhook";
import { parseData } from "../../../core/model/parseData";
import type { DeliveryEnd } from "../../app/deliveryService";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { showDialog } from "../../ui/dialog";
import { pickOne } from "../../ui/quickPick";
import { describeWebhookFailure, shortWebhookFailure } from "../../ui/webhookMessages";
import { deliveryLabel } from "../../views/deliveryItem";
import type { DeliveryNode } from "../../views/node";
import { buildDeliveries } from "../../views/pendingView";
import type { CommandEnd, DeskTools } from "../input/command";
import { endOf } from "../incident/updateRecipients";

/** Sends an update to its webhook again. Asks first if it may have been delivered. */
export async function retryUpdate(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const node = await choose(session, argument, t("Retry update"));
  if (node === undefined) return undefined;
  const { failure, state } = node;
  if (state === "failed" && failure !== undefined && mayBeDelivered(failure)) {
    const [again, record] = [t("Send Again"), t("Mark as Sent")];
    const answer = await showDialog("warning", deliveryLabel(node), describeWebhookFailure(failure, node.until), again, record);
    if (answer === undefined) return undefined;
    if (answer === record) return perform(tools, node, session.deliveries.record(node.key));
  }
  return perform(tools, node, session.deliveries.retry(node.key));
}

/** Records an update that the user knows to be delivered, without sending it again. */
export async function markUpdateSent(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const node = await choose(tools.session, argument, vscode.l10n.t("Mark update as sent"));
  return node === undefined ? undefined : perform(tools, node, tools.session.deliveries.record(node.key));
}

async function perform({ session, working }: DeskTools, node: DeliveryNode, work: Promise<DeliveryEnd>): Promise<CommandEnd> {
  const end = await working(vscode.l10n.t("Sending the update…"), work);
  return end === undefined ? undefined : endOf(session, [node], [end]);
}

/** Discards an update that was not confirmed. Its text can be copied first. */
export async function discardUpdate({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const node = await choose(session, argument, t("Discard update"));
  if (node === undefined) return undefined;
  const [discard, copy] = [t("Discard"), t("Copy Text and Discard")];
  const why = node.failure === undefined ? t("It was delivered, but is not recorded on the issue.") : describeWebhookFailure(node.failure, node.until);
  const answer = await showDialog("warning", t("Discard this update? {0}", deliveryLabel(node)), [why, t("It is not recorded on the issue. Discarding it cannot be undone.")].join("\n\n"), discard, copy);
  if (answer === undefined) return undefined;
  if (answer === copy) await vscode.env.clipboard.writeText(node.text);
  return session.deliveries.discard(node.key);
}

/** The update in an argument, the only one, or the one that the user picks. */
async function choose(session: DeskSession, argument: unknown, title: string): Promise<DeliveryNode | undefined> {
  const t = vscode.l10n.t;
  const nodes = buildDeliveries(session);
  const key = parseData(v.object({ kind: v.literal("delivery"), key: v.string() }), argument)?.key;
  const [only, ...others] = nodes;
  const named = nodes.find((node) => node.key === key);
  if (named !== undefined || (key === undefined && only !== undefined && others.length === 0)) return named ?? only;
  if (key !== undefined || only === undefined) {
    runInBackground(vscode.window.showInformationMessage(key === undefined ? t("Every update was confirmed.") : t("This update is no longer pending.")), session.log);
    return undefined;
  }
  const choices = nodes.map((node) => ({ label: deliveryLabel(node), description: node.failure === undefined ? "" : shortWebhookFailure(node.failure), value: node }));
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Select an update"), choices });
  return answer.kind === "next" ? answer.value : undefined;
}
