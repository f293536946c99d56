import * as v from "valibot";
import type { BoardEvent } from "../../../core/metrics/boardMoves";
import type { Failure } from "../../../core/model/failure";
import { instantAt, isInstant } from "../../../core/model/instant";
import type { Repository } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/record";
import { failed, ok, type Result } from "../../../core/model/result";
import { type GithubApi, ownerAndName } from "../githubApi";
import type { StoredEvent } from "./storedHistory";

/** What is read of timelines: moves on project boards, for which the token needs the scope `read:project`, and events that a desk counts. */
export interface TimelineParts {
  readonly boards: boolean;
  readonly events: boolean;
}

/** What the timeline of an issue has. */
export interface IssueTimeline {
  readonly number: number;
  readonly moves: readonly BoardEvent[];
  readonly events: readonly StoredEvent[];
}

/** One page of issues with their timelines, and where the next one begins. */
interface TimelinePage {
  readonly issues: readonly IssueTimeline[];
  readonly next?: string;
  /** What the requests cost of the hourly limit. */
  readonly points: number;
}

/** Why timelines could not be read. `refused` if the token or the server has no project boards: without them, another request may succeed. */
type TimelineFailure = { readonly kind: "refused"; readonly reason: string } | { readonly kind: "failed"; readonly failure: Failure };

/** Selects issues by when they were updated, or the open ones. */
export interface TimelineFilter {
  readonly since?: string;
  readonly states?: readonly ["OPEN"];
}

const stamp = "createdAt actor { login }";

const boardItems = {
  types: "ADDED_TO_PROJECT_V2_EVENT, REMOVED_FROM_PROJECT_V2_EVENT, PROJECT_V2_ITEM_STATUS_CHANGED_EVENT",
  fields: `... on RemovedFromProjectV2Event { createdAt project { id } }
    ... on ProjectV2ItemStatusChangedEvent { createdAt previousStatus status project { id } }`,
};

const eventItems = {
  types: "LABELED_EVENT, UNLABELED_EVENT, ASSIGNED_EVENT, UNASSIGNED_EVENT, CLOSED_EVENT, REOPENED_EVENT",
  fields: `... on LabeledEvent { ${stamp} label { name } }
    ... on UnlabeledEvent { ${stamp} label { name } }
    ... on AssignedEvent { ${stamp} assignee { ... on User { login } ... on Bot { login } ... on Mannequin { login } } }
    ... on UnassignedEvent { ${stamp} assignee { ... on User { login } ... on Bot { login } ... on Mannequin { login } } }
    ... on ClosedEvent { ${stamp} }
    ... on ReopenedEvent { ${stamp} }`,
};

function itemsOf({ boards, events }: TimelineParts, after: string): string {
  const parts = [...(boards ? [boardItems] : []), ...(events ? [eventItems] : [])];
  return `timelineItems(first: 100${after}, itemTypes: [${parts.map(({ types }) => types).join(", ")}]) {
    pageInfo { hasNextPage endCursor }
    nodes { __typename ${parts.map(({ fields }) => fields).join("\n")} }
  }`;
}

const pageInfo = v.object({ hasNextPage: v.boolean(), endCursor: v.nullish(v.string()) });

const timeline = v.object({ pageInfo, nodes: v.array(v.nullable(v.looseObject({ __typename: v.string() }))) });

const cost = v.fallback(v.optional(v.object({ cost: v.number() })), undefined);

const issuesAnswer = v.object({ rateLimit: cost, repository: v.object({ issues: v.object({ pageInfo, nodes: v.array(v.nullable(v.object({ number: v.number(), timelineItems: timeline }))) }) }) });

const issueAnswer = v.object({ rateLimit: cost, repository: v.object({ issue: v.nullable(v.object({ timelineItems: timeline })) }) });

