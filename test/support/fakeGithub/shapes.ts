import { blockedBy, blockersOf, childrenOf, type Found, parentOf } from "./links";
import { issueOf, issuesOf, type IssueKey, rightsOf, type StoredComment, type StoredEvent, type StoredIssue, type StoredLabel, type StoredRepository, userOf, type World } from "./world";

/** Writes what is stored the way GitHub's API does, with addresses below `web` and `api`. */
export interface Shapes {
  user(login: string): Record<string, unknown>;
  me(login: string): Record<string, unknown>;
  repository(repository: StoredRepository, login: string): Record<string, unknown>;
  label(repository: StoredRepository, label: StoredLabel): Record<string, unknown>;
  issue(repository: StoredRepository, issue: StoredIssue): Record<string, unknown>;
  comment(repository: StoredRepository, issue: StoredIssue, comment: StoredComment): Record<string, unknown>;
  /** An event of an issue's timeline; none where its source is not there any more. */
  timelineEvent(repository: StoredRepository, event: StoredEvent): Record<string, unknown> | undefined;
  /** An event of a repository's list, with its issue. */
  repositoryEvent(repository: StoredRepository, issue: StoredIssue, event: StoredEvent): Record<string, unknown>;
}

/** GitHub's times: UTC, whole seconds. */
export function stamp(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

const color = "ededed";

export function createShapes(world: World, web: string): Shapes {
  const api = `${web}/api/v3`;
  const at = (repository: StoredRepository) => `${api}/repos/${repository.fullName}`;

  const user: Shapes["user"] = login => {
    const { id, login: name } = userOf(world, login);
    const url = `${api}/users/${name}`;
    return {
      login: name, id, node_id: `U_${id}`, avatar_url: `${web}/avatars/${id}`, gravatar_id: "", url, html_url: `${web}/${name}`,
      followers_url: `${url}/followers`, following_url: `${url}/following{/other_user}`, gists_url: `${url}/gists{/gist_id}`, starred_url: `${url}/starred{/owner}{/repo}`,
      subscriptions_url: `${url}/subscriptions`, organizations_url: `${url}/orgs`, repos_url: `${url}/repos`, events_url: `${url}/events{/privacy}`,
      received_events_url: `${url}/received_events`, type: "User", user_view_type: "public", site_admin: false,
    };
  };

  const me: Shapes["me"] = login => ({
    ...user(login), name: null, company: null, blog: "", location: null, email: null, hireable: null, bio: null,
    public_repos: 0, public_gists: 0, followers: 0, following: 0, created_at: stamp(0), updated_at: stamp(0),
  });

  const repository: Shapes["repository"] = (stored, login) => {
    const [owner = "", name = ""] = stored.fullName.split("/");
    const url = at(stored);
    const { read, triage, push } = rightsOf(stored, login);
    const open = issuesOf(stored).filter(issue => issue.state === "open").length;
    const below = ["forks", "hooks", "teams", "tags", "languages", "stargazers", "contributors", "subscribers", "subscription", "merges", "downloads", "deployments", "events"];
    const templates: Record<string, string> = {
      keys: "{/key_id}", collaborators: "{/collaborator}", assignees: "{/user}", branches: "{/branch}", statuses: "/{sha}", commits: "{/sha}", contents: "/{+path}",
      issues: "{/number}", pulls: "{/number}", milestones: "{/number}", notifications: "{?since,all,participating}", labels: "{/name}", releases: "{/id}", comments: "{/number}",
    };
    return {
      id: stored.id, node_id: `R_${stored.id}`, name, full_name: stored.fullName, private: stored.private, owner: user(owner), html_url: `${web}/${stored.fullName}`,
      description: null, fork: false, url,
      ...Object.fromEntries(below.map(part => [`${part}_url`, `${url}/${part}`])),
      ...Object.fromEntries(Object.entries(templates).map(([part, rest]) => [`${part}_url`, `${url}/${part}${rest}`])),
      issue_events_url: `${url}/issues/events{/number}`, issue_comment_url: `${url}/issues/comments{/number}`, blobs_url: `${url}/git/blobs{/sha}`,
      git_tags_url: `${url}/git/tags{/sha}`, git_refs_url: `${url}/git/refs{/sha}`, trees_url: `${url}/git/trees{/sha}`, git_commits_url: `${url}/git/commits{/sha}`,
      compare_url: `${url}/compare/{base}...{head}`, archive_url: `${url}/{archive_format}{/ref}`,
      git_url: `git://${new URL(web).host}/${stored.fullName}.git`, ssh_url: `git@${new URL(web).hostname}:${stored.fullName}.git`, clone_url: `${web}/${stored.fullName}.git`, svn_url: `${web}/${stored.fullName}`,
      created_at: stamp(stored.createdAt), updated_at: stamp(stored.createdAt), pushed_at: stamp(stored.createdAt), homepage: "", size: 0, stargazers_count: 0, watchers_count: 0, language: null,
      has_issues: stored.hasIssues, has_projects: true, has_downloads: true, has_wiki: true, has_pages: false, has_discussions: false, forks_count: 0, mirror_url: null,
      archived: stored.archived, disabled: false, open_issues_count: open, license: null, allow_forking: true, is_template: false, web_commit_signoff_required: false, topics: [],
      visibility: stored.private ? "private" : "public", forks: 0, open_issues: open, watchers: 0, default_branch: "main",
      permissions: { admin: false, maintain: false, push, triage, pull: read }, network_count: 0, subscribers_count: 0,
    };
  };

  const label: Shapes["label"] = (stored, { id, name }) =>
    ({ id, node_id: `LA_${id}`, url: `${at(stored)}/labels/${encodeURIComponent(name)}`, name, color, default: false, description: null });

  const reactions = (url: string) => ({ url: `${url}/reactions`, total_count: 0, "+1": 0, "-1": 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 });
  const association = (stored: StoredRepository, login: string) =>
    stored.fullName.split("/")[0] === login ? "OWNER" : stored.hidden?.some(one => one.toLowerCase() === login.toLowerCase()) === true ? "CONTRIBUTOR" : rightsOf(stored, login).triage ? "COLLABORATOR" : "NONE";

  const features = (stored: StoredRepository, one: StoredIssue) => {
    const found = { repository: stored, issue: one };
    const counted = world.now() - world.countsLag;
    const [children, blockers, blocked, parent] = [childrenOf(world, found, counted), blockersOf(world, found), blockedBy(world, found, counted), parentOf(world, found)];
    const open = (all: readonly Found[]) => all.filter(each => each.issue.state === "open").length;
    const completed = children.length - open(children);
    const type = stored.types.indexOf(one.type ?? "");
    return {
      ...stored.ofUser ? {} : { type: one.type === null ? null : { id: type + 1, node_id: `IT_${type + 1}`, name: one.type, description: null, color: "red", created_at: stamp(stored.createdAt), updated_at: stamp(stored.createdAt), is_enabled: true } },
      ...parent === undefined ? {} : { parent_issue_url: `${at(parent.repository)}/issues/${parent.issue.number}` },
      // Pull requests have neither, wherever they are shown among issues.
      ...one.pullRequest ? {} : {
        sub_issues_summary: { total: children.length, completed, percent_completed: children.length === 0 ? 0 : Math.floor(completed * 100 / children.length) },
        issue_dependencies_summary: { blocked_by: open(blockers), total_blocked_by: blockers.length, blocking: open(blocked), total_blocking: blocked.length },
      },
    };
  };

  const issue: Shapes["issue"] = (stored, one) => {
    const url = `${at(stored)}/issues/${one.number}`;
    const html = `${web}/${stored.fullName}/${one.pullRequest ? "pull" : "issues"}/${one.number}`;
    const pull = `${at(stored)}/pulls/${one.number}`;
    return {
      url, repository_url: at(stored), labels_url: `${url}/labels{/name}`, comments_url: `${url}/comments`, events_url: `${url}/events`, html_url: html, id: one.id,
      node_id: `${one.pullRequest ? "PR" : "I"}_${one.id}`, number: one.number, title: one.title, user: user(one.login),
      labels: one.labels.flatMap(name => { const known = stored.labels.get(name.toLowerCase()); return known === undefined ? [] : [label(stored, known)]; }),
      state: one.state, locked: one.locked, assignee: one.assignees[0] === undefined ? null : user(one.assignees[0]), assignees: one.assignees.map(user), milestone: null,
      comments: one.comments.length, created_at: stamp(one.createdAt), updated_at: stamp(one.updatedAt), closed_at: one.closedAt === null ? null : stamp(one.closedAt),
      author_association: association(stored, one.login), active_lock_reason: null, ...world.features ? features(stored, one) : {},
      body: one.body, closed_by: one.closedBy === null ? null : user(one.closedBy), reactions: reactions(url), timeline_url: `${url}/timeline`,
      performed_via_github_app: null, state_reason: one.reason,
      ...one.pullRequest ? { draft: one.draft, pull_request: { url: pull, html_url: html, diff_url: `${html}.diff`, patch_url: `${html}.patch`, merged_at: one.mergedAt === null ? null : stamp(one.mergedAt) } } : {},
    };
  };

  const comment: Shapes["comment"] = (stored, one, { id, body, login, createdAt, updatedAt }) => {
    const url = `${at(stored)}/issues/comments/${id}`;
    return {
      url, html_url: `${web}/${stored.fullName}/issues/${one.number}#issuecomment-${id}`, issue_url: `${at(stored)}/issues/${one.number}`, id, node_id: `IC_${id}`,
      user: user(login), created_at: stamp(createdAt), updated_at: stamp(updatedAt), body, author_association: association(stored, login), reactions: reactions(url), performed_via_github_app: null,
    };
  };

  const plain = (stored: StoredRepository, event: StoredEvent) => {
    const commit = "commit" in event ? event.commit : undefined;
    const of = commit === undefined ? undefined : world.repositories.get(commit.repository);
    return {
      id: event.id, node_id: `EV_${event.id}`, url: `${at(stored)}/issues/events/${event.id}`, actor: user(event.login), event: event.event,
      commit_id: commit?.sha ?? null, commit_url: commit === undefined || of === undefined ? null : `${at(of)}/commits/${commit.sha}`, created_at: stamp(event.at), performed_via_github_app: null,
    };
  };

  const details = (event: StoredEvent): Record<string, unknown> => {
    switch (event.event) {
      case "labeled": case "unlabeled": return { label: { name: event.label, color } };
      case "assigned": case "unassigned": return { assignee: user(event.assignee) };
      case "renamed": return { rename: { from: event.from, to: event.to } };
      case "locked": return { lock_reason: null };
      default: return {};
    }
  };

  const sourceIssue = (key: IssueKey): Record<string, unknown> | undefined => {
    const stored = world.repositories.get(key.repository);
    const gone = stored?.gone.get(key.number);
    if (gone?.kind === "moved") return sourceIssue(gone.to);
    const one = stored === undefined ? undefined : issueOf(stored, key.number);
    return stored === undefined || one === undefined ? undefined : { ...issue(stored, one), repository: withoutFull(repository(stored, one.login)) };
  };

  return {
    user, me, repository, label, issue, comment,
    timelineEvent: (stored, event) => {
      if (!world.features && /_(?:added)$/.test(event.event)) return undefined;
      if (event.event === "closed") return { ...plain(stored, event), state_reason: event.reason };
      if (event.event === "reopened") return { ...plain(stored, event), state_reason: null };
      if (event.event !== "cross-referenced") return { ...plain(stored, event), ...details(event) };
      const source = sourceIssue(event.source);
      if (source === undefined) return undefined;
      return { actor: user(event.login), created_at: stamp(event.at), updated_at: stamp(event.at), source: { type: "issue", issue: source }, event: "cross-referenced" };
    },
    repositoryEvent: (stored, one, event) => ({
      ...plain(stored, event), ...details(event), ...event.event === "assigned" || event.event === "unassigned" ? { assigner: user(event.login) } : {}, issue: issue(stored, one),
    }),
  };
}

/** A repository inside another answer has fewer fields than one asked for itself. */
function withoutFull(repository: Record<string, unknown>): Record<string, unknown> {
  const { network_count: _network, subscribers_count: _subscribers, ...rest } = repository;
  return rest;
}
