import * as v from "valibot";
import type { Failure } from "../../../core/model/failure";
import { instantAt } from "../../../core/model/instant";
import type { Repository } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/record";
import { failed, ok, type Result } from "../../../core/model/result";
import { apiAddress, type GithubApi, ownerAndName } from "../githubApi";
import { isTransient } from "./historyParts";
import { itemsAnswer, itemsQuery, movesAnswer, pageAnswer, pageQuery, type QueriedIssue, type QueryParts, readNode } from "./issueQuery";

/** Selects issues by when they were updated, or the open ones. */
export interface QueryFilter {
  readonly since?: string;
  readonly states?: readonly ["OPEN"];
}

/** One page of issues, and where the next one begins. */
interface QueriedPage {
  readonly issues: readonly QueriedIssue[];
  readonly next?: string;
  /** How many issues the repository has. */
  readonly total: number;
}

/** Why there is no answer. `refused`: without some of what was asked for, it may be answered. `unusable`: the server answers no queries to this account. `unlike`: the answer lacks some of what was asked for. */
export type QueryFailure = { readonly kind: "refused" | "unusable" | "unlike"; readonly reason: string } | { readonly kind: "failed"; readonly failure: Failure };

/** Asks for issues of a repository. */
export interface IssueQueries {
  page(parts: QueryParts, filter: QueryFilter, after: string | undefined): Promise<Result<QueriedPage, QueryFailure>>;
  /** What the queries cost of the hourly limit. */
  points(): number;
  /** Why some project boards cannot be read, if so. */
  hiddenBoards(): string | undefined;
}

interface IssueQueriesParts {
  readonly api: GithubApi;
  readonly repository: Repository;
  /** Called after each answer with further items of an issue. */
  readonly onAnswer: () => void;
  readonly isAborted: () => boolean;
}

const pageSizes = [100, 50, 20, 5];

/** The reason where the server gives none. */
export const noAnswer = "The server does not answer queries.";

const unlike: QueryFailure = { kind: "unlike", reason: noAnswer };

