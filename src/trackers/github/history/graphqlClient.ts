import * as v from "valibot";
import type { Repository } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/plainData";
import { failed, ok, type Result } from "../../../core/model/result";
import { apiAddress, type GithubApi, ownerAndName } from "../githubApi";
import { failureOfErrors, failureOfRequest, isAboutCursor, isGoneIssue, isHiddenBoard, isTooMuch, noAnswer, type QueryFailure } from "./graphqlFailure";
import { type IssueNode, type IssueSelection, itemsAnswer, itemsQuery, movesAnswer, pageAnswer, pageQuery, type QueriedIssue, readNode, type TimelineItem } from "./graphqlQuery";
import { type BoardProblem, isTransient } from "./historyReading";

/**
 * What is asked for. `histories`: issues with their events, comments, and moves on project boards where these can be read. `moves`: only
 * the moves. `numbers`: only which issues there are. `bareMoves`: moves in the smallest query, which some servers answer that refuse
 * larger ones.
 */
type Wanted = "histories" | "moves" | "numbers" | "bareMoves";

/** Selects issues by when they were updated, or the open ones. */
interface QueryFilter {
  readonly since?: string;
  readonly states?: readonly ["OPEN"];
}

/** One page of issues, the newest first, and where the next one begins. */
export interface QueriedPage {
  readonly issues: readonly QueriedIssue[];
  readonly next?: string;
  /** How many issues the repository has. */
  readonly total: number;
  /** Whether moves on project boards were read with the issues. */
  readonly hasMoves: boolean;
}

/** Asks for issues of a repository by queries (GraphQL). */
export interface GraphqlClient {
  page(wanted: Wanted, filter?: QueryFilter, after?: string): Promise<Result<QueriedPage, QueryFailure>>;
  /** All pages as one. */
  all(wanted: Wanted, filter?: QueryFilter): Promise<Result<QueriedPage, QueryFailure>>;
  /** What the queries cost of the hourly limit. */
  points(): number;
  /** Why moves on project boards cannot be read, or not all of them, if so. */
  boardProblem(): BoardProblem | undefined;
}

interface GraphqlClientParts {
  readonly api: GithubApi;
  readonly repository: Repository;
  /** Called after each answer with further items of an issue. */
  readonly onAnswer: () => void;
  readonly isAborted: () => boolean;
  /** Whether the server has given events before. One that never does leaves them out. */
  readonly hasEvents: boolean;
}

/** The form in which the server answers queries, as far as its answers have shown. */
interface QueryForm {
  /** How many issues are asked for at once with their histories. */
  readonly size: number;
  readonly hasRecent: boolean;
  /** Why nothing can be asked about project boards, if so. */
  readonly noBoards?: string;
}

const largestForm: QueryForm = { size: 100, hasRecent: true };

const smallerSizes: Readonly<Record<number, number>> = { 100: 50, 50: 20, 20: 5 };

/**
 * The form to ask in after a failure: fewer issues if the server did not manage to answer in time, and nothing that it does not know or
 * show. `undefined` if no other form would help.
 */
function simplerForm(form: QueryForm, wanted: Wanted, why: QueryFailure): QueryForm | undefined {
  if (wanted === "bareMoves" || wanted === "numbers") return undefined;
  if (isTooMuch(why)) {
    const size = wanted === "histories" ? smallerSizes[form.size] : undefined;
    return size === undefined ? undefined : { ...form, size };
  }
  if (why.kind !== "refused" || isAboutCursor(why)) return undefined;
  if (form.hasRecent && /issueType|enableDuplicate/.test(why.reason)) return { ...form, hasRecent: false };
  return form.noBoards === undefined ? { ...form, noBoards: why.reason } : undefined;
}

function selectionOf({ hasRecent, noBoards }: QueryForm, wanted: Wanted): IssueSelection {
  if (wanted === "bareMoves") return { histories: false, boards: true, recent: false, movesOnly: true };
  return { histories: wanted === "histories", boards: wanted !== "numbers" && noBoards === undefined, recent: hasRecent };
}

const unlike = failed<QueryFailure>({ kind: "unlike", reason: noAnswer });

