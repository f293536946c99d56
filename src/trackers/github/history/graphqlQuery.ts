import * as v from "valibot";
import type { BoardEvent } from "../../../core/metrics/history/boardMoves";
import { isInstant } from "../../../core/model/instant";
import type { Repository } from "../../../core/model/issueRef";
import { parseData } from "../../../core/model/parseData";
import { isRecord } from "../../../core/model/plainData";
import { datedCommentsResponse, issueResponse, type RawIssue } from "../responses";
import type { StoredComment, StoredEvent } from "./storedHistory";

/**
 * What is asked about each issue, besides its number and time. `boards` are moves on project boards, for which the token needs the scope
 * `read:project`. `recent` are fields that older servers do not have. With `movesOnly`, nothing is asked but moves, in the smallest query
 * that gives them.
 */
export interface IssueSelection {
  readonly histories: boolean;
  readonly boards: boolean;
  readonly recent: boolean;
  readonly movesOnly?: true;
}

/** An issue with its history, as far as it was asked for. */
export interface QueriedIssue {
  readonly number: number;
  readonly createdAt: string;
  readonly issue?: RawIssue;
  readonly comments: readonly StoredComment[];
  readonly events: readonly StoredEvent[];
  /** Absent if they were not asked for. */
  readonly moves?: readonly BoardEvent[];
}

const stamp = "createdAt actor { login }";

const assignee = "assignee { ... on User { login } ... on Bot { login } ... on Mannequin { login } }";

const eventItems = {
  types: "LABELED_EVENT, UNLABELED_EVENT, ASSIGNED_EVENT, UNASSIGNED_EVENT, CLOSED_EVENT, REOPENED_EVENT, ISSUE_COMMENT",
  fields: `... on LabeledEvent { ${stamp} label { name } }
    ... on UnlabeledEvent { ${stamp} label { name } }
    ... on AssignedEvent { ${stamp} ${assignee} }
    ... on UnassignedEvent { ${stamp} ${assignee} }
    ... on ClosedEvent { ${stamp} }
    ... on ReopenedEvent { ${stamp} }
    ... on IssueComment { createdAt updatedAt author { login } authorAssociation body url }`,
};

const moveItems = {
  types: "PROJECT_V2_ITEM_STATUS_CHANGED_EVENT",
  fields: "... on ProjectV2ItemStatusChangedEvent { createdAt previousStatus status project { id } }",
};

const boardItems = {
  types: `ADDED_TO_PROJECT_V2_EVENT, REMOVED_FROM_PROJECT_V2_EVENT, ${moveItems.types}`,
  fields: `... on RemovedFromProjectV2Event { createdAt project { id } }
    ${moveItems.fields}`,
};

function itemsOf({ histories, boards, movesOnly }: IssueSelection, after: string): string {
  const parts = movesOnly === true ? [moveItems] : [...(histories ? [eventItems] : []), ...(boards ? [boardItems] : [])];
  return parts.length === 0 ? "" : `timelineItems(first: 100${after}, itemTypes: [${parts.map(({ types }) => types).join(", ")}]) {
    pageInfo { hasNextPage endCursor }
    nodes { __typename ${parts.map(({ fields }) => fields).join("\n")} }
  }`;
}

function fieldsOf({ histories, recent }: IssueSelection): string {
  return histories ? `title body state ${recent ? "stateReason(enableDuplicate: true) issueType { name }" : "stateReason"} updatedAt closedAt url author { login } authorAssociation
    labels(first: 100) { nodes { name } }
    assignees(first: 20) { nodes { login } }` : "";
}

