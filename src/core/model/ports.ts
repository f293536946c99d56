import type { StepRef } from "./checklist";
import type { Instant, Issue, IssueDraft, IssueQuery, IssueSnapshot, Relation } from "./issue";
import type { IssueChange } from "./issueChange";
import type { RepositoryForms } from "./issueForm";
import type { IssueRef, Repository } from "./issueRef";
import type { OperationKey } from "./operation";
import type { IssueRelations } from "./relations";
import type { Result } from "./result";
import type { TimelineEvent } from "./timelineEvent";

/** Where a team's issues are kept. Every write is safe to repeat with the same key. */
export interface IssueTracker {
  list(query: IssueQuery): Promise<Result<IssueSnapshot>>;
  get(ref: IssueRef): Promise<Result<Issue>>;
  /** The same key twice gives one issue and the same reference. */
  create(draft: IssueDraft, key: OperationKey): Promise<Result<IssueRef>>;
  /** Applies the change to a fresh copy and gives the issue as it then is. */
  edit(ref: IssueRef, change: IssueChange, key: OperationKey): Promise<Result<Issue>>;
  comment(ref: IssueRef, markdown: string, key: OperationKey): Promise<Result<void>>;
  /** Links two issues, each by its text; the child is also shown at the step of the parent, if it is there. */
  link(parent: IssueRef, child: IssueRef, relation: Relation, step?: StepRef): Promise<Result<void>>;
  /** What the issue is linked to, by its text or in the store's own way, and the pull requests that name it. */
  relations(ref: IssueRef): Promise<Result<IssueRelations>>;
  timeline(ref: IssueRef): Promise<Result<readonly TimelineEvent[]>>;
  /** Issues, open and closed, best match first. */
  search(text: string, scope: readonly Repository[]): Promise<Result<readonly Issue[]>>;
  /** The forms and templates for new issues of the repository; as they were last read where they cannot be read now. */
  forms(repository: Repository): Promise<Result<RepositoryForms>>;
}

/** Text files of one folder tree. Paths are relative, with `/`, and never leave the folder. */
export interface Files {
  /** Names in a folder; an absent folder has none. */
  list(folder: string): Promise<Result<readonly FileEntry[]>>;
  read(path: string): Promise<Result<string>>;
  /** Replaces the whole file: after a crash at any point either the old or the new text is there. */
  write(path: string, text: string): Promise<Result<void>>;
  move(from: string, to: string): Promise<Result<void>>;
  remove(path: string): Promise<Result<void>>;
}

export interface FileEntry {
  readonly name: string;
  readonly kind: "file" | "folder";
}

/** Time, from outside. */
export interface Clock {
  now(): Instant;
  wait(milliseconds: number): Promise<void>;
}

/** Calls later, from outside. */
export interface Timer {
  /** Calls `run` once after so many milliseconds, unless the function it gives is called before. */
  after(milliseconds: number, run: () => void): () => void;
}

/** Fresh names: at least 64 random bits each, of `a`-`z` and `0`-`9`. */
export interface Ids {
  next(): string;
}

/** Small durable values by key; a write is on disk when its promise settles. Values are plain JSON. */
export interface Memory {
  keys(prefix: string): Promise<Result<readonly string[]>>;
  /** `undefined` when there is no such key. */
  read(key: string): Promise<Result<unknown>>;
  /** The value as it is stored, also where it is not JSON; empty when there is no such key. */
  text(key: string): Promise<Result<string>>;
  write(key: string, value: unknown): Promise<Result<void>>;
  remove(key: string): Promise<Result<void>>;
}

export interface Log {
  info(message: string): void;
  error(message: string): void;
}
