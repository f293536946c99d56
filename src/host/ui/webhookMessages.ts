import * as vscode from "vscode";
import type { WebhookFailure } from "../../core/incident/webhook";
import { assertNever } from "../../core/model/result";

/** Why a webhook did not confirm an update, in a few words. */
export function shortWebhookFailure(failure: WebhookFailure): string {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "noAddress":
      return t("no webhook address");
    case "unreachable":
      return t("webhook is not reachable");
    case "moved":
      return t("webhook redirects elsewhere");
    case "rejected":
      return t("webhook rejected it ({0})", failure.status);
    case "limited":
      return t("webhook is rate-limiting");
    case "serverError":
      return t("webhook error ({0})", failure.status);
    case "webPage":
      return t("a web page answered");
    case "timeout":
      return t("webhook did not answer");
    case "hidden":
      return t("browser hides the response");
    case "unconfirmed":
      return t("not confirmed");
    default:
      return assertNever(failure);
  }
}

/** Why a webhook did not confirm an update, whether it may have arrived, and what to do. `until` is formatted. */
export function describeWebhookFailure(failure: WebhookFailure, until?: string): string {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "noAddress":
      return t("This machine has no address for the webhook. It was not sent. Set the address with “Set Webhook Address…”, then retry.");
    case "unreachable":
      return t("The webhook cannot be reached. It was not sent. Check your connection and the address, then retry.");
    case "moved":
      return t("The webhook redirects to another address, which is not followed. It was not sent. Set the new address, then retry.");
    case "rejected":
      return t("The webhook rejected it (status {0}). It was not sent. The address may be wrong or revoked. Set a new address, then retry.", failure.status);
    case "limited":
      return until === undefined ? t("The webhook accepts no more messages at the moment. It was not sent. Retry later.") : t("The webhook accepts no more messages until {0}. It was not sent. Retry then.", until);
    case "serverError":
      return t("The webhook reported a server error (status {0}). It may have been delivered. Check the channel before you retry.", failure.status);
    case "webPage":
      return t("A web page answered instead of the webhook, for example a proxy or sign-in page. It was probably not delivered. Check the channel and the address before you retry.");
    case "timeout":
      return t("The webhook did not answer in time. It may have been delivered. Check the channel before you retry.");
    case "hidden":
      return t("The browser does not let the response of this webhook be read, so it may have been delivered. Check the channel. If it is there, run “Mark Update as Sent”. If not, send the text yourself, or use the desktop editor.");
    case "unconfirmed":
      return t("It cannot be confirmed that the webhook received it, because the connection was lost or the window was closed. Check the channel before you retry.");
    default:
      return assertNever(failure);
  }
}
