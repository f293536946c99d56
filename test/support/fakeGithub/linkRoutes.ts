import { type Access, mayChange, openIssueOf, openIssues } from "./access";
import { type Answer, type Call, refusal } from "./exchange";
import { notAdmin } from "./issueRoutes";
import { addBlocker, addSubIssue, blockedBy, blockersOf, childrenOf, type Found, issueAt, issueWithId, parentOf } from "./links";
import { page } from "./pages";
import type { Desk, Route } from "./route";
import { rightsOf, type World } from "./world";

const issue = "/repos/{owner}/{repo}/issues/{issue_number}";

/** Routes for sub-issues and dependencies. An older server does not have them. */
export const linkRoutes: readonly Route[] = [
  lists("/sub_issues", childrenOf),
  adds("/sub_issues", "sub_issue_id", addSubIssue),
  {
    method: "GET", template: `${issue}/parent`,
    handle: (desk, call, params) => {
      const [access, found] = enter(desk, call, params);
      const parent = parentOf(desk.world, found);
      if (parent === undefined || !sees(access, parent)) throw refusal(404, "Not Found");
      return { status: 200, body: desk.shapes.issue(parent.repository, parent.issue) };
    },
  },
  lists("/dependencies/blocked_by", blockersOf),
  adds("/dependencies/blocked_by", "issue_id", addBlocker),
  lists("/dependencies/blocking", blockedBy),
];

function lists(below: string, find: (world: World, found: Found) => readonly Found[]): Route {
  return {
    method: "GET", template: issue + below,
    handle: (desk, call, params) => {
      const [access, found] = enter(desk, call, params);
      const all = find(desk.world, found).filter(each => sees(access, each));
      const { items, link } = page(call, all, `${desk.api}/repositories/${access.repository.id}/issues/${found.issue.number}${below}`);
      return { status: 200, body: items.map(each => desk.shapes.issue(each.repository, each.issue)), headers: link === undefined ? {} : { Link: link } };
    },
  };
}

function adds(below: string, field: string, add: (world: World, to: Found, other: Found, login: string) => void): Route {
  return {
    method: "POST", template: issue + below,
    handle: (desk, call, params): Answer => {
      const [access, found] = enter(desk, call, params);
      mayChange(access);
      if (!access.rights.triage) throw notAdmin();
      const other = issueWithId(desk.world, Number(call.body[field]));
      if (other === undefined || !sees(access, other)) throw refusal(404, "Not Found");
      add(desk.world, found, other, access.token.user.login);
      const now = issueAt(desk.world, { repository: found.repository.id, number: found.issue.number }) ?? found;
      return { status: 201, body: desk.shapes.issue(now.repository, now.issue) };
    },
  };
}

function enter(desk: Desk, call: Call, params: Readonly<Record<string, string>>): readonly [Access, Found] {
  if (!desk.world.features) throw refusal(404, "Not Found");
  const access = openIssues(desk.world, desk.api, call, params);
  return [access, { repository: access.repository, issue: openIssueOf(desk.world, desk.api, call, access, Number(params["issue_number"])) }];
}

function sees(access: Access, { repository }: Found): boolean {
  return rightsOf(repository, access.token.user.login).read;
}