/** The query of a page of issues, the newest first, with the number of all issues of the repository. */
export function pageQuery(selection: IssueSelection): string {
  if (selection.movesOnly === true) {
    return `query($owner: String!, $name: String!, $after: String) {
      repository(owner: $owner, name: $name) {
        issues(first: 100, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { number createdAt ${itemsOf(selection, "")} }
        }
      }
    }`;
  }
  return `query($owner: String!, $name: String!, $size: Int!, $after: String, $filter: IssueFilters) {
    rateLimit { cost }
    repository(owner: $owner, name: $name) {
      hasIssuesEnabled
      all: issues(first: 1) { totalCount }
      issues(first: $size, after: $after, filterBy: $filter, orderBy: { field: CREATED_AT, direction: DESC }) {
        pageInfo { hasNextPage endCursor }
        nodes { number createdAt ${fieldsOf(selection)} ${itemsOf(selection, "")} }
      }
    }
  }`;
}

/** The query of further timeline items of an issue. */
export function itemsQuery(selection: IssueSelection): string {
  return `query($owner: String!, $name: String!, $number: Int!, $after: String) {
    ${selection.movesOnly === true ? "" : "rateLimit { cost }"}
    repository(owner: $owner, name: $name) { issue(number: $number) { ${itemsOf(selection, ", after: $after")} } }
  }`;
}

const pageInfo = v.object({ hasNextPage: v.boolean(), endCursor: v.nullish(v.string()) });

/** A canned answer with moves may have no pages. */
const anyPageInfo = v.optional(pageInfo, { hasNextPage: false });

const items = v.array(v.nullable(v.looseObject({ __typename: v.optional(v.string()) })));

const timeline = v.object({ pageInfo, nodes: items });

const cost = v.fallback(v.optional(v.object({ cost: v.number() })), undefined);

const createdAt = v.pipe(v.string(), v.check(isInstant));

const node = v.looseObject({ number: v.number(), createdAt, timelineItems: v.optional(timeline) });

export const pageAnswer = v.object({
  rateLimit: cost,
  repository: v.object({ hasIssuesEnabled: v.optional(v.boolean()), all: v.optional(v.object({ totalCount: v.number() })), issues: v.object({ pageInfo, nodes: v.array(v.nullable(node)) }) }),
});

const movedNode = v.looseObject({ number: v.number(), createdAt, timelineItems: v.object({ pageInfo: anyPageInfo, nodes: items }) });

/** The answer to a query of nothing but moves. */
export const movesAnswer: v.GenericSchema<unknown, v.InferOutput<typeof pageAnswer>> = v.object({
  rateLimit: cost,
  repository: v.object({ issues: v.object({ pageInfo: anyPageInfo, nodes: v.array(v.nullable(movedNode)) }) }),
});

export const itemsAnswer = v.object({ rateLimit: cost, repository: v.object({ issue: v.nullable(v.object({ timelineItems: timeline })) }) });

export type IssueNode = v.InferOutput<typeof node>;

export type TimelineItem = v.InferOutput<typeof timeline>["nodes"][number];

/** Converts an issue to the form of the other API. `undefined` if anything that was asked for is missing or cannot be read, as from servers that know other queries. */
export function readNode(raw: IssueNode, items: readonly TimelineItem[], selection: IssueSelection, repository: Repository, api: string): QueriedIssue | undefined {
  const { number, createdAt } = raw;
  const address = `${api}/repos/${repository}/issues/${number}`;
  const issue = selection.histories ? readIssue(raw, repository, api) : undefined;
  const read = items.map((item) => (item === null ? {} : readItem(item, number, address)));
  if ((selection.histories && issue === undefined) || !read.every((one) => one !== undefined)) return undefined;
  return {
    number, createdAt, ...(issue === undefined ? {} : { issue }),
    comments: read.flatMap(({ comment }) => comment ?? []),
    events: read.flatMap(({ event }) => event ?? []),
    ...(selection.boards ? { moves: read.flatMap(({ move }) => move ?? []) } : {}),
  };
}

interface ReadItem {
  readonly comment?: StoredComment;
  readonly event?: StoredEvent;
  readonly move?: BoardEvent;
}

