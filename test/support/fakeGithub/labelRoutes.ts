import { mayChange, mustBeUnlocked, openIssueOf, openIssues, openRepository, type Access } from "./access";
import { addLabel, changeIssue } from "./changes";
import { type Answer, type Call, invalid, refusal } from "./exchange";
import { labels, optionalList, optionalText } from "./fields";
import { notAdmin } from "./issueRoutes";
import { page } from "./pages";
import type { Desk, Route } from "./route";
import type { StoredIssue } from "./world";

const repo = "/repos/{owner}/{repo}";
const issue = `${repo}/issues/{issue_number}`;

/** Routes for labels of a repository, and for labels and assignees of an issue. */
export const labelRoutes: readonly Route[] = [
  {
    method: "GET", template: `${repo}/labels`,
    handle: (desk, call, params) => {
      const { repository } = openRepository(desk.world, desk.api, call, params);
      const { items, link } = page(call, [...repository.labels.values()], `${desk.api}/repositories/${repository.id}/labels`);
      return { status: 200, body: items.map(label => desk.shapes.label(repository, label)), headers: link === undefined ? {} : { Link: link } };
    },
  },
  {
    method: "POST", template: `${repo}/labels`,
    handle: (desk, call, params) => {
      const access = openRepository(desk.world, desk.api, call, params);
      mayChange(access);
      if (!access.rights.push) throw notAdmin();
      const name = optionalText(call.body, "name") ?? "";
      if (name.trim() === "") throw invalid("Label", "name", "missing_field");
      if (access.repository.labels.has(name.toLowerCase())) throw invalid("Label", "name", "already_exists");
      addLabel(desk.world, access.repository, name);
      const made = access.repository.labels.get(name.toLowerCase());
      return { status: 201, body: made === undefined ? undefined : desk.shapes.label(access.repository, made) };
    },
  },
  { method: "GET", template: `${issue}/labels`, handle: (desk, call, params) => labelsOf(desk, ...enter(desk, call, params)) },
  changesLabels("POST", "/labels", (before, call) => [...before, ...labels(call.body) ?? []]),
  changesLabels("PUT", "/labels", (_before, call) => labels(call.body) ?? []),
  changesLabels("DELETE", "/labels/{name}", (before, _call, params) => {
    const name = (params["name"] ?? "").toLowerCase();
    if (!before.some(label => label.toLowerCase() === name)) throw refusal(404, "Label does not exist");
    return before.filter(label => label.toLowerCase() !== name);
  }),
  changesAssignees("POST", 201, (before, logins) => [...before, ...logins]),
  changesAssignees("DELETE", 200, (before, logins) => before.filter(login => !logins.some(one => one.toLowerCase() === login.toLowerCase()))),
];

type Params = Readonly<Record<string, string>>;

function changesLabels(method: Route["method"], rest: string, next: (before: readonly string[], call: Call, params: Params) => readonly string[]): Route {
  return {
    method, template: `${issue}${rest}`,
    handle: (desk, call, params) => {
      const [access, one] = enterForChange(desk, call, params);
      const wanted = next(one.labels, call, params);
      if (call.drop.includes("labels")) return labelsOf(desk, access, one);
      return labelsOf(desk, access, changeIssue(desk.world, access.repository, one.number, access.token.user.login, { labels: wanted }));
    },
  };
}

function changesAssignees(method: Route["method"], status: number, next: (before: readonly string[], logins: readonly string[]) => readonly string[]): Route {
  return {
    method, template: `${issue}/assignees`,
    handle: (desk, call, params) => {
      const [access, one] = enterForChange(desk, call, params);
      const wanted = next(one.assignees, optionalList(call.body, "assignees") ?? []);
      const after = call.drop.includes("assignees") ? one : changeIssue(desk.world, access.repository, one.number, access.token.user.login, { assignees: wanted });
      return { status, body: desk.shapes.issue(access.repository, after) };
    },
  };
}

function enter(desk: Desk, call: Call, params: Params): readonly [Access, StoredIssue] {
  const access = openIssues(desk.world, desk.api, call, params);
  return [access, openIssueOf(desk.world, desk.api, call, access, Number(params["issue_number"]))];
}

function enterForChange(desk: Desk, call: Call, params: Params): readonly [Access, StoredIssue] {
  const [access, one] = enter(desk, call, params);
  mayChange(access);
  if (!access.rights.triage) throw notAdmin();
  mustBeUnlocked(access, one, "update issue");
  return [access, one];
}

function labelsOf(desk: Desk, { repository }: Access, one: StoredIssue): Answer {
  return { status: 200, body: one.labels.flatMap(name => {
    const label = repository.labels.get(name.toLowerCase());
    return label === undefined ? [] : [desk.shapes.label(repository, label)];
  }) };
}
