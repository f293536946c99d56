import { signedIn } from "./access";
import type { Answer, Call } from "./exchange";
import { type Query, type QueryValue, readQuery, type Selection } from "./readQuery";
import type { Desk, Route } from "./route";
import { stamp } from "./shapes";
import { issueOf, issuesOf, rightsOf, type StoredIssue, type StoredRepository, type Token, userOf, type World } from "./world";

type Fields = Readonly<Record<string, string>>;

/** The fields of the published schema that clients here may use, each with its type. Scalars have none. */
const types: Readonly<Record<string, Fields>> = {
  Query: { rateLimit: "RateLimit", repository: "Repository" },
  RateLimit: { cost: "", limit: "", nodeCount: "", remaining: "", resetAt: "", used: "" },
  Repository: { issues: "IssueConnection", issue: "Issue", nameWithOwner: "", hasIssuesEnabled: "" },
  IssueConnection: { pageInfo: "PageInfo", nodes: "Issue", totalCount: "" },
  Issue: {
    number: "", title: "", body: "", state: "", stateReason: "", createdAt: "", updatedAt: "", closedAt: "", url: "", authorAssociation: "", author: "Actor", issueType: "IssueType",
    labels: "LabelConnection", assignees: "UserConnection", timelineItems: "IssueTimelineItemsConnection",
  },
  IssueType: { name: "" }, LabelConnection: { nodes: "Label", totalCount: "" }, UserConnection: { nodes: "User", totalCount: "" },
  IssueComment: { createdAt: "", updatedAt: "", author: "Actor", authorAssociation: "", body: "", url: "" },
  IssueTimelineItemsConnection: { pageInfo: "PageInfo", nodes: "IssueTimelineItems", totalCount: "" },
  PageInfo: { hasNextPage: "", endCursor: "" },
  IssueTimelineItems: { __typename: "" },
  LabeledEvent: { createdAt: "", actor: "Actor", label: "Label" },
  UnlabeledEvent: { createdAt: "", actor: "Actor", label: "Label" },
  AssignedEvent: { createdAt: "", actor: "Actor", assignee: "Assignee" },
  UnassignedEvent: { createdAt: "", actor: "Actor", assignee: "Assignee" },
  ClosedEvent: { createdAt: "", actor: "Actor" },
  ReopenedEvent: { createdAt: "", actor: "Actor" },
  AddedToProjectV2Event: { createdAt: "", actor: "Actor", project: "ProjectV2", wasAutomated: "" },
  RemovedFromProjectV2Event: { createdAt: "", actor: "Actor", project: "ProjectV2", wasAutomated: "" },
  ProjectV2ItemStatusChangedEvent: { createdAt: "", actor: "Actor", project: "ProjectV2", previousStatus: "", status: "", wasAutomated: "" },
  ProjectV2: { id: "", number: "", title: "", url: "" },
  Actor: { login: "" }, User: { login: "" }, Bot: { login: "" }, Mannequin: { login: "" }, Assignee: {}, Label: { name: "" },
};

const itemTypes: Readonly<Record<string, string>> = {
  LABELED_EVENT: "LabeledEvent", UNLABELED_EVENT: "UnlabeledEvent", ASSIGNED_EVENT: "AssignedEvent", UNASSIGNED_EVENT: "UnassignedEvent", ISSUE_COMMENT: "IssueComment", CLOSED_EVENT: "ClosedEvent", REOPENED_EVENT: "ReopenedEvent",
  ADDED_TO_PROJECT_V2_EVENT: "AddedToProjectV2Event", REMOVED_FROM_PROJECT_V2_EVENT: "RemovedFromProjectV2Event", PROJECT_V2_ITEM_STATUS_CHANGED_EVENT: "ProjectV2ItemStatusChangedEvent",
};

const ofProjects = new Set(["AddedToProjectV2Event", "RemovedFromProjectV2Event", "ProjectV2ItemStatusChangedEvent"]);

/** The fields of a server that knows nothing but moves on project boards. */
const moveFields: Readonly<Record<string, Fields>> = {
  Query: { repository: "Repository" }, Repository: { issues: "IssueConnection", issue: "Issue" }, IssueConnection: { pageInfo: "PageInfo", nodes: "Issue" }, PageInfo: { hasNextPage: "", endCursor: "" },
  Issue: { number: "", createdAt: "", timelineItems: "IssueTimelineItemsConnection" }, IssueTimelineItemsConnection: { pageInfo: "PageInfo", nodes: "IssueTimelineItems" },
  ProjectV2ItemStatusChangedEvent: { createdAt: "", project: "ProjectV2", previousStatus: "", status: "" }, ProjectV2: { id: "" },
};