/** Nothing of items that decide nothing. `undefined` if one that does cannot be read. */
function readItem(item: NonNullable<TimelineItem>, number: number, address: string): ReadItem | undefined {
  const { __typename: type = "status" in item ? moveType : "" } = item;
  const kind = kinds[type];
  if (type === "IssueComment") {
    const comment = readComment(item, address);
    return comment === undefined ? undefined : { comment };
  }
  if (kind !== undefined) {
    const event = readEvent(item, kind, number);
    return event === undefined ? undefined : { event };
  }
  return type === moveType || type === "RemovedFromProjectV2Event" ? readMove(item, type) : {};
}

function readIssue({ number, createdAt, title, body, state, stateReason, issueType, updatedAt, closedAt, url, author, authorAssociation, labels, assignees }: IssueNode, repository: Repository, api: string): RawIssue | undefined {
  if (author === undefined || nodesOf(labels) === undefined || nodesOf(assignees) === undefined) return undefined;
  return parseData(issueResponse, {
    number, title, body,
    state: textOf(state).toLowerCase(), state_reason: textOf(stateReason).toLowerCase(),
    created_at: createdAt, updated_at: updatedAt, closed_at: closedAt, html_url: url,
    user: author, author_association: authorAssociation, labels: nodesOf(labels), assignees: nodesOf(assignees),
    type: issueType,
    repository_url: `${api}/repos/${repository}`, url: `${api}/repos/${repository}/issues/${number}`,
  });
}

/** Nothing where the server has no list. `undefined` if it was left out. */
function nodesOf(connection: unknown): readonly unknown[] | undefined {
  if (connection === null) return [];
  const nodes = isRecord(connection) ? connection["nodes"] : undefined;
  return Array.isArray(nodes) ? nodes : undefined;
}

/** The id of a comment is part of its web address. The numbers of newer comments do not fit into those of queries. */
function readComment({ url, body, author, authorAssociation, createdAt, updatedAt }: NonNullable<TimelineItem>, address: string): StoredComment | undefined {
  if (typeof body !== "string" || author === undefined) return undefined;
  const id = Number(/#issuecomment-(\d+)$/.exec(textOf(url))?.[1]);
  return parseData(datedCommentsResponse, [{ id, body, user: author, author_association: authorAssociation, created_at: createdAt, updated_at: updatedAt, html_url: url, issue_url: address }])?.[0];
}

const moveType = "ProjectV2ItemStatusChangedEvent";

/** Moves of a deleted project are ignored: nothing says which project it was. If no project was given at all, there is one board. */
function readMove({ createdAt, project, previousStatus, status }: NonNullable<TimelineItem>, type: string): ReadItem | undefined {
  if (project === null) return {};
  const id = isRecord(project) ? textOf(project["id"]) || textOf(project["title"]) : project === undefined ? "board" : "";
  const at = textOf(createdAt);
  if (id === "" || !isInstant(at)) return undefined;
  if (type !== moveType) return { move: { project: id, at, status: "" } };
  return typeof status === "string" ? { move: { project: id, at, status, before: textOf(previousStatus) } } : undefined;
}

const kinds: Readonly<Record<string, StoredEvent["kind"]>> = {
  LabeledEvent: "labeled", UnlabeledEvent: "unlabeled", AssignedEvent: "assigned", UnassignedEvent: "unassigned", ClosedEvent: "closed", ReopenedEvent: "reopened",
};

function readEvent({ createdAt, actor, label, assignee: assigned }: NonNullable<TimelineItem>, kind: StoredEvent["kind"], issue: number): StoredEvent | undefined {
  const at = textOf(createdAt);
  const name = isRecord(label) ? textOf(label["name"]) : isRecord(assigned) ? textOf(assigned["login"]) : "";
  if (!isInstant(at) || (name === "" && /label/.test(kind))) return undefined;
  return { issue, kind, at, by: (isRecord(actor) ? textOf(actor["login"]) : "") || "ghost", ...(name === "" ? {} : { name }) };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
