import * as vscode from "vscode";
import { mailto } from "../../../core/handoff/mailto";
import { updateComment, type UpdateMeans } from "../../../core/incident/updateText";
import type { Delivery } from "../../../core/incident/delivery";
import type { WebhookFailure } from "../../../core/incident/webhook";
import { inertText } from "../../../core/markup/inertText";
import type { Audience } from "../../../core/model/desk";
import type { Instant, Issue } from "../../../core/model/issue";
import { sameRef } from "../../../core/model/issueRef";
import { batchOf } from "../../../core/model/operation";
import type { DeliveryEnd } from "../../app/deliveryService";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
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

/** What became of an update. `left` are the recipients that neither received it nor have it in Pending Changes. */
interface UpdateEnd {
  readonly end: CommandEnd;
  readonly left: readonly Recipient[];
}

/**
 * Sends an update. What is posted to a webhook is recorded once it is delivered. What the user sends themselves is recorded before
 * their mail program opens.
 */
export async function sendTo(tools: DeskTools, update: Update): Promise<UpdateEnd> {
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
  const isStored = (name: string): boolean => session.deliveries.waiting().some((delivery) => delivery.audience === name && delivery.text === text && sameRef(delivery.ref, issue.ref));
  const left = recipients.filter(({ audience, means }) => {
    if (means !== "webhook") return recorded?.kind === "failed";
    const end = ends[posted.findIndex((one) => one.audience === audience)];
    return end?.kind === "failed" && !isStored(audience?.name ?? "");
  });
  if (recorded?.kind !== "failed") await handOver(session, issue, own, text);
  const end = endOf(session, posted.map(({ audience }) => ({ ref: issue.ref, audience: audience.name, text })), ends);
  return { end: recorded?.kind === "failed" ? recorded : (end ?? recorded), left };
}

/** An update for one audience. */
type AudienceText = Pick<Delivery, "ref" | "audience" | "text">;

/** Reports what a webhook did not confirm. Returns a failure to be reported like that of any command. */
export function endOf(session: DeskSession, updates: readonly AudienceText[], ends: readonly DeliveryEnd[]): CommandEnd {
  const t = vscode.l10n.t;
  for (const [index, end] of ends.entries()) {
    const update = updates[index];
    if (update === undefined) break;
    const audience = plainLabel(update.audience);
    if (end.kind === "kept") runInBackground(notifyKept(session, update, end.failure), session.log);
    if (end.kind === "absent") runInBackground(vscode.window.showInformationMessage(t("The update for {0} is no longer pending, or another window is sending it.", audience)), session.log);
    if (end.kind === "sent") vscode.window.setStatusBarMessage(t("The update for {0} was sent.", audience), 5000);
  }
  const failure = ends.find((end) => end.kind === "failed");
  if (failure !== undefined) return failure;
  return ends.flatMap((end) => (end.kind === "sent" ? [end.submission] : [])).find(({ kind }) => kind === "queued");
}

/** Reports a webhook that did not confirm an update, which stays in Pending Changes, and offers other ways to send its text. */
async function notifyKept(session: DeskSession, { ref, audience, text }: AudienceText, failure: WebhookFailure): Promise<void> {
  const t = vscode.l10n.t;
  const [show, copy, mail] = [t("Show Pending Changes"), t("Copy Text"), t("Open Email")];
  const known = session.desk.config().audiences.find(({ name }) => name === audience);
  const canMail = known !== undefined && known.email.length > 0;
  const until = failure.kind === "limited" && failure.until !== undefined ? formatInstant(failure.until, session.clock.now(), session.desk.config().timezone, vscode.env.language) : undefined;
  const message = t("The update for {0} is stored in Pending Changes. {1}", plainLabel(audience), describeWebhookFailure(failure, until));
  const chosen = await vscode.window.showWarningMessage(message, show, copy, ...(canMail ? [mail] : []));
  if (chosen === show) await vscode.commands.executeCommand("responseDesk.pending.show");
  if (chosen === copy) await copyText(text);
  const issue = chosen === mail ? session.issues.find(ref) : undefined;
  if (issue !== undefined) await handOver(session, issue, [{ ...(known === undefined ? {} : { audience: known }), means: "mail" }], text);
}

async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("The text of the update was copied."), 5000);
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
  if (isCopied) await copyText(text);
}

/**
 * Opens a link in the program for its scheme, exactly as it is, and returns whether that worked. VS Code decodes a `Uri` on the
 * way, so that a text with & or # is cut off. It accepts a text as well, although the types do not say so.
 */
async function openLink(link: string): Promise<boolean> {
  try {
    const opened: unknown = await Reflect.apply(vscode.env.openExternal, vscode.env, [link]);
    return opened === true;
  } catch {
    return false;
  }
}
