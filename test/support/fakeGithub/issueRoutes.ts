import { type Access, mayChange, mustBeUnlocked, openIssueOf, openIssues } from "./access";
import { assignableAs, changeIssue, openIssue } from "./changes";
import { type Call, invalid, refusal } from "./exchange";
import { labels, optionalBody, optionalList, optionalText, title } from "./fields";
import { page } from "./pages";
import type { Route } from "./route";
import { issuesOf, type StoredIssue, type World } from "./world";

const issues = "/repos/{owner}/{repo}/issues";
const issue = `${issues}/{issue_number}`;

/** Routes for listing, reading, opening and changing issues. */
export const issueRoutes: readonly Route[] = [
  {
    method: "GET", template: issues,
    handle: (desk, call, params) => {
      const { repository } = openIssues(desk.world, desk.api, call, params);
      const found = select(call, issuesOf(repository, desk.world.now() - call.staleness));
      const { items, link } = page(call, found, `${desk.api}/repositories/${repository.id}/issues`, { cursor: true });
      return { status: 200, body: items.map(one => desk.shapes.issue(repository, one)), headers: link === undefined ? {} : { Link: link } };
    },
  },
  {
    method: "POST", template: issues,
    handle: (desk, call, params) => {
      const access = openIssues(desk.world, desk.api, call, params);
      mayChange(access);
      const { repository, token } = access;
      const wanted = { title: title(call.body), body: optionalBody(call.body, "Issue"), labels: labels(call.body), assignees: assignees(call) };
      if (wanted.title === undefined) throw refusal(422, "Invalid request.\n\n\"title\" wasn't supplied.");
      const type = call.drop.includes("type") || !desk.world.features || repository.ofUser ? null : optionalText(call.body, "type") ?? null;
      const known = repository.types.find(name => name.toLowerCase() === type?.toLowerCase());
      if (type !== null && known === undefined) throw invalid("Issue", "type", "invalid");
      refuseUnassignable(desk.world, access, { login: token.user.login, comments: [] }, wanted.assignees);
      const kept = {
        ...wanted.labels === undefined || call.drop.includes("labels") ? {} : { labels: wanted.labels },
        ...wanted.assignees === undefined || call.drop.includes("assignees") ? {} : { assignees: wanted.assignees },
        ...known === undefined ? {} : { type: known },
      };
      const made = openIssue(desk.world, repository, token.user.login, { title: wanted.title, body: wanted.body ?? null, ...kept });
      const shape = desk.shapes.issue(repository, made);
      return { status: 201, body: shape, headers: { Location: String(shape["url"]) } };
    },
  },
  {
    method: "GET", template: issue,
    handle: (desk, call, params) => {
      const access = openIssues(desk.world, desk.api, call, params);
      return { status: 200, body: desk.shapes.issue(access.repository, openIssueOf(desk.world, desk.api, call, access, Number(params["issue_number"]))) };
    },
  },
  {
    method: "PATCH", template: issue,
    handle: (desk, call, params) => {
      const access = openIssues(desk.world, desk.api, call, params);
      const { repository, token, rights } = access;
      const before = openIssueOf(desk.world, desk.api, call, access, Number(params["issue_number"]));
      mayChange(access);
      mustBeUnlocked(access, before, "update issue");
      const newTitle = title(call.body);
      const body = optionalBody(call.body, "Issue");
      const state = optionalText(call.body, "state") ?? undefined;
      const reason = optionalText(call.body, "state_reason");
      if (state !== undefined && state !== "open" && state !== "closed") throw invalid("Issue", "state", "invalid");
      if (reason != null && !["completed", "not_planned", "duplicate", "reopened"].includes(reason)) throw invalid("Issue", "state_reason", "invalid");
      const own = before.login === token.user.login;
      if ((newTitle !== undefined || body !== undefined) && !own && !rights.push) throw notAdmin();
      if (!own && !rights.triage) throw notAdmin();
      const names = labels(call.body);
      const logins = assignees(call);
      refuseUnassignable(desk.world, access, before, logins);
      return {
        status: 200,
        body: desk.shapes.issue(repository, changeIssue(desk.world, repository, before.number, token.user.login, {
          ...newTitle === undefined ? {} : { title: newTitle },
          ...body === undefined ? {} : { body },
          ...state === undefined ? {} : { state },
          ...reason === undefined ? {} : { reason },
          ...names === undefined || call.drop.includes("labels") ? {} : { labels: names },
          ...logins === undefined || call.drop.includes("assignees") ? {} : { assignees: logins },
        })),
      };
    },
  },
];

export function notAdmin() {
  return refusal(403, "Must have admin rights to Repository.");
}

/** Rejects assignees who cannot be assigned if the person has write access. For others, the whole field is ignored. */
function refuseUnassignable(world: World, { repository, rights }: Access, issue: Pick<StoredIssue, "login" | "comments">, logins: readonly string[] | undefined): void {
  if (rights.push && logins?.some(login => assignableAs(world, repository, issue, login) === undefined) === true) throw invalid("Issue", "assignees", "invalid");
}

function assignees(call: Call): readonly string[] | undefined {
  const one = optionalText(call.body, "assignee");
  return optionalList(call.body, "assignees") ?? (one == null ? undefined : one === "" ? [] : [one]);
}

/** The issues that a list requests, in its order. */
function select(call: Call, all: readonly StoredIssue[]): readonly StoredIssue[] {
  const asked = (name: string) => call.query.get(name) ?? undefined;
  const state = asked("state") ?? "open";
  if (!["open", "closed", "all"].includes(state)) throw invalid("Issue", "state", "invalid");
  const since = asked("since") === undefined ? -Infinity : Date.parse(asked("since") ?? "");
  if (Number.isNaN(since)) throw invalid("Issue", "since", "invalid");
  const names = asked("labels")?.split(",").map(name => name.trim().toLowerCase()) ?? [];
  const has = (values: readonly string[], value: string) => values.some(one => one.toLowerCase() === value.toLowerCase());
  const assignee = asked("assignee");
  const found = all.filter(one =>
    (state === "all" || one.state === state) && seconds(one.updatedAt) >= seconds(since) && names.every(name => has(one.labels, name))
    && (assignee === undefined || (assignee === "*" ? one.assignees.length > 0 : assignee === "none" ? one.assignees.length === 0 : has(one.assignees, assignee)))
    && (asked("creator") === undefined || has([one.login], asked("creator") ?? "")));
  const key = (one: StoredIssue) => asked("sort") === "updated" ? seconds(one.updatedAt) : asked("sort") === "comments" ? one.comments.length : seconds(one.createdAt);
  const sign = asked("direction") === "asc" ? 1 : -1;
  return found.toSorted((a, b) => sign * (key(a) - key(b) || a.number - b.number));
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