const kept = new Set(["__typename", ...Object.values(moveFields).flatMap(fields => Object.keys(fields))]);

/** An answer without what is not about moves on project boards. */
function movesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(movesOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, each]) => kept.has(name) ? [[name, movesOf(name === "nodes" && Array.isArray(each) ? each.filter(isMoveOrIssue) : each)]] : []));
}

function isMoveOrIssue(node: Readonly<Record<string, unknown>>): boolean {
  return node["__typename"] === undefined || node["__typename"] === "ProjectV2ItemStatusChangedEvent";
}

/** The errors of a query, which GitHub sends with status 200. */
class QueryError extends Error {
  constructor(readonly type: string | undefined, message: string) { super(message); }
}

/** Queries of issues and their timelines. Points are counted as documented: the requests that the connections stand for, divided by 100. */
export const graphqlRoutes: readonly Route[] = [{
  method: "POST", template: "/api/graphql", isUnchecked: true,
  handle: (desk, call) => {
    const token = signedIn(call);
    try {
      const query = readQuery(String(call.body["query"]));
      const read = reader(desk, call, query, token);
      check(query.selections, "Query", desk.world, token);
      const cost = read.cost();
      desk.world.points.push(cost);
      const data = read.run(cost);
      const { errors } = read;
      return { status: 200, body: { ...errors.length === 0 ? {} : { errors }, data: desk.world.queries === "movesOnly" ? movesOf(data) : data } };
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      return errorsOf(error.type, error.message);
    }
  },
}];

export function errorsOf(type: string | undefined, message: string): Answer {
  return { status: 200, body: { ...type === undefined ? {} : { data: null }, errors: [{ ...type === undefined ? {} : { type }, message, locations: [{ line: 1, column: 1 }] }] } };
}

function check(selections: readonly Selection[], type: string, world: World, token: Token): void {
  for (const { field, on, args, selections: inner } of selections) {
    if (on !== undefined) {
      if (types[on] === undefined || (!world.boards && ofProjects.has(on))) throw new QueryError(undefined, `No such type ${on}, so it can't be a fragment condition`);
      check(inner, on, world, token);
      continue;
    }
    if (field === undefined || field === "__typename") continue;
    const of = (world.queries === "movesOrRefusal" ? moveFields : types)[type]?.[field];
    if (of === undefined || (!world.features && of === "IssueType")) throw new QueryError(undefined, `Field '${field}' doesn't exist on type '${type}'`);
    if (!world.features && "enableDuplicate" in args) throw new QueryError(undefined, `Field '${field}' doesn't accept argument 'enableDuplicate'`);
    if (of === "ProjectV2" && token.scopes?.some(scope => scope === "project" || scope === "read:project") === false) {
      throw new QueryError("INSUFFICIENT_SCOPES", `Your token has not been granted the required scopes to execute this query. The '${field}' field requires one of the following scopes: ['read:project'], but your token has only been granted the: ['${token.scopes.join("', '")}'] scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`);
    }
    if (of === "" && inner.length > 0) throw new QueryError(undefined, `Selections can't be made on scalars (field '${field}')`);
    check(inner, of, world, token);
  }
}

interface Item { readonly type: string; readonly at: number; readonly id: number; readonly fields: Readonly<Record<string, unknown>> }