/** Each page has up to 100 issues. Each 100 further items of an issue take one more query. A request that got lost is sent once more. */
export function createGraphqlClient({ api, repository, onAnswer, isAborted, ...before }: GraphqlClientParts): GraphqlClient {
  const { owner, repo: name } = ownerAndName(repository);
  let form = largestForm;
  let { hasEvents } = before;
  let points = 0;
  let hidden: string | undefined;

  async function page(wanted: Wanted, filter: QueryFilter = {}, after?: string): Promise<Result<QueriedPage, QueryFailure>> {
    for (;;) {
      const selection = selectionOf(form, wanted);
      const answer = wanted === "bareMoves"
        ? await ask(movesAnswer, pageQuery(selection), { after: after ?? null })
        : await ask(pageAnswer, pageQuery(selection), { after: after ?? null, size: wanted === "histories" ? form.size : largestForm.size, filter }, wanted === "histories");
      if (answer.kind === "ok") return readPage(answer.value.repository, wanted, selection, after);
      const simpler = simplerForm(form, wanted, answer.failure);
      if (simpler === undefined) return answer;
      form = simpler;
      // Nothing else was asked for.
      if (wanted === "moves" && form.noBoards !== undefined) return answer;
    }
  }

  async function readPage({ hasIssuesEnabled, all, issues: { nodes, pageInfo: { hasNextPage, endCursor } } }: v.InferOutput<typeof pageAnswer>["repository"], wanted: Wanted, selection: IssueSelection, after: string | undefined): Promise<Result<QueriedPage, QueryFailure>> {
    if (hasIssuesEnabled === false) return failed({ kind: "failed", failure: { kind: "issuesOff", repository } });
    // A server that always gives the same page.
    if (hasNextPage && after !== undefined && endCursor === after) return unlike;
    const total = wanted === "bareMoves" ? 0 : all?.totalCount;
    if (total === undefined) return unlike;
    const issues: QueriedIssue[] = [];
    for (const node of nodes) {
      if (node === null) continue;
      if (node.timelineItems === undefined && (selection.histories || selection.boards)) return unlike;
      const items = node.timelineItems === undefined ? ok([]) : await allItems(selection, node.number, node.timelineItems);
      if (items.kind === "failed") return items;
      if (items.value === undefined) continue;
      const read = readNode(node, items.value, selection, repository, apiAddress(api.server));
      if (read === undefined) return unlike;
      issues.push(read);
    }
    hasEvents ||= issues.some(({ events, comments }) => events.length + comments.length > 0);
    // A closed issue has an event, unless it was imported.
    if (selection.histories && !hasEvents && issues.some(({ issue }) => issue?.state === "closed")) return unlike;
    return ok({ issues, total, hasMoves: selection.boards, ...(hasNextPage && endCursor != null ? { next: endCursor } : {}) });
  }

  /** All items of an issue: those that came with it, and the further ones. `undefined` if the issue was deleted or transferred meanwhile. */
  async function allItems(selection: IssueSelection, number: number, first: NonNullable<IssueNode["timelineItems"]>): Promise<Result<readonly TimelineItem[] | undefined, QueryFailure>> {
    const items = [...first.nodes];
    for (let { pageInfo: more } = first; more.hasNextPage && more.endCursor != null; ) {
      const rest = await ask(itemsAnswer, itemsQuery(selection), { number, after: more.endCursor });
      if (rest.kind === "failed") return rest;
      onAnswer();
      if (rest.value.repository.issue === null) return ok(undefined);
      const found = rest.value.repository.issue.timelineItems;
      if (found.pageInfo.endCursor === more.endCursor) return unlike;
      items.push(...found.nodes);
      more = found.pageInfo;
    }
    return ok(items);
  }

  /** Sends a query. With `isLarge`, one that the server did not manage to answer is not sent again, but asked in a simpler form. */
  async function ask<T extends { readonly rateLimit?: { readonly cost: number } | undefined }>(shape: v.GenericSchema<unknown, T>, query: string, variables: Readonly<Record<string, unknown>>, isLarge = false): Promise<Result<T, QueryFailure>> {
    if (isAborted()) return failed({ kind: "canceled" });
    const first = await send(query, variables);
    const isResent = first.kind === "failed" && isTransient(first.failure) && !(isLarge && first.failure.kind === "serverError") && !isAborted();
    const answer = isResent ? await send(query, variables) : first;
    if (answer.kind === "failed") return failed(isAborted() ? { kind: "canceled" } : failureOfRequest(answer.failure));
    const body: unknown = answer.value.kind === "changed" ? answer.value.data : undefined;
    if (!isRecord(body)) return unlike;
    // A page of a proxy or of a sign-on has neither.
    if (body["data"] === undefined && body["errors"] === undefined) return failed({ kind: "failed", failure: { kind: "offline", server: api.server, answeredBy: "another" } });
    const parsed = v.safeParse(shape, body["data"]);
    const errors = Array.isArray(body["errors"]) ? body["errors"].filter(isRecord) : [];
    if (errors.length > 0) {
      const failure = failureOfErrors(errors, body["headers"], api.server, repository);
      // Everything else than these boards or this issue is there.
      if (failure.kind !== "refused" || !parsed.success || !errors.every((error) => isHiddenBoard(error) || isGoneIssue(error))) return failed(failure);
      if (errors.some(isHiddenBoard)) hidden = failure.reason;
    }
    if (!parsed.success) return unlike;
    points += parsed.output.rateLimit?.cost ?? 0;
    return ok(parsed.output);
  }

  async function send(query: string, variables: Readonly<Record<string, unknown>>): ReturnType<typeof api.read<unknown>> {
    return api.read({ repository }, v.unknown(), async (octokit, { request }) => {
      try {
        return { data: { data: await octokit.graphql(query, { owner, name, ...variables, request }) }, status: 200, headers: {} };
      } catch (error) {
        // Errors come in successful responses.
        if (!isRecord(error) || !Array.isArray(error["errors"])) throw error;
        return { data: { errors: error["errors"], data: error["data"], headers: error["headers"] }, status: 200, headers: {} };
      }
    });
  }

  return {
    page,
    async all(wanted, filter) {
      const issues: QueriedIssue[] = [];
      for (let after: string | undefined; ; ) {
        const answer = await page(wanted, filter, after);
        if (answer.kind === "failed") return answer;
        const { next, ...last } = answer.value;
        issues.push(...last.issues);
        if (next === undefined) return ok({ ...last, issues });
        after = next;
      }
    },
    points: () => points,
    boardProblem: () => (form.noBoards !== undefined ? boardProblem(form.noBoards) : hidden === undefined ? undefined : { kind: "hiddenBoards", reason: hidden }),
  };
}

/** Why no moves on project boards can be read, in the words of the server. */
export function boardProblem(reason: string): BoardProblem {
  return { kind: /read:project/.test(reason) ? "noScope" : "noBoards", reason };
}
