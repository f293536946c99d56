import type { RemoteFailure } from "../../core/failure";
import type { IssueRef, Repository } from "../../core/issue/issueRef";
import { isRecord } from "../../core/isRecord";

/** What a request was about, so that its refusal can be told in words. */
export interface Subject {
  readonly repository?: Repository;
  readonly ref?: IssueRef;
}

/** A refusal as the server sent it, header names in lower case. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The server's own words. */
  readonly message: string;
}

/** The refusal in what a request threw; `undefined` when no whole answer came, so that nobody knows what was done. */
export function readRefusal(error: unknown): Refusal | undefined {
  // A lost connection is thrown as status 500 without a response.
  if (!isRecord(error) || typeof error["status"] !== "number" || !isRecord(error["response"])) return undefined;
  const { headers, data } = error["response"];
  const texts = isRecord(headers) ? Object.entries(headers).map(([name, value]) => [name.toLowerCase(), typeof value === "string" || typeof value === "number" ? String(value) : undefined]) : [];
  return { status: error["status"], headers: Object.fromEntries(texts), message: messageOf(data) };
}

/** Why the server asks for a pause: after so many milliseconds, or without saying when; `undefined` when it does not. */
export function pauseAsked({ status, headers, message }: Refusal, now: number): { readonly milliseconds?: number } | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && Number.isFinite(after)) return { milliseconds: Math.max(after, 1) * 1000 };
  const reset = Number(headers["x-ratelimit-reset"]);
  if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset)) return { milliseconds: Math.max(reset * 1000 - now, 1000) };
  return status === 429 || /rate limit|abuse|too quickly/i.test(message) ? {} : undefined;
}

/** What a refusal that asks for no pause means. `gone` is for the caller to look into: an issue or its whole repository. */
export function failureOf(refusal: Refusal, server: string, subject: Subject): RemoteFailure | { readonly kind: "notFound" } {
  const { status, headers, message } = refusal;
  const { repository, ref } = subject;
  if (status === 401) return { kind: "signedOut", server, reason: "refused" };
  if (status >= 500) return { kind: "serverTrouble", server, status };
  if (repository === undefined) return { kind: "refused", server, reason: message };
  if (status === 410 && /disabled/i.test(message)) return { kind: "issuesOff", repository };
  if (status === 404 || status === 410) return { kind: "notFound" };
  if (status === 403 && /archived/i.test(message)) return { kind: "archived", repository };
  if (status === 403 && ref !== undefined && /\block/i.test(message)) return { kind: "locked", ref };
  if (status === 403 || status === 451) {
    const scope = missingScope(headers);
    return { kind: "forbidden", repository, ...(scope === undefined ? {} : { scope }) };
  }
  return { kind: "refused", server, reason: message };
}

/** A scope that would have done, when the token says its scopes and has none of those. */
function missingScope(headers: Refusal["headers"]): string | undefined {
  const list = (name: string): readonly string[] => (headers[name] ?? "").split(",").map((scope) => scope.trim()).filter((scope) => scope !== "");
  if (headers["x-oauth-scopes"] === undefined) return undefined;
  const owned = list("x-oauth-scopes");
  const enough = list("x-accepted-oauth-scopes");
  return enough.some((scope) => owned.includes(scope)) ? undefined : enough[0];
}

function messageOf(data: unknown): string {
  if (!isRecord(data)) return "";
  const said = typeof data["message"] === "string" ? data["message"] : "";
  const errors = Array.isArray(data["errors"]) ? data["errors"] : [];
  const more = errors.flatMap((error) => {
    if (typeof error === "string") return [error];
    if (!isRecord(error)) return [];
    return [typeof error["message"] === "string" ? error["message"] : [error["field"], error["code"]].filter((part) => typeof part === "string").join(" ")];
  });
  return [said, ...more].filter((part) => part !== "").join(": ");
}
