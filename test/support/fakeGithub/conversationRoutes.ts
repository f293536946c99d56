import { mayChange, mustBeUnlocked, openIssueOf, openIssues, type Access } from "./access";
import { addComment, changeComment, changeIssue } from "./changes";
import { type Answer, type Call, refusal } from "./exchange";
import { requiredBody } from "./fields";
import { notAdmin } from "./issueRoutes";
import { page } from "./pages";
import type { Desk, Route } from "./route";
import { issuesOf, type StoredComment, type StoredIssue } from "./world";

const issues = "/repos/{owner}/{repo}/issues";
const issue = `${issues}/{issue_number}`;
const comment = `${issues}/comments/{comment_id}`;

/** Comments, timelines, events and locks. */
export const conversationRoutes: readonly Route[] = [
  {
    method: "GET", template: `${issue}/comments`,
    handle: (desk, call, params) => {
      const [access, one] = enter(desk, call, params);
      const comments = since(call, one.comments);
      return list(call, comments.map(each => desk.shapes.comment(access.repository, one, each)), `${desk.api}/repositories/${access.repository.id}/issues/${one.number}/comments`);
    },
  },
  {
    method: "POST", template: `${issue}/comments`,
    handle: (desk, call, params) => {
      const [access, one] = enter(desk, call, params);
      mayChange(access);
      mustBeUnlocked(access, one, "create comment");
      const { issue: after, id } = addComment(desk.world, access.repository, one.number, access.token.user.login, requiredBody(call.body, "IssueComment"));
      return shown(desk, access, after, id, 201);
    },
  },
  {
    method: "GET", template: `${issues}/comments`,
    handle: (desk, call, params) => {
      const { repository } = openIssues(desk.world, desk.api, call, params);
      const all = issuesOf(repository).flatMap(one => since(call, one.comments).map(each => ({ one, each })));
      const key = (each: StoredComment) => call.query.get("sort") === "updated" ? each.updatedAt : each.createdAt;
      const sign = call.query.get("direction") === "desc" ? -1 : 1;
      const sorted = all.toSorted((a, b) => sign * (key(a.each) - key(b.each) || a.each.id - b.each.id));
      return list(call, sorted.map(({ one, each }) => desk.shapes.comment(repository, one, each)), `${desk.api}/repositories/${repository.id}/issues/comments`);
    },
  },
  {
    method: "GET", template: comment,
    handle: (desk, call, params) => {
      const access = openIssues(desk.world, desk.api, call, params);
      const [one, each] = find(access, Number(params["comment_id"]));
      return shown(desk, access, one, each.id, 200);
    },
  },
  {
    method: "PATCH", template: comment,
    handle: (desk, call, params) => {
      const [access, one, each] = ownComment(desk, call, params);
      return shown(desk, access, changeComment(desk.world, access.repository, one.number, each.id, requiredBody(call.body, "IssueComment")), each.id, 200);
    },
  },
  {
    method: "DELETE", template: comment,
    handle: (desk, call, params) => {
      const [access, one, each] = ownComment(desk, call, params);
      changeComment(desk.world, access.repository, one.number, each.id, undefined);
      return { status: 204 };
    },
  },
  {
    method: "GET", template: `${issue}/timeline`,
    handle: (desk, call, params) => {
      const [{ repository }, one] = enter(desk, call, params);
      const told = [
        ...one.comments.map(each => ({ at: each.createdAt, id: each.id, shape: { ...desk.shapes.comment(repository, one, each), event: "commented", actor: desk.shapes.user(each.login) } })),
        ...one.events.map(event => ({ at: event.at, id: event.id, shape: desk.shapes.timelineEvent(repository, event) })),
      ].toSorted((a, b) => a.at - b.at || a.id - b.id).flatMap(({ shape }) => shape ?? []);
      return list(call, told, `${desk.api}/repositories/${repository.id}/issues/${one.number}/timeline`);
    },
  },
  {
    method: "GET", template: `${issue}/events`,
    handle: (desk, call, params) => {
      const [{ repository }, one] = enter(desk, call, params);
      const shapes = one.events.filter(event => event.event !== "cross-referenced").map(event => desk.shapes.repositoryEvent(repository, one, event));
      return list(call, shapes.map(({ issue: _issue, ...event }) => event), `${desk.api}/repositories/${repository.id}/issues/${one.number}/events`);
    },
  },
  {
    method: "GET", template: `${issues}/events`,
    handle: (desk, call, params) => {
      const { repository } = openIssues(desk.world, desk.api, call, params);
      const all = issuesOf(repository).flatMap(one => one.events.filter(event => event.event !== "cross-referenced").map(event => ({ one, event })));
      const shapes = all.toSorted((a, b) => b.event.at - a.event.at || b.event.id - a.event.id).map(({ one, event }) => desk.shapes.repositoryEvent(repository, one, event));
      const most = (repository.eventPages ?? Infinity) * Number(call.query.get("per_page") ?? 30);
      if ((Number(call.query.get("page") ?? 1) - 1) * Number(call.query.get("per_page") ?? 30) >= most) {
        throw refusal(422, "In order to keep the API fast for everyone, pagination is limited for this resource. Check the rel=last link relation in the Link response header to see how far back you can traverse.");
      }
      return list(call, shapes, `${desk.api}/repositories/${repository.id}/issues/events`);
    },
  },
  ...([["PUT", true], ["DELETE", false]] as const).map(([method, locked]): Route => ({
    method, template: `${issue}/lock`,
    handle: (desk, call, params) => {
      const [access, one] = enter(desk, call, params);
      mayChange(access);
      if (!access.rights.push) throw notAdmin();
      changeIssue(desk.world, access.repository, one.number, access.token.user.login, { locked });
      return { status: 204 };
    },
  })),
];

function enter(desk: Desk, call: Call, params: Readonly<Record<string, string>>): readonly [Access, StoredIssue] {
  const access = openIssues(desk.world, desk.api, call, params);
  return [access, openIssueOf(desk.world, desk.api, call, access, Number(params["issue_number"]))];
}

function find(access: Access, id: number): readonly [StoredIssue, StoredComment] {
  for (const one of issuesOf(access.repository)) {
    const each = one.comments.find(candidate => candidate.id === id);
    if (each !== undefined) return [one, each];
  }
  throw refusal(404, "Not Found");
}

function ownComment(desk: Desk, call: Call, params: Readonly<Record<string, string>>): readonly [Access, StoredIssue, StoredComment] {
  const access = openIssues(desk.world, desk.api, call, params);
  const [one, each] = find(access, Number(params["comment_id"]));
  mayChange(access);
  if (each.login !== access.token.user.login && !access.rights.push) throw notAdmin();
  mustBeUnlocked(access, one, "update comment");
  return [access, one, each];
}

function shown(desk: Desk, access: Access, one: StoredIssue, id: number, status: number): Answer {
  const each = one.comments.find(candidate => candidate.id === id);
  if (each === undefined) throw new Error("The comment is not there.");
  return { status, body: desk.shapes.comment(access.repository, one, each) };
}

function since(call: Call, comments: readonly StoredComment[]): readonly StoredComment[] {
  const from = Date.parse(call.query.get("since") ?? "");
  return Number.isNaN(from) ? comments : comments.filter(each => Math.floor(each.updatedAt / 1000) >= Math.floor(from / 1000));
}

function list(call: Call, all: readonly unknown[], address: string): Answer {
  const { items, link } = page(call, all, address);
  return { status: 200, body: items, headers: link === undefined ? {} : { Link: link } };
}
