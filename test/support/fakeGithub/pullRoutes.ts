import { type Access, mayChange, openRepository } from "./access";
import { filesOf, headOf } from "./branches";
import { changeIssue, openIssue } from "./changes";
import { invalid, refusal } from "./exchange";
import { optionalBody, optionalList, optionalText, title } from "./fields";
import { mayPush } from "./gitRoutes";
import { page } from "./pages";
import type { Desk, Route } from "./route";
import { issueOf, issuesOf, putIssue, rightsOf, type StoredIssue, type StoredRepository } from "./world";

const pulls = "/repos/{owner}/{repo}/pulls";
const pull = `${pulls}/{pull_number}`;

/** Routes for pull requests between branches of a repository. */
export const pullRoutes: readonly Route[] = [
  {
    method: "GET", template: pulls,
    handle: (desk, call, params) => {
      const { repository, token } = openRepository(desk.world, desk.api, call, params);
      const [state, head] = [call.query.get("state") ?? "open", call.query.get("head")];
      const owner = repository.fullName.split("/")[0] ?? "";
      const found = issuesOf(repository).filter(one => one.pullRequest && one.branches !== undefined && (state === "all" || one.state === state) && (head === null || head === `${owner}:${one.branches.head}`));
      const { items, link } = page(call, call.query.get("direction") === "asc" ? found : found.toReversed(), `${desk.api}/repositories/${repository.id}/pulls`);
      return { status: 200, body: items.map(one => simple(desk, repository, one, token.user.login)), headers: link === undefined ? {} : { Link: link } };
    },
  },
  {
    method: "POST", template: pulls,
    handle: (desk, call, params) => {
      const access = openRepository(desk.world, desk.api, call, params);
      mayPush(access);
      const { repository, token } = access;
      const [head, base, newTitle, body] = [optionalText(call.body, "head") ?? "", optionalText(call.body, "base") ?? "", title(call.body), optionalBody(call.body, "PullRequest")];
      if (newTitle === undefined) throw invalid("PullRequest", "title", "missing_field");
      if (headOf(repository, base) === undefined) throw invalid("PullRequest", "base", "invalid");
      if (headOf(repository, head) === undefined) throw invalid("PullRequest", "head", "invalid");
      const owner = repository.fullName.split("/")[0] ?? "";
      if (openPullOf(repository, head) !== undefined) throw invalid("PullRequest", "head", "custom", `A pull request already exists for ${owner}:${head}.`);
      if (sameFiles(repository, head, base)) throw invalid("PullRequest", "head", "custom", `No commits between ${base} and ${head}`);
      const made = openIssue(desk.world, repository, token.user.login, { title: newTitle, body: body ?? null, pullRequest: true });
      const stored = putIssue(desk.world, repository, { ...made, branches: { head, base }, reviewers: [], reviewed: [] });
      return { status: 201, body: full(desk, repository, stored, token.user.login) };
    },
  },
  {
    method: "PATCH", template: pull,
    handle: (desk, call, params) => {
      const access = openRepository(desk.world, desk.api, call, params);
      mayChange(access);
      const one = pullOf(access, params);
      const { repository, token } = access;
      if (one.login !== token.user.login && !access.rights.push) throw refusal(404, "Not Found");
      const [newTitle, body] = [title(call.body), optionalBody(call.body, "PullRequest")];
      changeIssue(desk.world, repository, one.number, token.user.login, { ...newTitle === undefined ? {} : { title: newTitle }, ...body === undefined ? {} : { body } });
      return { status: 200, body: full(desk, repository, pullOf(access, params), token.user.login) };
    },
  },
  {
    method: "POST", template: `${pull}/requested_reviewers`,
    handle: (desk, call, params) => {
      const access = openRepository(desk.world, desk.api, call, params);
      mayPush(access);
      const one = pullOf(access, params);
      const { repository, token } = access;
      const wanted = optionalList(call.body, "reviewers") ?? [];
      if (wanted.some(login => login.toLowerCase() === one.login.toLowerCase())) throw refusal(422, "Review cannot be requested from pull request author.");
      if (wanted.some(login => !isCollaborator(desk, repository, login))) throw refusal(422, `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${repository.fullName} repository.`);
      const reviewers = [...new Set([...one.reviewers ?? [], ...wanted.map(login => desk.world.users.get(login.toLowerCase())?.login ?? login)])];
      return { status: 201, body: simple(desk, repository, putIssue(desk.world, repository, { ...one, reviewers, updatedAt: desk.world.now() }), token.user.login) };
    },
  },
  {
    method: "GET", template: `${pull}/reviews`,
    handle: (desk, call, params) => {
      const access = openRepository(desk.world, desk.api, call, params);
      const one = pullOf(access, params);
      return { status: 200, body: (one.reviewed ?? []).map((login, index) => review(desk, access.repository, one, login, index + 1)) };
    },
  },
  {
    method: "GET", template: "/repos/{owner}/{repo}/collaborators/{username}",
    handle: (desk, call, params) => {
      const { repository, rights } = openRepository(desk.world, desk.api, call, params);
      if (!rights.push) throw refusal(403, "Must have push access to view repository collaborators.");
      if (!isCollaborator(desk, repository, params["username"] ?? "")) throw refusal(404, `${params["username"] ?? ""} is not a user`);
      return { status: 204 };
    },
  },
];