function reader({ world, shapes }: Desk, call: Call, { variables, selections }: Query, token: Token) {
  const given = call.body["variables"];
  const values: Readonly<Record<string, unknown>> = typeof given === "object" && given !== null ? Object.fromEntries(Object.entries(given)) : {};
  for (const [name, type] of Object.entries(variables)) if (type.endsWith("!") && values[name] == null) throw new QueryError(undefined, `Variable $${name} of type ${type} was provided invalid value`);
  const valueOf = (value: QueryValue | undefined): unknown => {
    if (Array.isArray(value)) return value.map(valueOf);
    if (typeof value !== "object" || value === null) return value;
    if ("variable" in value) return values[value.variable];
    if ("name" in value) return value.name;
    return "fields" in value ? Object.fromEntries(Object.entries(value.fields).map(([name, each]) => [name, valueOf(each)])) : undefined;
  };
  const argsOf = (selection: Selection) => Object.fromEntries(Object.entries(selection.args).map(([name, value]) => [name, valueOf(value)]));
  const firstOf = (selection: Selection): number => {
    const { first } = argsOf(selection);
    if (first === undefined) throw new QueryError("MISSING_PAGINATION_BOUNDARIES", `You must provide a \`first\` or \`last\` value to properly paginate the \`${selection.field}\` connection.`);
    if (typeof first !== "number" || first < 1 || first > 100) throw new QueryError("EXCESSIVE_PAGINATION", `Requesting ${String(first)} records on the \`${selection.field}\` connection exceeds the \`first\` limit of 100 records.`);
    return first;
  };
  const connections = new Set(["issues", "timelineItems", "labels", "assignees"]);
  /** The requests that the connections stand for: one for each node above. */
  const requestsOf = (inner: readonly Selection[], nodes: number): number => inner.reduce((sum, each) => sum + (connections.has(each.field ?? "") ? nodes + requestsOf(each.selections, nodes * firstOf(each)) : requestsOf(each.selections, nodes)), 0);

  /** A page of a list. `isBefore`: whether an entry comes before a place in it, so that pages go on there although entries were added or deleted. */
  const page = <T>(selection: Selection, all: readonly T[], show: (one: T, inner: readonly Selection[]) => unknown, placeOf: (one: T, index: number) => string = (_one, index) => String(index), isAfter: (one: T, index: number, place: string) => boolean = (_one, index, place) => index > Number(place)) => {
    const { after } = argsOf(selection);
    const place = typeof after === "string" ? Buffer.from(after, "base64url").toString().replace("cursor:", "") : undefined;
    const first = place === undefined ? 0 : all.findIndex((one, index) => isAfter(one, index, place));
    const start = first === -1 ? all.length : first;
    const end = Math.min(start + firstOf(selection), all.length);
    const last = all[end - 1];
    return Object.fromEntries(selection.selections.map(each => [each.field, each.field === "pageInfo"
      ? { hasNextPage: end < all.length, endCursor: end > start && last !== undefined ? Buffer.from(`cursor:${placeOf(last, end - 1)}`).toString("base64url") : null }
      : each.field === "totalCount" ? all.length : all.slice(start, end).map(one => show(one, each.selections))]));
  };
  const showItem = ({ type, fields }: Item, inner: readonly Selection[]) => Object.fromEntries(inner.flatMap(each => each.field === "__typename" ? [["__typename", type]] : each.on === type ? each.selections.map(({ field }) => [field, fields[field ?? ""]]) : []));
  const showIssue = (repository: StoredRepository, issue: StoredIssue, inner: readonly Selection[]) => {
    const fields = fieldsOf(shapes.issue(repository, issue));
    return Object.fromEntries(inner.map(each => showField(repository, issue, fields, each)));
  };
  const showField = (repository: StoredRepository, issue: StoredIssue, fields: Readonly<Record<string, unknown>>, each: Selection): readonly [string | undefined, unknown] => {
    if (each.field === "labels" || each.field === "assignees") return [each.field, page(each, issue[each.field].map(name => ({ name, login: name })), (one, below) => Object.fromEntries(below.map(({ field }) => [field, field === "name" ? one.name : one.login])))];
    if (each.field !== "timelineItems") return [each.field, fields[each.field ?? ""]];
    const wanted = argsOf(each)["itemTypes"];
    const names = (Array.isArray(wanted) ? wanted : Object.keys(itemTypes)).map(name => {
      const type = itemTypes[String(name)];
      if (type === undefined || (!world.boards && ofProjects.has(type))) throw new QueryError(undefined, `Argument 'itemTypes' on Field 'timelineItems' has an invalid value (${JSON.stringify(name)}). Expected type '[IssueTimelineItemsItemType!]'.`);
      return type;
    });
    return [each.field, page(each, itemsOf(world, issue, id => shapes.comment(repository, issue, issue.comments.find(one => one.id === id) ?? panic())).filter(({ type }) => names.includes(type)), showItem)];
  };

  const errors: unknown[] = [];
  return {
    errors,
    cost: () => Math.max(1, Math.round(requestsOf(selections, 1) / 100)),
    run: (cost: number) => Object.fromEntries(selections.map(each => {
      if (each.field === "rateLimit") return ["rateLimit", { cost, limit: 5000, nodeCount: 0, remaining: 5000 - world.points.reduce((a, b) => a + b, 0), used: world.points.reduce((a, b) => a + b, 0), resetAt: stamp(world.now() + 3_600_000) }];
      const { owner, name } = argsOf(each);
      const repository = world.repositories.get(world.names.get(`${String(owner)}/${String(name)}`.toLowerCase()) ?? -1);
      if (repository === undefined || !rightsOf(repository, token.user.login).read) throw new QueryError("NOT_FOUND", `Could not resolve to a Repository with the name '${String(owner)}/${String(name)}'.`);
      return ["repository", Object.fromEntries(each.selections.map(inner => {
        if (inner.field === "hasIssuesEnabled") return ["hasIssuesEnabled", repository.hasIssues];
        const args = argsOf(inner);
        if (inner.field === "issue") {
          const one = issueOf(repository, Number(args["number"]));
          if (one === undefined) errors.push({ type: "NOT_FOUND", path: ["repository", "issue"], locations: [{ line: 1, column: 1 }], message: `Could not resolve to an Issue with the number of ${String(args["number"])}.` });
          return ["issue", one === undefined ? null : showIssue(repository, one, inner.selections)];
        }
        return [inner.alias ?? "issues", page(inner, select(repository, args), (one, below) => showIssue(repository, one, below), placeOf, (one, _index, place) => isNewestFirst(args) ? compareTexts(placeOf(one), place) < 0 : compareTexts(placeOf(one), place) > 0)];
      }))];
    })),
  };
}

