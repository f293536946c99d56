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
  const name = await chooseWebhook(session, vscode.l10n.t("Set webhook address"), usedNames(session), vscode.l10n.t("No audience in desk.yml has a webhook."));
  if (name !== undefined) await askWebhookAddress(session, name);
  return undefined;
}

/** Removes the address of a webhook from this machine, also of one that `desk.yml` does not contain any more. */
export async function removeWebhookAddress({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const { addresses } = session.deliveries;
  const all = [...new Set([...usedNames(session), ...(await addresses.names())])];
  const stored = await Promise.all(all.map(async (name) => ((await addresses.get(name)) === undefined ? [] : [name])));
  const name = await chooseWebhook(session, t("Remove webhook address"), stored.flat(), t("This machine has no address of a webhook of this desk."));
  if (name === undefined) return undefined;
  await addresses.remove(name);
  runInBackground(vscode.window.showInformationMessage(t("The address of the webhook {0} was removed from this machine.", name)), session.log);
  return ok(undefined);
}

/** The names of webhooks in `desk.yml`. */
function usedNames(session: DeskSession): readonly string[] {
  return [...new Set(session.desk.config().audiences.flatMap(({ webhook }) => webhook ?? []))];
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

/** The only one of these webhooks, or the one that the user picks. One that no audience uses is always shown before it is selected. */
async function chooseWebhook(session: DeskSession, title: string, names: readonly string[], none: string): Promise<string | undefined> {
  const t = vscode.l10n.t;
  const { audiences } = session.desk.config();
  const [only, ...others] = names;
  if (only === undefined) {
    runInBackground(vscode.window.showInformationMessage(none), session.log);
    return undefined;
  }
  const usedBy = (name: string): string => audiences.filter(({ webhook }: Audience) => webhook === name).map((audience) => plainLabel(audience.name)).join(", ") || t("not in desk.yml any more");
  if (others.length === 0 && usedNames(session).includes(only)) return only;
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Select a webhook"), choices: names.map((name) => ({ label: name, description: usedBy(name), value: name })) });
  return answer.kind === "next" ? answer.value : undefined;
}
