import { inertText } from "../markup/inertText";
import type { Instant } from "../model/issue";

/**
 * Why a webhook did not confirm a message. `unreachable` and `rejected`, `moved`, `limited` and `noAddress`: it was not delivered.
 * The others may have been delivered, so sending again can show the message twice.
 */
export type WebhookFailure =
  | { readonly kind: "noAddress" }
  | { readonly kind: "unreachable" }
  | { readonly kind: "moved" }
  | { readonly kind: "rejected"; readonly status: number }
  | { readonly kind: "limited"; readonly until?: Instant }
  | { readonly kind: "serverError"; readonly status: number }
  /** It answered with a web page, as a proxy or a sign-in page does. */
  | { readonly kind: "webPage" }
  | { readonly kind: "timeout" }
  /** It runs in a browser, which does not let the response of this server be read, or did not reach it. */
  | { readonly kind: "hidden" }
  /** The connection was lost, or the editor stopped. */
  | { readonly kind: "unconfirmed" };

/** Whether a message may have been delivered although it was not confirmed. */
export function mayBeDelivered({ kind }: WebhookFailure): boolean {
  return kind === "serverError" || kind === "webPage" || kind === "timeout" || kind === "hidden" || kind === "unconfirmed";
}

/**
 * Normalizes the address of an incoming webhook. Returns `undefined` for an invalid address, and for `http` except on this
 * machine, because everybody who reads the address can post.
 */
export function readWebhookAddress(text: string): string | undefined {
  const found = /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[1-9]\d{0,4})?(\/[\x21-\x7e]*)?$/i.exec(text.trim());
  const [, scheme = "", host = "", port = "", path = ""] = found ?? [];
  if (found === null || (scheme.toLowerCase() === "http" && !loopback.has(host.toLowerCase()))) return undefined;
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${port}${path.replace(/#.*$/, "")}`;
}

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * The message in the format of Slack's incoming webhooks, which other chat programs accept too. The text is shown as typed: it
 * mentions nobody, contains no formatting, and links have no preview.
 */
export function webhookMessage(text: string): string {
  const escaped = inertText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return JSON.stringify({ text: escaped, mrkdwn: false, link_names: false, unfurl_links: false, unfurl_media: false });
}
