/** What the fake GitHub knows: people, tokens, repositories and their issues. Plain data; issues are replaced, never changed. */

export interface StoredUser {
  readonly id: number;
  readonly login: string;
}

export interface Token {
  readonly text: string;
  readonly user: StoredUser;
  /** Absent for a fine-grained token, which has permissions instead of scopes. */
  readonly scopes?: readonly string[];
  readonly readOnly: boolean;
}

export interface StoredLabel {
  readonly id: number;
  readonly name: string;
}

export interface StoredComment {
  readonly id: number;
  readonly body: string;
  readonly login: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Which issue, in a way that survives a new name of its repository. */
export interface IssueKey {
  readonly repository: number;
  readonly number: number;
}

/** A commit, in a repository that may be another one than the issue's. */
export interface CommitKey {
  readonly repository: number;
  readonly sha: string;
}

export type EventFacts =
  | { readonly event: "labeled" | "unlabeled"; readonly label: string }
  | { readonly event: "assigned" | "unassigned"; readonly assignee: string }
  | { readonly event: "renamed"; readonly from: string; readonly to: string }
  | { readonly event: "closed"; readonly reason: string | null; readonly commit?: CommitKey }
  | { readonly event: "referenced"; readonly commit: CommitKey }
  | { readonly event: "reopened" | "locked" | "unlocked" | "mentioned" | "subscribed" | "transferred" | "parent_issue_added" | "sub_issue_added" | "blocked_by_added" | "blocking_added" }
  | { readonly event: "cross-referenced"; readonly source: IssueKey };

export type StoredEvent = EventFacts & { readonly id: number; readonly at: number; readonly login: string };

/** An issue is added to a project board, moved on it, or removed from it. The project of a deleted board is `null`. */
export interface StoredMove {
  readonly type: "AddedToProjectV2Event" | "ProjectV2ItemStatusChangedEvent" | "RemovedFromProjectV2Event";
  readonly id: number;
  readonly at: number;
  readonly login: string;
  readonly project: string | null;
  readonly before: string;
  readonly status: string;
}

export interface StoredIssue {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly login: string;
  readonly state: "open" | "closed";
  readonly reason: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly locked: boolean;
  readonly pullRequest: boolean;
  readonly draft: boolean;
  readonly mergedAt: number | null;
  readonly type: string | null;
  readonly parent: IssueKey | null;
  readonly blockedBy: readonly IssueKey[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly comments: readonly StoredComment[];
  readonly events: readonly StoredEvent[];
  readonly moves?: readonly StoredMove[];
  /** Of a pull request between two branches: their names, who was asked for a review, who reviewed, and what was merged. */
  readonly branches?: { readonly head: string; readonly base: string };
  readonly reviewers?: readonly string[];
  readonly reviewed?: readonly string[];
  readonly mergedHead?: string;
}

/** Why an issue that once was there is not. */
export type Gone = { readonly kind: "deleted" } | { readonly kind: "moved"; readonly to: IssueKey };

export interface StoredRepository {
  readonly id: number;
  fullName: string;
  readonly private: boolean;
  archived: boolean;
  hasIssues: boolean;
  /** Whether a person owns it and no organization: then its issues have no types. */
  readonly ofUser: boolean;
  readonly writers: readonly string[] | "everybody";
  readonly triagers: readonly string[];
  /** People who may write and whose membership nobody sees, so that they look like strangers. */
  readonly hidden?: readonly string[];
  readonly createdAt: number;
  readonly labels: Map<string, StoredLabel>;
  /** Issue types that may be set here. */
  readonly types: readonly string[];
  /** Every version of every issue, oldest first, with the time from which it held. */
  readonly issues: Map<number, readonly { readonly at: number; readonly issue: StoredIssue }[]>;
  readonly gone: Map<number, Gone>;
  lastNumber: number;
  /** Texts of its main branch by path. */
  readonly files: Map<string, string>;
  /** Other branches: the id of their last commit by name. */
  branches?: Map<string, string>;
  /** The files of each commit by its id. */
  commits?: Map<string, ReadonlyMap<string, string>>;
  /** Prefixes of branches that rules protect. */
  protectedBranches?: readonly string[];
  /** The commits of the main branch that changed a file, newest first. */
  fileLog?: readonly { readonly sha: string; readonly at: number; readonly path: string }[];
  /** How many pages the list of its events has at most. */
  eventPages?: number;
  /** The longest file that can be written, in bytes. */
  longestFile?: number;
}

export interface World {
  readonly now: () => number;
  /** Whether there are sub-issues, dependencies and types: older servers have none. */
  readonly features: boolean;
  /** Milliseconds after which the other end of a link counts it. */
  readonly countsLag: number;
  /** Whether any issue is linked to another one: without, nobody need look for it. */
  linked: boolean;
  /** Whether there are project boards with a history: older servers have none. */
  boards: boolean;
  /** What queries give: on some servers only moves on project boards. They refuse other fields, or leave them out. */
  queries: "all" | "movesOrRefusal" | "movesOnly";
  /** What each query cost. */
  readonly points: number[];
  readonly nextId: () => number;
  readonly users: Map<string, StoredUser>;
  readonly tokens: Map<string, Token>;
  readonly repositories: Map<number, StoredRepository>;
  /** Ids by name in small letters; a former name stays until another repository takes it. */
  readonly names: Map<string, number>;
}

export function createWorld(now: () => number, features = true, countsLag = 0): World {
  let id = 1000;
  return { now, features, countsLag, linked: false, boards: true, queries: "all", points: [], nextId: () => { id += 1; return id; }, users: new Map(), tokens: new Map(), repositories: new Map(), names: new Map() };
}

/** The user of that name, in whatever letters, made on first use. */
export function userOf(world: World, login: string): StoredUser {
  const known = world.users.get(login.toLowerCase());
  if (known !== undefined) return known;
  const user = { id: world.nextId(), login };
  world.users.set(login.toLowerCase(), user);
  return user;
}

/** The issue as it is now, or as it was at an earlier time; a deleted or transferred one is not there. */
export function issueOf(repository: StoredRepository, number: number, at = Infinity): StoredIssue | undefined {
  if (repository.gone.has(number)) return undefined;
  return repository.issues.get(number)?.findLast(version => version.at <= at)?.issue;
}

/** Every issue and pull request, oldest first. */
export function issuesOf(repository: StoredRepository, at = Infinity): readonly StoredIssue[] {
  return [...repository.issues.keys()].flatMap(number => issueOf(repository, number, at) ?? []);
}

export function putIssue(world: World, repository: StoredRepository, issue: StoredIssue): StoredIssue {
  repository.issues.set(issue.number, [...repository.issues.get(issue.number) ?? [], { at: world.now(), issue }]);
  return issue;
}

/** What the person may do in the repository; without `read` it does not exist for them. */
export function rightsOf(repository: StoredRepository, login: string | undefined): { read: boolean; triage: boolean; push: boolean } {
  const isIn = (logins: readonly string[]) => login !== undefined && logins.some(one => one.toLowerCase() === login.toLowerCase());
  const push = login !== undefined && (repository.writers === "everybody" || isIn(repository.writers));
  const triage = push || isIn(repository.triagers);
  return { read: triage || !repository.private, triage, push };
}
