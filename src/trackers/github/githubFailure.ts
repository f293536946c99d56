import type { RemoteFailure } from "../../core/model/failure";
import type { IssueRef, Repository } from "../../core/model/issueRef";
import { isRecord } from "../../core/model/plainData";

/** What a request was about, for the message of a failure. */
export interface Subject {
  readonly repository?: Repository;
  readonly ref?: IssueRef;
}

/** The head of a response. Header names are in lower case. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Whether the request was conditional. */
  readonly conditional: boolean;
}

/** A refusal from the server. */
interface Refusal extends Pick<ResponseHead, "status" | "headers"> {
  /** The server's message. */
  readonly message: string;
  /** The fields of the request that the server rejected, if it names them. */
  readonly fields: readonly string[];
  /** Whether the response has the format of GitHub's errors, as opposed to a proxy's. */
  readonly githubs: boolean;
}

/** The refusal in an error thrown by a request. Returns `undefined` when there was no response, so that the outcome is unknown. */
export function readRefusal(error: unknown, responseHead: ResponseHead | undefined): Refusal | undefined {
  // Octokit reports a lost connection as status 500 without a response.
  if (responseHead === undefined) return undefined;
  const { status, headers } = responseHead;
  // With a success status, the body was lost on the way.
  if (status < 300) return undefined;
  const data = isRecord(error) && isRecord(error["response"]) ? error["response"]["data"] : undefined;
  return { status, headers, message: messageOf(data), fields: fieldsOf(data), githubs: isRecord(data) && typeof data["message"] === "string" };
}

/** The failure for a response that is not in GitHub's format: a faulty response, or one of a proxy or sign-on page. */
export function notGithubs(status: number, data: unknown, server: string): RemoteFailure {
  if (data === undefined || data === "") return { kind: "offline", server };
  // JSON that arrives as text was cut off.
  if (typeof data === "string" && !data.trimStart().startsWith("<")) return { kind: "offline", server };
  return typeof data === "string" || data instanceof ArrayBuffer ? { kind: "offline", server, answeredBy: "another" } : { kind: "serverError", server, status };
}

/** The rate limit in a response: a number of milliseconds, or an unknown time. Returns `undefined` if there is none. */
export function rateLimitOf({ status, headers, message }: Pick<Refusal, "status" | "headers" | "message">, now: number): { readonly milliseconds?: number } | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && Number.isFinite(after)) return { milliseconds: Math.max(after, 1) * 1000 };
  const reset = Number(headers["x-ratelimit-reset"]);
  if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset)) return { milliseconds: Math.max(reset * 1000 - now, 1000) };
  return status === 429 || /rate limit|abuse|too quickly/i.test(message) ? {} : undefined;
}

/** The failure for a refusal without a rate limit. The caller has to examine `gone`: it is the issue or the whole repository. */
export function failureOf(refusal: Refusal, server: string, subject: Subject): RemoteFailure | { readonly kind: "notFound" } {
  const { status, headers, message, fields, githubs } = refusal;
  const { repository, ref } = subject;
  // Only proxies, and networks that require a sign-in, use these status codes.
  if (status === 407 || status === 511) return { kind: "offline", server, answeredBy: "another" };
  if (status < 400 || status >= 500) return { kind: "serverError", server, status };
  if (!githubs) return { kind: "offline", server, answeredBy: "another" };
  if (status === 401) return { kind: "signedOut", server, reason: "refused" };
  const refused = { kind: "refused" as const, server, reason: message, ...(fields.length === 0 ? {} : { fields }) };
  if (repository === undefined) return refused;
  if (status === 410 && /disabled/i.test(message)) return { kind: "issuesOff", repository };
  const signOn = signOnAddress(headers["x-github-sso"], server);
  if ((status === 404 || status === 410) && signOn === undefined) return { kind: "notFound" };
  if (status === 403 && /\b(?:is|was) archived\b/i.test(message)) return { kind: "archived", repository };
  if (status === 403 && ref !== undefined && /\b(?:is|are) locked\b/i.test(message)) return { kind: "locked", ref };
  if (status === 403 || status === 451 || signOn !== undefined) {
    const scope = missingScope(headers);
    const reason = status === 404 || aboutRights.test(message) ? "" : message;
    return { kind: "forbidden", repository, ...(scope === undefined ? {} : { scope }), ...(reason === "" || scope !== undefined ? {} : { reason }), ...(signOn === undefined ? {} : { signOn }) };
  }
  return refused;
}

/** Messages that the server sends when the account lacks a permission in the repository, and for no other reason. */
const aboutRights = /^(?:Must have \w+ (?:rights|access) to Repository|Resource not accessible by|You do not have permission|You must have)/i;

/** The single sign-on page of the organization. Only pages on the server's own host are accepted, because other pages could steal the password. */
function signOnAddress(header: string | undefined, server: string): string | undefined {
  const url = /^\s*required;\s*url=(\S+)\s*$/i.exec(header ?? "")?.[1];
  const [, host, rest] = /^https:\/\/([^/?#\\@]+)(\/[^\s\\]*)$/i.exec(url ?? "") ?? [];
  return url !== undefined && rest !== undefined && host?.toLowerCase() === server.replace(/^https?:\/\//, "") ? url : undefined;
}

/** A scope that would be sufficient, if the server lists the token's scopes and none of them is. */
function missingScope(headers: Refusal["headers"]): string | undefined {
  const list = (name: string): readonly string[] => (headers[name] ?? "").split(",").map((scope) => scope.trim()).filter((scope) => scope !== "");
  const owned = list("x-oauth-scopes");
  // Tokens of app users have no scopes and may send a blank header.
  if (owned.length === 0) return undefined;
  const enough = list("x-accepted-oauth-scopes");
  return enough.some((scope) => owned.includes(scope)) ? undefined : enough[0];
}

function messageOf(data: unknown): string {
  if (!isRecord(data)) return "";
  const said = typeof data["message"] === "string" ? data["message"] : "";
  const more = errorsOf(data).flatMap((error) => {
    if (typeof error === "string") return [error];
    if (!isRecord(error)) return [];
    return [typeof error["message"] === "string" ? error["message"] : [error["field"], error["code"]].filter((part) => typeof part === "string").join(" ")];
  });
  return [said, ...more].filter((part) => part !== "").join(": ");
}

function fieldsOf(data: unknown): readonly string[] {
  if (!isRecord(data)) return [];
  return [...new Set(errorsOf(data).flatMap((error) => (isRecord(error) && typeof error["field"] === "string" ? [error["field"]] : [])))];
}

/** The errors of a refusal: usually a list, sometimes one text. */
function errorsOf({ errors }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(errors) ? errors : typeof errors === "string" ? [errors] : [];
}
