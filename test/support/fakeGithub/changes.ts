import { createHash } from "node:crypto";
import { readReferences } from "./references";
import { type CommitKey, type EventFacts, issueOf, type IssueKey, putIssue, rightsOf, type StoredIssue, type StoredRepository, userOf, type World } from "./world";

/** The fields that a request or a person on the web changes. Absent fields stay the same. */
export interface Wanted {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: "open" | "closed";
  readonly reason?: string | null;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly locked?: boolean;
}

/** Opens an issue or a pull request. Fields that its author may not set are ignored. */
export function openIssue(
  world: World, repository: StoredRepository, login: string,
  draft: { readonly title: string; readonly body?: string | null; readonly labels?: readonly string[]; readonly assignees?: readonly string[]; readonly pullRequest?: boolean; readonly draft?: boolean; readonly type?: string },
): StoredIssue {
  const now = world.now();
  repository.lastNumber += 1;
  const issue = putIssue(world, repository, {
    id: world.nextId(), number: repository.lastNumber, title: draft.title.trim(), body: null, login: userOf(world, login).login,
    state: "open", reason: null, labels: [], assignees: [], locked: false, pullRequest: draft.pullRequest ?? false, draft: draft.draft ?? false, mergedAt: null, parent: null, blockedBy: [],
    type: world.features && rightsOf(repository, login).push ? draft.type ?? null : null,
    createdAt: now, updatedAt: now, closedAt: null, closedBy: null, comments: [], events: [],
  });
  return changeIssue(world, repository, issue.number, login, {
    body: draft.body ?? null,
    ...draft.labels === undefined ? {} : { labels: draft.labels },
    ...draft.assignees === undefined ? {} : { assignees: draft.assignees },
  });
}

/** Changes an issue and adds events. Labels and assignees of people without that permission are ignored, as on GitHub. */
export function changeIssue(world: World, repository: StoredRepository, number: number, login: string, wanted: Wanted, commit?: CommitKey): StoredIssue {
  const before = present(repository, number);
  const rights = rightsOf(repository, login);
  const labels = wanted.labels === undefined || !rights.triage ? before.labels : usableLabels(world, repository, wanted.labels, rights.push);
  const assignees = wanted.assignees === undefined || !rights.triage ? before.assignees : assignable(world, repository, before, wanted.assignees);
  const title = wanted.title?.trim() ?? before.title;
  const body = wanted.body === undefined ? before.body : wanted.body === "" ? null : wanted.body;
  const state = wanted.state ?? before.state;
  const locked = wanted.locked ?? before.locked;
  const closes = state === "closed" && before.state === "open";
  const reopens = state === "open" && before.state === "closed";
  const reason = closes ? wanted.reason ?? "completed" : reopens ? "reopened" : wanted.reason !== undefined && state === "closed" ? wanted.reason : before.reason;
  const facts: EventFacts[] = [
    ...title === before.title ? [] : [{ event: "renamed", from: before.title, to: title } as const],
    ...labels.filter(label => !before.labels.includes(label)).map(label => ({ event: "labeled", label } as const)),
    ...before.labels.filter(label => !labels.includes(label)).map(label => ({ event: "unlabeled", label } as const)),
    ...assignees.filter(one => !before.assignees.includes(one)).map(assignee => ({ event: "assigned", assignee } as const)),
    ...before.assignees.filter(one => !assignees.includes(one)).map(assignee => ({ event: "unassigned", assignee } as const)),
    ...closes ? [{ event: "closed", reason, ...commit === undefined ? {} : { commit } } as const] : reopens ? [{ event: "reopened" } as const] : [],
    ...locked === before.locked ? [] : [{ event: locked ? "locked" : "unlocked" } as const],
  ];
  if (facts.length === 0 && body === before.body && reason === before.reason) return before;
  const now = world.now();
  const after = putIssue(world, repository, withEvents(world, {
    ...before, title, body, state, reason, labels, assignees, locked, updatedAt: now,
    closedAt: closes ? now : reopens ? null : before.closedAt,
    closedBy: closes ? login : reopens ? null : before.closedBy,
  }, login, facts));
  if (body !== before.body) addReferences(world, repository, after, login, body ?? "");
  return present(repository, number);
}

/** Pushes a commit: issues that its message names list it, and those it fixes are closed. */
export function pushCommit(world: World, repository: StoredRepository, login: string, message: string): string {
  const sha = createHash("sha1").update(`${world.nextId()} ${message}`).digest("hex");
  const commit = { repository: repository.id, sha };
  for (const place of readReferences(message, repository.fullName).places) {
    const target = world.repositories.get(world.names.get(place.repository.toLowerCase()) ?? -1);
    const named = target === undefined ? undefined : issueOf(target, place.number);
    if (target === undefined || named === undefined) continue;
    putIssue(world, target, withEvents(world, { ...named, updatedAt: world.now() }, login, [{ event: "referenced", commit }]));
    const closes = new RegExp(`\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?) (?:${place.repository})?#${place.number}\\b`, "i").test(message);
    if (closes) changeIssue(world, target, place.number, login, { state: "closed" }, commit);
  }
  return sha;
}