function select(repository: StoredRepository, { filterBy, orderBy }: Readonly<Record<string, unknown>>): readonly StoredIssue[] {
  const filter: Readonly<Record<string, unknown>> = typeof filterBy === "object" && filterBy !== null ? { ...filterBy } : {};
  const since = typeof filter["since"] === "string" ? Date.parse(filter["since"]) : -Infinity;
  const states = Array.isArray(filter["states"]) ? filter["states"] : ["OPEN", "CLOSED"];
  const found = issuesOf(repository).filter(one => !one.pullRequest && Math.floor(one.updatedAt / 1000) * 1000 >= since && states.includes(one.state.toUpperCase()));
  // A transferred issue keeps the time of its creation.
  const sorted = found.toSorted((a, b) => compareTexts(placeOf(a), placeOf(b)));
  return isNewestFirst({ orderBy }) ? sorted.toReversed() : sorted;
}

function isNewestFirst({ orderBy }: Readonly<Record<string, unknown>>): boolean {
  return typeof orderBy === "object" && orderBy !== null && "direction" in orderBy && orderBy.direction === "DESC";
}

/** The place of an issue in the order of creation. */
function placeOf({ createdAt, number }: StoredIssue): string {
  return `${String(createdAt).padStart(16, "0")}/${String(number).padStart(8, "0")}`;
}

const compareTexts = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0;

/** The fields of an issue or a comment, from those of the other API. */
function fieldsOf(shape: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { number, title, body, state, state_reason, created_at, updated_at, closed_at, html_url, author_association, user, type } = shape;
  const upper = (value: unknown) => typeof value === "string" ? value.toUpperCase() : null;
  return {
    number, title, body: body ?? "", state: upper(state), stateReason: upper(state_reason), createdAt: created_at, updatedAt: updated_at, closedAt: closed_at ?? null, url: html_url, authorAssociation: author_association, author: user,
    issueType: type ?? null,
  };
}

function panic(): never {
  throw new Error("There is no such comment.");
}

function itemsOf(world: World, { events, comments, moves = [] }: StoredIssue, shapeOf: (comment: number) => Readonly<Record<string, unknown>>): readonly Item[] {
  const named: Readonly<Record<string, string>> = { labeled: "LabeledEvent", unlabeled: "UnlabeledEvent", assigned: "AssignedEvent", unassigned: "UnassignedEvent", closed: "ClosedEvent", reopened: "ReopenedEvent" };
  return [
    ...events.flatMap((event): readonly Item[] => {
      const type = named[event.event];
      const label = "label" in event ? { label: { name: event.label } } : {};
      const assignee = "assignee" in event ? { assignee: { login: userOf(world, event.assignee).login } } : {};
      return type === undefined ? [] : [{ type, at: event.at, id: event.id, fields: { createdAt: stamp(event.at), actor: { login: event.login }, ...label, ...assignee } }];
    }),
    ...comments.map(({ id, createdAt }): Item => ({ type: "IssueComment", at: createdAt, id, fields: fieldsOf(shapeOf(id)) })),
    ...moves.map(({ type, at, id, login, project, before, status }): Item => ({
      type, at, id, fields: { createdAt: stamp(at), actor: { login }, wasAutomated: false, project: project === null ? null : { id: project, number: 1, title: project, url: "" }, previousStatus: before, status },
    })),
  ].toSorted((a, b) => a.at - b.at || a.id - b.id);
}
