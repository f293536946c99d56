import type { StepRef } from "./checklist";
import type { Instant, Issue, IssueDraft, IssueQuery, IssueSnapshot, Relation } from "./issue";
import type { IssueChange } from "./issueChange";
import type { RepositoryForms } from "./issueForm";
import type { IssueRef, Repository } from "./issueRef";
import type { OperationKey } from "./operation";
import type { IssueRelations } from "./relations";
import type { Result } from "./result";
import type { TimelineEvent } from "./timelineEvent";

/** Where a team's issues are stored. Every write can be repeated safely with the same key. */
export interface IssueTracker {
  list(query: IssueQuery): Promise<Result<IssueSnapshot>>;
  get(ref: IssueRef): Promise<Result<Issue>>;
  /** Calling it twice with the same key creates one issue and returns the same reference. */
  create(draft: IssueDraft, key: OperationKey): Promise<Result<IssueRef>>;
  /** Applies the change to a fresh copy and returns the changed issue. */
  edit(ref: IssueRef, change: IssueChange, key: OperationKey): Promise<Result<Issue>>;
  comment(ref: IssueRef, markdown: string, key: OperationKey): Promise<Result<void>>;
  /** The maximum number of characters in a comment, if there is one. */
  readonly maxComment?: number;
  /** Links two issues in their texts. The child is also shown at the parent's step, if that exists. */
  link(parent: IssueRef, child: IssueRef, relation: Relation, step?: StepRef): Promise<Result<void>>;
  /** The links in the issue's text, its native links, and the pull requests that mention it. */
  relations(ref: IssueRef): Promise<Result<IssueRelations>>;
  timeline(ref: IssueRef): Promise<Result<readonly TimelineEvent[]>>;
  /** Open and closed issues, best match first. */
  search(text: string, scope: readonly Repository[]): Promise<Result<readonly Issue[]>>;
  /** The forms and templates for new issues of the repository. If they cannot be read, the last known ones are returned. */
  forms(repository: Repository): Promise<Result<RepositoryForms>>;
}

/** Text files of one folder tree. Paths are relative, use `/`, and never leave the folder. */
export interface Files {
  /** Names in a folder. A missing folder has none. */
  list(folder: string): Promise<Result<readonly FileEntry[]>>;
  read(path: string): Promise<Result<string>>;
  /**
   * Replaces the whole file. After a crash at any point it contains either the old or the new text. With `before`, fails as
   * `contended` and writes nothing if the file contains another text by now; a missing file counts as empty.
   */
  write(path: string, text: string, before?: string): Promise<Result<void>>;
  move(from: string, to: string): Promise<Result<void>>;
  remove(path: string): Promise<Result<void>>;
}

export interface FileEntry {
  readonly name: string;
  readonly kind: "file" | "folder";
}

/** The checkout that contains the issues. */
export interface Commits {
  /** Its latest commits, newest first, as far as they are known within a second. Never fails; empty without a checkout. */
  recent(): Promise<readonly Commit[]>;
}

export interface Commit {
  readonly sha: string;
  readonly message: string;
  /** The name of its author. */
  readonly by: string;
  readonly at: Instant;
}

/** The current time and waiting, as a port. */
export interface Clock {
  now(): Instant;
  wait(milliseconds: number): Promise<void>;
}

/** Delayed calls, as a port. */
export interface Timer {
  /** Calls `run` once after a number of milliseconds, unless the returned function is called first. */
  after(milliseconds: number, run: () => void): () => void;
}

/** Random ids of `a`-`z` and `0`-`9`, with at least 64 random bits each. */
export interface Ids {
  next(): string;
}

/** Small durable values by key. A write is on disk when its promise settles. Values are plain JSON. */
export interface Memory {
  keys(prefix: string): Promise<Result<readonly string[]>>;
  /** `undefined` when the key does not exist. */
  read(key: string): Promise<Result<unknown>>;
  /** The stored text, even if it is not valid JSON. Empty when the key does not exist. */
  text(key: string): Promise<Result<string>>;
  write(key: string, value: unknown): Promise<Result<void>>;
  remove(key: string): Promise<Result<void>>;
}

export interface Log {
  info(message: string): void;
  error(message: string): void;
}

/** Publishes a file of the workspace as a pull request in its repository. Never touches the checkout on this machine. */
export interface Publisher {
  /** Whether everybody can read a repository, as requested without an account. */
  isPublic(repository: Repository): Promise<boolean>;
  /** What `publish` would do. Only reads. */
  plan(request: PublishRequest): Promise<Result<PublishPlan>>;
  /** Continues where an earlier attempt ended: there is one branch and one pull request, however often it is called. */
  publish(request: PublishRequest): Promise<Result<PublishedFile>>;
}

export interface PublishRequest {
  readonly repository: Repository;
  /** The path in the repository. */
  readonly path: string;
  readonly text: string;
  readonly branch: string;
  /** Title of the pull request, and of the commit. */
  readonly title: string;
  /** Text of the pull request. What others changed in it is kept. */
  readonly body: string;
  /** Logins. People who are not collaborators are left out. */
  readonly reviewers: readonly string[];
}

export interface PublishPlan {
  /** The branch that the pull request is merged into. */
  readonly base: string;
  /** Whether the branch exists. */
  readonly branch: "new" | "existing";
  /** The open pull request of the branch. */
  readonly pullRequest?: PullRequestAddress;
  /** The default branch contains the same text, and no pull request is open. */
  readonly isPublished: boolean;
}

interface PullRequestAddress {
  readonly number: number;
  readonly url: string;
}

export interface PublishedFile extends PullRequestAddress {
  /** Whether the pull request is new. */
  readonly isNew: boolean;
  /** Who was asked for a review just now, and whom the server does not accept as reviewers. */
  readonly asked: readonly string[];
  readonly notAsked: readonly string[];
}