/** Reads the timelines of 100 issues, the newest first, with one request, and one more for each 100 further items of an issue. */
export async function readTimelines(api: GithubApi, repository: Repository, parts: TimelineParts, filter: TimelineFilter, after: string | undefined): Promise<Result<TimelinePage, TimelineFailure>> {
  const { owner, repo } = ownerAndName(repository);
  const page = await ask(api, repository, issuesAnswer, `query($owner: String!, $name: String!, $after: String, $filter: IssueFilters) {
    rateLimit { cost }
    repository(owner: $owner, name: $name) {
      issues(first: 100, after: $after, filterBy: $filter, orderBy: { field: CREATED_AT, direction: DESC }) {
        pageInfo { hasNextPage endCursor }
        nodes { number ${itemsOf(parts, "")} }
      }
    }
  }`, { owner, name: repo, after: after ?? null, filter });
  if (page.kind === "failed") return page;
  const { nodes, pageInfo: { hasNextPage, endCursor } } = page.value.repository.issues;
  let points = page.value.rateLimit?.cost ?? 0;
  const issues: IssueTimeline[] = [];
  for (const node of nodes) {
    if (node === null) continue;
    const items = [...node.timelineItems.nodes];
    for (let { pageInfo: more } = node.timelineItems; more.hasNextPage && more.endCursor != null; ) {
      const rest = await ask(api, repository, issueAnswer, `query($owner: String!, $name: String!, $number: Int!, $after: String) {
        rateLimit { cost }
        repository(owner: $owner, name: $name) { issue(number: $number) { ${itemsOf(parts, ", after: $after")} } }
      }`, { owner, name: repo, number: node.number, after: more.endCursor });
      if (rest.kind === "failed") return rest;
      points += rest.value.rateLimit?.cost ?? 0;
      const found = rest.value.repository.issue?.timelineItems;
      if (found === undefined) break;
      items.push(...found.nodes);
      more = found.pageInfo;
    }
    issues.push({ number: node.number, moves: items.flatMap(readMove), events: items.flatMap((item) => readItem(item, node.number)) });
  }
  return ok({ issues, points, ...(hasNextPage && endCursor != null ? { next: endCursor } : {}) });
}

/** Sends a query. GraphQL reports errors in successful responses. */
async function ask<T>(api: GithubApi, repository: Repository, shape: v.GenericSchema<unknown, T>, query: string, variables: Readonly<Record<string, unknown>>): Promise<Result<T, TimelineFailure>> {
  const answer = await api.read({ repository }, v.unknown(), async (octokit, { request }) => {
    try {
      return { data: { data: await octokit.graphql(query, { ...variables, request }) }, status: 200, headers: {} };
    } catch (error) {
      if (!isRecord(error) || !Array.isArray(error["errors"])) throw error;
      return { data: { errors: error["errors"], headers: error["headers"] }, status: 200, headers: {} };
    }
  });
  if (answer.kind === "failed") return failed({ kind: "failed", failure: answer.failure });
  const body: unknown = answer.value.kind === "changed" ? answer.value.data : undefined;
  const broken = { kind: "failed" as const, failure: { kind: "serverError" as const, server: api.server, status: 200 } };
  if (!isRecord(body)) return failed(broken);
  if (Array.isArray(body["errors"])) {
    const errors = body["errors"].filter(isRecord);
    if (errors.some(({ type }) => type === "RATE_LIMITED")) return failed({ kind: "failed", failure: { kind: "limited", server: api.server, until: resetOf(body["headers"]) } });
    if (errors.some(({ type }) => type === "NOT_FOUND")) return failed({ kind: "failed", failure: { kind: "noRepository", repository } });
    return failed({ kind: "refused", reason: errors.map(({ message }) => String(message)).join(" ") });
  }
  const parsed = v.safeParse(shape, body["data"]);
  return parsed.success ? ok(parsed.output) : failed(broken);
}

function resetOf(headers: unknown): string {
  const reset = isRecord(headers) ? Number(headers["x-ratelimit-reset"]) : NaN;
  return instantAt(Number.isFinite(reset) ? reset * 1000 : 0);
}

type Item = v.InferOutput<typeof timeline>["nodes"][number];

/** Moves of a deleted project are ignored: nothing says which project it was. */
function readMove(item: Item): readonly BoardEvent[] {
  if (item === null) return [];
  const { __typename: type, createdAt, project, previousStatus, status } = item;
  const id = isRecord(project) ? textOf(project["id"]) : "";
  const at = textOf(createdAt);
  if (id === "" || !isInstant(at)) return [];
  if (type === "RemovedFromProjectV2Event") return [{ project: id, at, status: "" }];
  return type === "ProjectV2ItemStatusChangedEvent" ? [{ project: id, at, status: textOf(status), before: textOf(previousStatus) }] : [];
}

const kinds: Readonly<Record<string, StoredEvent["kind"]>> = {
  LabeledEvent: "labeled", UnlabeledEvent: "unlabeled", AssignedEvent: "assigned", UnassignedEvent: "unassigned", ClosedEvent: "closed", ReopenedEvent: "reopened",
};

function readItem(item: Item, issue: number): readonly StoredEvent[] {
  if (item === null) return [];
  const kind = kinds[item.__typename];
  const at = textOf(item["createdAt"]);
  if (kind === undefined || !isInstant(at)) return [];
  const { actor, label, assignee } = item;
  const name = isRecord(label) ? textOf(label["name"]) : isRecord(assignee) ? textOf(assignee["login"]) : "";
  return [{ issue, kind, at, by: (isRecord(actor) ? textOf(actor["login"]) : "") || "ghost", ...(name === "" ? {} : { name }) }];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
