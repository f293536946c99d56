import type { Failure } from "../../../core/model/failure";
import { instantAt } from "../../../core/model/instant";
import type { Repository } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/plainData";

/**
 * Why there is no answer to a query. `refused`: the server does not know, or does not show, what was asked for. `unusable`: it answers no
 * queries to this account. `unlike`: its answer lacks some of what was asked for. `failed`: any other failure of the request.
 */
export type QueryFailure =
  | { readonly kind: "refused" | "unusable" | "unlike"; readonly reason: string }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "canceled" };

/** The reason where the server gives none. */
export const noAnswer = "The server does not answer queries.";

/** An error in an answer, which GitHub sends with a status of success. */
export type QueryError = Readonly<Record<string, unknown>>;

/** What a failed request says about queries. A server or a proxy without them refuses the address itself. */
export function failureOfRequest(failure: Failure): QueryFailure {
  switch (failure.kind) {
    case "noRepository":
    case "issuesOff":
    case "forbidden":
      return { kind: "unusable", reason: noAnswer };
    case "refused":
      return { kind: "unusable", reason: failure.reason };
    case "serverError":
      return failure.status === 501 ? { kind: "unusable", reason: noAnswer } : { kind: "failed", failure };
    default:
      return { kind: "failed", failure };
  }
}

/** What the errors in an answer mean. `headers` are those of the response. */
export function failureOfErrors(errors: readonly QueryError[], headers: unknown, server: string, repository: Repository): QueryFailure {
  const reason = errors.map(({ message }) => String(message)).join(" ");
  if (errors.some(({ type }) => type === "RATE_LIMITED") || /\brate limit/i.test(reason)) return { kind: "failed", failure: { kind: "limited", server, until: resetOf(headers) } };
  if (errors.some(({ type, path }) => type === "NOT_FOUND" && isRepository(path))) return { kind: "failed", failure: { kind: "noRepository", repository } };
  if (errors.some(({ type }) => type === "RESOURCE_LIMITS_EXCEEDED") || isOverloaded.test(reason)) return { kind: "failed", failure: { kind: "serverError", server, status: 504 } };
  return { kind: "refused", reason };
}

/** Whether the server did not answer the query itself, rather than limit its rate, lose the connection or refuse the token. */
export function isUnanswered(why: QueryFailure): boolean {
  switch (why.kind) {
    case "refused":
    case "unusable":
    case "unlike":
      return true;
    case "failed":
      return isServerError(why) || (why.failure.kind === "offline" && why.failure.answeredBy === "another");
    case "canceled":
      return false;
  }
}

/** Whether the server failed, which may be over soon. */
export function isServerError(why: QueryFailure): boolean {
  return why.kind === "failed" && why.failure.kind === "serverError";
}

/** Whether the server did not manage to answer in time, as if too much was asked for. */
export function isTooMuch(why: QueryFailure): boolean {
  return why.kind === "failed" && why.failure.kind === "serverError" && [502, 503, 504].includes(why.failure.status);
}

/** Whether the page would begin after an issue that the server no longer knows. */
export function isAboutCursor(why: QueryFailure): boolean {
  return why.kind === "refused" && /cursor/i.test(why.reason);
}

/** Whether a project board belongs to an organization that the token cannot see. */
export function isHiddenBoard({ type, path }: QueryError): boolean {
  return (type === "FORBIDDEN" || type === "NOT_FOUND") && Array.isArray(path) && path.includes("project");
}

/** Whether an issue was deleted or transferred since the query that showed it. */
export function isGoneIssue({ type, path }: QueryError): boolean {
  return type === "NOT_FOUND" && Array.isArray(path) && path.length === 2 && path[1] === "issue";
}

/** What GitHub reports, without a type, if a query takes too long. */
const isOverloaded = /something went wrong|timed? ?out|resource limits/i;

function isRepository(path: unknown): boolean {
  return path === undefined || (Array.isArray(path) && path.length === 1 && path[0] === "repository");
}

/** The end of a rate limit. Without one in the response, a minute after it, as for other requests. */
function resetOf(headers: unknown): string {
  if (!isRecord(headers)) return instantAt(0);
  const reset = headers["x-ratelimit-remaining"] === "0" ? Number(headers["x-ratelimit-reset"]) * 1000 : NaN;
  const answered = Date.parse(String(headers["date"]));
  return instantAt(Number.isFinite(reset) ? reset : Number.isFinite(answered) ? answered + 60_000 : 0);
}
