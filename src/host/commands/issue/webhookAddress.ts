import * as vscode from "vscode";
import { readWebhookAddress } from "../../../core/incident/webhook";
import type { Audience } from "../../../core/model/desk";
import { ok } from "../../../core/model/result";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { showInput } from "../../ui/quickPick";
import { next } from "../../ui/inputFlow";
import { pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";

/** Sets the address of a webhook on this machine. */
export async function setWebhookAddress({ session }: DeskTools): Promise<CommandEnd> {
  const name = await chooseWebhook(session, vscode.l10n.t("Set webhook address"));
  if (name !== undefined) await askWebhookAddress(session, name);
  return undefined;
}

/** Removes the address of a webhook from this machine. */
export async function removeWebhookAddress({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const name = await chooseWebhook(session, t("Remove webhook address"));
  if (name === undefined) return undefined;
  const isStored = (await session.deliveries.addresses.get(name)) !== undefined;
  await session.deliveries.addresses.remove(name);
  runInBackground(vscode.window.showInformationMessage(isStored ? t("The address of the webhook {0} was removed from this machine.", name) : t("This machine has no address for the webhook {0}.", name)), session.log);
  return ok(undefined);
}

/** Asks for the address of a webhook and stores it. The address is hidden like a password. Returns whether it is stored. */
export async function askWebhookAddress(session: DeskSession, name: string): Promise<boolean> {
  const t = vscode.l10n.t;
  const box = vscode.window.createInputBox();
  box.title = t("Address of the webhook {0}", name);
  box.prompt = t("Paste the address of an incoming webhook that accepts Slack messages. It is stored in the secret storage of this editor, and nowhere else");
  box.placeholder = "https://…";
  box.password = true;
  box.ignoreFocusOut = true;
  const answer = await showInput<string>(box, (accept) => [
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    }),
    box.onDidAccept(() => {
      const address = readWebhookAddress(box.value);
      if (address === undefined) box.validationMessage = t("Enter an address that starts with https://.");
      else accept(next(address));
    }),
  ]);
  if (answer.kind !== "next") return false;
  await session.deliveries.addresses.set(name, answer.value);
  return true;
}

/** The only webhook of the desk, or the one that the user picks. */
async function chooseWebhook(session: DeskSession, title: string): Promise<string | undefined> {
  const t = vscode.l10n.t;
  const { audiences } = session.desk.config();
  const names = [...new Set(audiences.flatMap(({ webhook }) => webhook ?? []))];
  const [only, ...others] = names;
  if (only === undefined) {
    runInBackground(vscode.window.showInformationMessage(t("No audience in desk.yml has a webhook.")), session.log);
    return undefined;
  }
  if (others.length === 0) return only;
  const usedBy = (name: string): string => audiences.filter(({ webhook }: Audience) => webhook === name).map((audience) => plainLabel(audience.name)).join(", ");
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Select a webhook"), choices: names.map((name) => ({ label: name, description: usedBy(name), value: name })) });
  return answer.kind === "next" ? answer.value : undefined;
}
