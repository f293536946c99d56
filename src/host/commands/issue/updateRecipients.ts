import * as vscode from "vscode";
import { mailto } from "../../../core/handoff/mailto";
import { updateComment, type UpdateMeans } from "../../../core/incident/updateText";
import type { WebhookFailure } from "../../../core/incident/webhook";
import { inertText } from "../../../core/markup/inertText";
import type { Audience } from "../../../core/model/desk";
import type { Instant, Issue } from "../../../core/model/issue";
import { batchOf } from "../../../core/model/operation";
import type { DeliveryEnd } from "../../app/deliveryService";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { openLink } from "../../platform/openLink";
import type { Choice } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { describeWebhookFailure } from "../../ui/webhookMessages";
import type { CommandEnd, DeskTools } from "../input/command";
import { askWebhookAddress } from "./webhookAddress";
import { formatInstant } from "../../ui/format";

/** An audience and one of its means. Without an audience, the text is only recorded and copied. */
export interface Recipient {
  readonly audience?: Audience;
  readonly means: UpdateMeans;
}

/** The ways to reach an audience, the best first. */
export function recipientsOf(audience: Audience): readonly Recipient[] {
  return [
    ...(audience.webhook === undefined ? [] : [{ audience, means: "webhook" as const }]),
    ...(audience.email.length === 0 ? [] : [{ audience, means: "mail" as const }]),
    { audience, means: "copy" as const },
  ];
}

/** How a recipient receives the update. */
export function describeRecipient({ audience, means }: Recipient): Pick<Choice<Recipient>, "label" | "description"> {
  const t = vscode.l10n.t;
  switch (means) {
    case "webhook":
      return { label: `$(broadcast) ${audience?.slack === undefined ? t("Post to the webhook {0}", audience?.webhook ?? "") : t("Post to {0}", plainLabel(audience.slack))}` };
    case "mail": {
      const count = audience?.email.length ?? 0;
      return { label: `$(mail) ${count === 1 ? t("Open an email to {0}", plainLabel(audience?.email[0] ?? "")) : t("Open an email to {0} addresses in BCC", count)}`, ...(count === 1 ? {} : { description: plainLabel(audience?.email.join(", ") ?? "") }) };
    }
    case "copy":
      return { label: `$(copy) ${t("Copy the text")}`, description: t("to send it yourself") };
  }
}

/** Asks for the addresses of webhooks that this machine does not have. Returns whether one is still missing. */
export async function missingAddress(session: DeskSession, recipients: readonly Recipient[]): Promise<boolean> {
  for (const { audience, means } of recipients) {
    if (means !== "webhook" || audience?.webhook === undefined || (await session.deliveries.addresses.get(audience.webhook)) !== undefined) continue;
    if (!(await askWebhookAddress(session, audience.webhook))) return true;
  }
  return false;
}

interface Update {
  readonly issue: Issue;
  readonly recipients: readonly Recipient[];
  readonly promised?: Instant;
  readonly text: string;
}

/**
 * Sends an update. What is posted to a webhook is recorded once it is delivered. What the user sends themselves is recorded before
 * their mail program opens.
 */
export async function sendTo(tools: DeskTools, update: Update): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const { recipients, issue, promised, text } = update;
  const comment = (audience: Audience | undefined, means: readonly UpdateMeans[]): string =>
    updateComment(text, { ...(audience === undefined ? {} : { audience: audience.name }), means, ...(promised === undefined ? {} : { next: promised }) });
  const posted = recipients.flatMap(({ audience, means }) => (means === "webhook" && audience?.webhook !== undefined ? [{ audience, webhook: audience.webhook }] : []));
  const work = Promise.all(posted.map(({ audience, webhook }) => session.deliveries.send({ ref: issue.ref, audience: audience.name, webhook, text, comment: comment(audience, ["webhook"]) })));
  const ends = (await tools.working(t("Sending the update…"), work)) ?? [];
  const own = recipients.filter(({ means }) => means !== "webhook");
  const audiences = [...new Set(own.map(({ audience }) => audience))];
  const recorded = audiences.length === 0 ? undefined : await tools.submit(t("Adding the comment…"), batchOf(audiences.map((audience) => ({
    kind: "comment" as const,
    ref: issue.ref,
    markdown: comment(audience, own.filter((one) => one.audience === audience).map(({ means }) => means)),
  }))));
  if (recorded?.kind === "failed") return recorded;
  await handOver(session, issue, own, text);
  return endOf(session, posted.map(({ audience }) => audience.name), ends) ?? recorded;
}

/** Reports what a webhook did not confirm. Returns a failure to be reported like that of any command. */
export function endOf(session: DeskSession, audiences: readonly string[], ends: readonly DeliveryEnd[]): CommandEnd {
  const t = vscode.l10n.t;
  for (const [index, end] of ends.entries()) {
    const audience = plainLabel(audiences[index] ?? "");
    if (end.kind === "kept") runInBackground(notifyKept(session, audience, end.failure), session.log);
    if (end.kind === "absent") runInBackground(vscode.window.showInformationMessage(t("The update for {0} is no longer pending, or another window is sending it.", audience)), session.log);
    if (end.kind === "sent") vscode.window.setStatusBarMessage(t("The update for {0} was sent.", audience), 5000);
  }
  const failure = ends.find((end) => end.kind === "failed");
  if (failure !== undefined) return failure;
  return ends.flatMap((end) => (end.kind === "sent" ? [end.submission] : [])).find(({ kind }) => kind === "queued");
}

async function notifyKept(session: DeskSession, audience: string, failure: WebhookFailure): Promise<void> {
  const t = vscode.l10n.t;
  const show = t("Show Pending Changes");
  const until = failure.kind === "limited" && failure.until !== undefined ? formatInstant(failure.until, session.clock.now(), session.desk.config().timezone, vscode.env.language) : undefined;
  const message = t("The update for {0} is stored in Pending Changes. {1}", audience, describeWebhookFailure(failure, until));
  if ((await vscode.window.showWarningMessage(message, show)) === show) await vscode.commands.executeCommand("responseDesk.pending.show");
}

/** Mail programs get the link as a command line, which is limited on Windows. */
const maxLink = 1900;

/** Gives the text to the user's mail program and to the clipboard. */
async function handOver(session: DeskSession, issue: Issue, recipients: readonly Recipient[], text: string): Promise<void> {
  const t = vscode.l10n.t;
  const shown = inertText(text);
  const subject = `Update: ${session.issues.factsOf(issue).name}`;
  let isCopied = recipients.some(({ means }) => means === "copy");
  for (const { audience } of recipients.filter(({ means }) => means === "mail")) {
    const addresses = audience?.email ?? [];
    const field = addresses.length > 1 ? "bcc" : "to";
    const link = mailto(addresses, subject, shown, field);
    if (link === undefined) {
      runInBackground(vscode.window.showWarningMessage(t("The email addresses of {0} in desk.yml are not valid. The text is in the clipboard.", plainLabel(audience?.name ?? ""))), session.log);
      isCopied = true;
      continue;
    }
    const isLong = link.length > maxLink;
    const isOpened = await openLink(isLong ? (mailto(addresses, subject, "", field) ?? link) : link);
    if (!isOpened) runInBackground(vscode.window.showWarningMessage(t("Your mail program could not be opened. The text is in the clipboard. Send it yourself.")), session.log);
    else if (isLong) runInBackground(vscode.window.showInformationMessage(t("The text is too long for a link to your mail program. It is in the clipboard. Paste it into the email.")), session.log);
    isCopied ||= isLong || !isOpened;
  }
  if (!isCopied) return;
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(t("The text of the update was copied."), 5000);
}
