import type { WebhookFailure } from "../../core/incident/webhook";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Clock } from "../../core/model/ports";
import { failed, ok, type Result } from "../../core/model/result";

/** What posting a message depends on. */
interface PostContext {
  readonly fetch: typeof fetch;
  readonly clock: Pick<Clock, "now">;
  /** Milliseconds until a webhook that does not answer is given up. */
  readonly timeout?: number;
}

const defaultTimeout = 10_000;

/** The maximum number of redirects within one server. */
const maxRedirects = 3;

/**
 * Posts a message to an incoming webhook once. Redirects to another server are not followed, because the path of the address is a
 * secret. The form encoding is what browsers send to other sites without asking them first. Failures contain neither the address
 * nor the response.
 */
export async function postWebhook(address: string, message: string, { fetch: send, clock, timeout = defaultTimeout }: PostContext): Promise<Result<void, WebhookFailure>> {
  const signal = AbortSignal.timeout(timeout);
  let target = address;
  try {
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const response = await send(target, {
        method: "POST",
        body: new URLSearchParams({ payload: message }),
        redirect: "manual",
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal,
      });
      const next = redirectOf(response, target);
      if (next === undefined) return await resultOf(response, clock);
      if (next === "elsewhere") break;
      target = next;
    }
    return failed({ kind: "moved" });
  } catch (error) {
    if (signal.aborted) return failed({ kind: "timeout" });
    const code = codeOf(error);
    // Browsers do not say why a request failed: most webhooks do not allow other sites to read their responses.
    if (code === undefined && error instanceof TypeError) return failed({ kind: "hidden" });
    return failed(code !== undefined && unreachable.test(code) ? { kind: "unreachable" } : { kind: "unconfirmed" });
  }
}

/** The address on the same server to which a message must be posted instead. Other redirects would drop the message or reveal the address. */
function redirectOf(response: Response, from: string): string | undefined {
  if (response.type === "opaqueredirect") return "elsewhere";
  if (response.status < 300 || response.status > 399) return undefined;
  const location = response.headers.get("location");
  if ((response.status !== 307 && response.status !== 308) || location === null || !URL.canParse(location, from)) return "elsewhere";
  const to = new URL(location, from);
  return to.origin === new URL(from).origin ? to.href : "elsewhere";
}

async function resultOf(response: Response, clock: Pick<Clock, "now">): Promise<Result<void, WebhookFailure>> {
  const { status } = response;
  if (response.type === "opaque") return failed({ kind: "hidden" });
  if (status === 429) {
    const until = retryAt(response.headers.get("retry-after"), clock);
    return failed({ kind: "limited", ...(until === undefined ? {} : { until }) });
  }
  if (status >= 500) return failed({ kind: "serverError", status });
  if (status >= 400) return failed({ kind: "rejected", status });
  if (/\bhtml\b/i.test(response.headers.get("content-type") ?? "")) return failed({ kind: "webPage" });
  const text = await startOf(response);
  return /^\s*<(?:!doctype html|html)\b/i.test(text) ? failed({ kind: "webPage" }) : ok(undefined);
}

/** The first characters of a response, which may be endless. */
async function startOf({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length >= maxStart) break;
  }
  await reader.cancel();
  return text;
}

const maxStart = 1000;

/** Parses `Retry-After`: seconds, or an HTTP date. */
function retryAt(text: string | null, clock: Pick<Clock, "now">): string | undefined {
  if (text === null) return undefined;
  const at = /^\d{1,7}$/.test(text.trim()) ? millisecondsOf(clock.now()) + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(at) ? undefined : instantAt(Math.ceil(at / 1000) * 1000);
}

/** Codes of errors before anything was sent: the name is unknown, the connection was refused, or the certificate is not trusted. */
const unreachable = /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/;

/** The code of the error that Node.js gives as the cause. Browsers give none. */
function codeOf(error: unknown): string | undefined {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  if (cause === undefined) return undefined;
  const code: unknown = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "";
}