export function addComment(world: World, repository: StoredRepository, number: number, login: string, body: string): { readonly issue: StoredIssue; readonly id: number } {
  const before = present(repository, number);
  const now = world.now();
  const id = world.nextId();
  const comment = { id, body, login: userOf(world, login).login, createdAt: now, updatedAt: now };
  const issue = putIssue(world, repository, { ...before, comments: [...before.comments, comment], updatedAt: now });
  addReferences(world, repository, issue, login, body);
  return { issue: present(repository, number), id };
}

/** Changes a comment, or deletes it if there is no text. */
export function changeComment(world: World, repository: StoredRepository, number: number, id: number, body: string | undefined): StoredIssue {
  const before = present(repository, number);
  const now = world.now();
  const comments = before.comments.flatMap(comment => comment.id !== id ? [comment] : body === undefined ? [] : [{ ...comment, body, updatedAt: now }]);
  // It is not documented whether an edited comment changes its issue's update time. Here it does not, which is harder for clients.
  return putIssue(world, repository, { ...before, comments, updatedAt: body === undefined ? now : before.updatedAt });
}

/** Transfers an issue to another repository, where it gets a new number. Labels that do not exist there are lost. */
export function transferIssue(world: World, from: StoredRepository, number: number, to: StoredRepository, login: string): StoredIssue {
  const issue = present(from, number);
  to.lastNumber += 1;
  const labels = issue.labels.filter(label => to.labels.has(label.toLowerCase()));
  const moved = putIssue(world, to, withEvents(world, { ...issue, number: to.lastNumber, labels, updatedAt: world.now() }, login, [{ event: "transferred" }]));
  from.gone.set(number, { kind: "moved", to: { repository: to.id, number: moved.number } });
  return moved;
}

/** Creates the label unless it exists, ignoring case. */
export function addLabel(world: World, repository: StoredRepository, name: string): string {
  const known = repository.labels.get(name.toLowerCase());
  if (known !== undefined) return known.name;
  repository.labels.set(name.toLowerCase(), { id: world.nextId(), name });
  return name;
}

function usableLabels(world: World, repository: StoredRepository, names: readonly string[], mayCreate: boolean): readonly string[] {
  return [...new Set(names.flatMap(name => mayCreate ? addLabel(world, repository, name) : repository.labels.get(name.toLowerCase())?.name ?? []))];
}

function assignable(world: World, repository: StoredRepository, issue: StoredIssue, logins: readonly string[]): readonly string[] {
  return [...new Set(logins.flatMap(login => assignableAs(world, repository, issue, login) ?? []))].slice(0, 10);
}

/** The login of a person who can be assigned to the issue, or to a new one of the author, in the spelling of the account. */
export function assignableAs(world: World, repository: StoredRepository, { login: author, comments }: Pick<StoredIssue, "login" | "comments">, login: string): string | undefined {
  const user = world.users.get(login.toLowerCase())?.login;
  return user !== undefined && (rightsOf(repository, user).triage || [author, ...comments.map(comment => comment.login)].includes(user)) ? user : undefined;
}

function withEvents(world: World, issue: StoredIssue, login: string, facts: readonly EventFacts[]): StoredIssue {
  return { ...issue, events: [...issue.events, ...facts.map(fact => ({ ...fact, id: world.nextId(), at: world.now(), login: userOf(world, login).login }))] };
}

/** Adds events to other issues that a text mentions, and for people whom it mentions. */
function addReferences(world: World, repository: StoredRepository, issue: StoredIssue, login: string, text: string): void {
  const source: IssueKey = { repository: repository.id, number: issue.number };
  const { places, logins } = readReferences(text, repository.fullName);
  for (const place of places) {
    const target = world.repositories.get(world.names.get(place.repository.toLowerCase()) ?? -1);
    const named = target === undefined ? undefined : issueOf(target, place.number);
    if (target === undefined || named === undefined || (target === repository && named.number === issue.number) || !rightsOf(target, login).read) continue;
    const known = named.events.some(event => event.event === "cross-referenced" && event.source.repository === source.repository && event.source.number === source.number);
    if (!known) putIssue(world, target, withEvents(world, { ...named, updatedAt: world.now() }, login, [{ event: "cross-referenced", source }]));
  }
  const fresh = logins.flatMap(name => world.users.get(name.toLowerCase())?.login ?? [])
    .filter(name => name !== login && !issue.events.some(event => event.event === "mentioned" && event.login === name));
  if (fresh.length === 0) return;
  const told = fresh.reduce((sofar, name) => withEvents(world, sofar, name, [{ event: "mentioned" }, { event: "subscribed" }]), present(repository, issue.number));
  putIssue(world, repository, told);
}

function present(repository: StoredRepository, number: number): StoredIssue {
  const issue = issueOf(repository, number);
  if (issue === undefined) throw new Error(`There is no ${repository.fullName}#${number}.`);
  return issue;
}