/** The open pull request of a branch. */
function openPullOf(repository: StoredRepository, head: string): StoredIssue | undefined {
  return issuesOf(repository).find(one => one.state === "open" && one.branches?.head === head);
}

function pullOf({ repository }: Access, params: Readonly<Record<string, string>>): StoredIssue {
  const found = issueOf(repository, Number(params["pull_number"]));
  if (found?.branches === undefined) throw refusal(404, "Not Found");
  return found;
}

function isCollaborator(desk: Desk, repository: StoredRepository, login: string): boolean {
  return desk.world.users.has(login.toLowerCase()) && rightsOf(repository, login).triage;
}

function sameFiles(repository: StoredRepository, head: string, base: string): boolean {
  const [ours, theirs] = [filesOf(repository, head) ?? new Map<string, string>(), filesOf(repository, base) ?? new Map<string, string>()];
  return [...ours].every(([path, text]) => theirs.get(path) === text);
}

function simple(desk: Desk, repository: StoredRepository, one: StoredIssue, login: string): Record<string, unknown> {
  const { reactions: _reactions, comments: _comments, closed_by: _closed, state_reason: _reason, type: _type, sub_issues_summary: _sub, issue_dependencies_summary: _dependencies, performed_via_github_app: _app, timeline_url: _timeline, repository_url: _repository, labels_url: _labels, events_url: _events, pull_request: pullRequest, ...issue } = desk.shapes.issue(repository, one);
  const { network_count: _network, subscribers_count: _subscribers, ...repo } = desk.shapes.repository(repository, login);
  const owner = repository.fullName.split("/")[0] ?? "";
  const at = `${desk.api}/repos/${repository.fullName}`;
  const url = `${at}/pulls/${one.number}`;
  const end = (branch: string) => ({ label: `${owner}:${branch}`, ref: branch, sha: (one.mergedHead !== undefined && branch === one.branches?.head ? one.mergedHead : headOf(repository, branch)) ?? "0".repeat(40), user: desk.shapes.user(owner), repo });
  const links = { self: url, html: String(issue["html_url"]), issue: `${at}/issues/${one.number}`, comments: `${at}/issues/${one.number}/comments`, review_comments: `${url}/comments`, review_comment: `${at}/pulls/comments{/number}`, commits: `${url}/commits`, statuses: `${at}/statuses/${end(one.branches?.head ?? "").sha}` };
  return {
    ...issue, url, ...pullRequest as Record<string, unknown>, issue_url: links.issue, commits_url: links.commits, review_comments_url: links.review_comments, review_comment_url: links.review_comment, statuses_url: links.statuses,
    merge_commit_sha: null, assignees: issue["assignees"], requested_reviewers: (one.reviewers ?? []).map(desk.shapes.user), requested_teams: [], head: end(one.branches?.head ?? ""), base: end(one.branches?.base ?? ""), auto_merge: null, draft: one.draft,
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

function full(desk: Desk, repository: StoredRepository, one: StoredIssue, login: string): Record<string, unknown> {
  return { ...simple(desk, repository, one, login), merged: one.mergedAt !== null, mergeable: null, rebaseable: null, mergeable_state: "unknown", merged_by: null, comments: one.comments.length, review_comments: 0, maintainer_can_modify: false, commits: 1, additions: 1, deletions: 0, changed_files: 1 };
}

function review(desk: Desk, repository: StoredRepository, one: StoredIssue, login: string, id: number): Record<string, unknown> {
  const html = `${String(desk.shapes.issue(repository, one)["html_url"])}#pullrequestreview-${id}`;
  const url = `${desk.api}/repos/${repository.fullName}/pulls/${one.number}`;
  return { id, node_id: `PRR_${id}`, user: desk.shapes.user(login), body: "", state: "APPROVED", html_url: html, pull_request_url: url, author_association: "COLLABORATOR", _links: { html: { href: html }, pull_request: { href: url } }, submitted_at: new Date(desk.world.now()).toISOString(), commit_id: null };
}
