import type { RemoteFailure } from "../../core/model/failure";
import type { IssueRef, Repository } from "../../core/model/issueRef";
import { isRecord } from "../../core/model/record";

/** What a request was about, so that its refusal can be told in words. */
export interface Subject {
  readonly repository?: Repository;
  readonly ref?: IssueRef;
}

/** The beginning of an answer, header names in lower case. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Whether it was asked for only if something changed. */
  readonly conditional: boolean;
}

/** A refusal as the server sent it. */
interface Refusal extends Pick<ResponseHead, "status" | "headers"> {
  /** The server's own words. */
  readonly message: string;
  /** The fields of the request that it found fault with, where it names them. */
  readonly fields: readonly string[];
  /** Whether the answer is in the form in which GitHub refuses; a proxy's is not. */
  readonly githubs: boolean;
}

/** The refusal in what a request threw; `undefined` when no answer came, so that nobody knows what was done. */
export function readRefusal(error: unknown, responseHead: ResponseHead | undefined): Refusal | undefined {
  // A lost connection is thrown as status 500 without a response.
  if (responseHead === undefined) return undefined;
  const { status, headers } = responseHead;
  // What was no success; or else its body was lost on the way.
  if (status < 300) return undefined;
  const data = isRecord(error) && isRecord(error["response"]) ? error["response"]["data"] : undefined;
  return { status, headers, message: messageOf(data), fields: fieldsOf(data), githubs: isRecord(data) && typeof data["message"] === "string" };
}

/** What an answer means that is not GitHub's: one of its own that is odd, or somebody else's, as a proxy's or a sign-on page. */
export function notGithubs(status: number, data: unknown, server: string): RemoteFailure {
  if (data === undefined || data === "") return { kind: "offline", server };
  // What should be JSON and is a text was cut short.
  if (typeof data === "string" && !data.trimStart().startsWith("<")) return { kind: "offline", server };
  return typeof data === "string" || data instanceof ArrayBuffer ? { kind: "offline", server, answeredBy: "another" } : { kind: "serverError", server, status };
}

/** Why the server asks for a pause: after so many milliseconds, or without saying when; `undefined` when it does not. */
export function pauseAsked({ status, headers, message }: Pick<Refusal, "status" | "headers" | "message">, now: number): { readonly milliseconds?: number } | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && Number.isFinite(after)) return { milliseconds: Math.max(after, 1) * 1000 };
  const reset = Number(headers["x-ratelimit-reset"]);
  if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset)) return { milliseconds: Math.max(reset * 1000 - now, 1000) };
  return status === 429 || /rate limit|abuse|too quickly/i.test(message) ? {} : undefined;
}

/** What a refusal that asks for no pause means. `gone` is for the caller to look into: an issue or its whole repository. */
export function failureOf(refusal: Refusal, server: string, subject: Subject): RemoteFailure | { readonly kind: "notFound" } {
  const { status, headers, message, fields, githubs } = refusal;
  const { repository, ref } = subject;
  // Nobody but a proxy answers so, and a network that first wants to be signed in to.
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

/** The server's words where the account lacks a right in the repository, and nothing else stands in the way. */
const aboutRights = /^(?:Must have \w+ (?:rights|access) to Repository|Resource not accessible by|You do not have permission|You must have)/i;

/** Where the person can sign on to the organization: only on the server's own host, for a page elsewhere could ask for the password. */
function signOnAddress(header: string | undefined, server: string): string | undefined {
  const url = /^\s*required;\s*url=(\S+)\s*$/i.exec(header ?? "")?.[1];
  const [, host, rest] = /^https:\/\/([^/?#\\@]+)(\/[^\s\\]*)$/i.exec(url ?? "") ?? [];
  return url !== undefined && rest !== undefined && host?.toLowerCase() === server.replace(/^https?:\/\//, "") ? url : undefined;
}

/** A scope that would have done, when the token says its scopes and has none of those. */
function missingScope(headers: Refusal["headers"]): string | undefined {
  const list = (name: string): readonly string[] => (headers[name] ?? "").split(",").map((scope) => scope.trim()).filter((scope) => scope !== "");
  const owned = list("x-oauth-scopes");
  // The token of an app's user has none to name, and may say so with a blank.
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

/** A list in most refusals, and one text in a few. */
function errorsOf({ errors }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(errors) ? errors : typeof errors === "string" ? [errors] : [];
}