/** Each page has up to 100 issues; fewer if the server does not manage to answer in time. Each 100 further items of an issue take one more query. */
export function createIssueQueries({ api, repository, onAnswer, isAborted }: IssueQueriesParts): IssueQueries {
  const { owner, repo: name } = ownerAndName(repository);
  const aborted = failed({ kind: "failed" as const, failure: { kind: "offline" as const, server: api.server } });
  let [points, size, hidden]: [number, number, string | undefined] = [0, 0, undefined];

  async function ask<T extends { readonly rateLimit?: { readonly cost: number } | undefined }>(shape: v.GenericSchema<unknown, T>, query: string, variables: Readonly<Record<string, unknown>>): Promise<Result<T, QueryFailure>> {
    if (isAborted()) return aborted;
    const send = async (): ReturnType<typeof api.read<unknown>> => api.read({ repository }, v.unknown(), async (octokit, { request }) => {
      try {
        return { data: { data: await octokit.graphql(query, { owner, name, ...variables, request }) }, status: 200, headers: {} };
      } catch (error) {
        // Errors come in successful responses.
        if (!isRecord(error) || !Array.isArray(error["errors"])) throw error;
        return { data: { errors: error["errors"], data: error["data"], headers: error["headers"] }, status: 200, headers: {} };
      }
    });
    const first = await send();
    // Instead of a whole page, fewer issues are asked for.
    const isAskedAgain = first.kind === "failed" && isTransient(first.failure) && (first.failure.kind === "offline" || !("size" in variables)) && !isAborted();
    const answer = isAskedAgain ? await send() : first;
    if (answer.kind === "failed") return failed(failureOf(answer.failure));
    const body: unknown = answer.value.kind === "changed" ? answer.value.data : undefined;
    if (!isRecord(body)) return failed(unlike);
    // A page of a proxy or of a sign-on has neither.
    if (body["data"] === undefined && body["errors"] === undefined) return failed({ kind: "failed", failure: { kind: "offline", server: api.server, answeredBy: "another" } });
    const parsed = v.safeParse(shape, body["data"]);
    const errors = Array.isArray(body["errors"]) ? body["errors"].filter(isRecord) : [];
    if (errors.length > 0) {
      const failure = failureOfErrors(errors, body["headers"]);
      // Some boards belong to an organization that the token cannot see. Everything else is there.
      if (failure.kind !== "refused" || !parsed.success || !errors.every(isHiddenBoard)) return failed(failure);
      hidden = failure.reason;
    }
    if (!parsed.success) return failed(unlike);
    points += parsed.output.rateLimit?.cost ?? 0;
    return ok(parsed.output);
  }

  function failureOfErrors(errors: readonly Readonly<Record<string, unknown>>[], headers: unknown): QueryFailure {
    const reason = errors.map(({ message }) => String(message)).join(" ");
    if (errors.some(({ type }) => type === "RATE_LIMITED") || /\brate limit/i.test(reason)) return { kind: "failed", failure: { kind: "limited", server: api.server, until: resetOf(headers) } };
    if (errors.some(({ type, path }) => type === "NOT_FOUND" && isRepository(path))) return { kind: "failed", failure: { kind: "noRepository", repository } };
    if (errors.some(({ type }) => type === "RESOURCE_LIMITS_EXCEEDED") || isOverloaded.test(reason)) return { kind: "failed", failure: { kind: "serverError", server: api.server, status: 504 } };
    return { kind: "refused", reason };
  }

  /** The further items of an issue. */
  async function furtherItems(parts: QueryParts, number: number, first: NonNullable<Parameters<typeof readNode>[0]["timelineItems"]>): Promise<Result<typeof first.nodes, QueryFailure>> {
    const items = [...first.nodes];
    for (let { pageInfo: more } = first; more.hasNextPage && more.endCursor != null; ) {
      const rest = await ask(itemsAnswer, itemsQuery(parts), { number, after: more.endCursor });
      if (rest.kind === "failed") return rest;
      onAnswer();
      const found = rest.value.repository.issue?.timelineItems;
      if (found === undefined || found.pageInfo.endCursor === more.endCursor) return failed(unlike);
      items.push(...found.nodes);
      more = found.pageInfo;
    }
    return ok(items);
  }

  return {
    points: () => points,
    hiddenBoards: () => hidden,
    async page(parts, filter, after) {
      const page = await ask(parts.movesOnly === true ? movesAnswer : pageAnswer, pageQuery(parts), { after: after ?? null, ...(parts.movesOnly === true ? {} : { size: pageSizes[size], filter }) });
      if (page.kind === "failed") {
        if (!isTooMuch(page.failure) || size === pageSizes.length - 1 || !parts.histories) return page;
        size += 1;
        return this.page(parts, filter, after);
      }
      const { hasIssuesEnabled, all, issues: { nodes, pageInfo: { hasNextPage, endCursor } } } = page.value.repository;
      if (hasIssuesEnabled === false) return failed({ kind: "failed", failure: { kind: "issuesOff", repository } });
      // A server that always gives the same page.
      if (hasNextPage && after !== undefined && endCursor === after) return failed(unlike);
      const total = parts.movesOnly === true ? 0 : all?.totalCount;
      if (total === undefined) return failed(unlike);
      const issues: QueriedIssue[] = [];
      for (const node of nodes) {
        if (node === null) continue;
        if (node.timelineItems === undefined && (parts.histories || parts.boards)) return failed(unlike);
        const items = node.timelineItems === undefined ? ok([]) : await furtherItems(parts, node.number, node.timelineItems);
        if (items.kind === "failed") return items;
        const read = readNode(node, items.value, parts, repository, apiAddress(api.server));
        if (read === undefined) return failed(unlike);
        issues.push(read);
      }
      if (parts.histories && lackEvents(issues)) return failed(unlike);
      return ok({ issues, total, ...(hasNextPage && endCursor != null ? { next: endCursor } : {}) });
    },
  };
}

/** Whether a failure means that the server does not answer queries of this kind, rather than not now. */
export function isNoAnswer(failure: QueryFailure): boolean {
  return failure.kind !== "failed" || (failure.failure.kind === "offline" && failure.failure.answeredBy === "another");
}

/** A closed issue has an event. If all of them have none, the server has left them out. */
function lackEvents(issues: readonly QueriedIssue[]): boolean {
  return issues.some(({ issue }) => issue?.state === "closed") && issues.every(({ events, comments }) => events.length === 0 && comments.length === 0);
}

/** What GitHub reports, without a type, if a query takes too long. */
const isOverloaded = /something went wrong|timed? ?out|resource limits/i;

function isTooMuch(failure: QueryFailure): boolean {
  return failure.kind === "failed" && failure.failure.kind === "serverError" && [502, 503, 504].includes(failure.failure.status);
}

/** A server or a proxy without queries refuses the address itself. */
function failureOf(failure: Failure): QueryFailure {
  switch (failure.kind) {
    case "noRepository":
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

function isRepository(path: unknown): boolean {
  return path === undefined || (Array.isArray(path) && path.length === 1 && path[0] === "repository");
}

function isHiddenBoard({ type, path }: Readonly<Record<string, unknown>>): boolean {
  return (type === "FORBIDDEN" || type === "NOT_FOUND") && Array.isArray(path) && path.includes("project");
}

/** The end of a rate limit. Without one in the response, a minute after it, as for other requests. */
function resetOf(headers: unknown): string {
  if (!isRecord(headers)) return instantAt(0);
  const reset = headers["x-ratelimit-remaining"] === "0" ? Number(headers["x-ratelimit-reset"]) * 1000 : NaN;
  const answered = Date.parse(String(headers["date"]));
  return instantAt(Number.isFinite(reset) ? reset : Number.isFinite(answered) ? answered + 60_000 : 0);
}
