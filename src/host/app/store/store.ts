import type * as vscode from "vscode";
import type { FileHistory } from "../../../core/metrics/history/deskVersions";
import type { Desk } from "../../../core/model/desk";
import type { Failure } from "../../../core/model/failure";
import type { IssueSnapshot } from "../../../core/model/issue";
import type { Repository } from "../../../core/model/issueRef";
import type { Operation } from "../../../core/model/operation";
import type { Clock, Files, Ids, IssueTracker, Log, Publisher } from "../../../core/model/ports";
import { failed, type Result } from "../../../core/model/result";
import type { IssueIndex } from "../../../core/search/issueIndex";
import type { FolderReading, FolderRecords } from "../../../trackers/files/readRecords";
import type { Renumbered } from "../../../trackers/files/separateIssues";
import type { Notice } from "../../../trackers/github/notices";
import type { GithubRecords, HistoryOptions } from "../../../trackers/github/history/readRecords";
import type { DeskMemory } from "../../platform/storage";
import type { WorkspacePaths } from "../../platform/workspacePaths";
import type { GithubAccount } from "./githubAccount";

/** Where the issues of a desk are stored, and how one window works with them. */
export interface Store extends vscode.Disposable {
  readonly tracker: IssueTracker;
  /** Unique among the stores that a workspace folder may use. Changes that are pending for one are never sent to another. */
  readonly id: string;
  /** What this machine stores for the desk, shared by all windows. */
  readonly memory: DeskMemory;
  now(): StoreNow;
  /** Adds the default repository where `desk.yml` names none. */
  withDefaultRepository(desk: Desk): Desk;
  /** Reads the workspace again after `desk.yml` changed. */
  reload(): Promise<void>;
  /** The web address of a runbook; absent where the store has none. */
  readonly runbookUrl?: (path: string) => string | undefined;
  knownMe(): string | undefined;
  /** The login of the current user. Asks for it if it is not known. */
  me(): Promise<Result<string>>;
  /** The issues as cached when they were last read. Sends no request. */
  remembered(): Promise<IssueSnapshot | undefined>;
  /** The issues with everything that this window wrote. Sends no request; absent where the issues must be read for that. */
  written?(): Promise<IssueSnapshot | undefined>;
  /** Starts to follow the store and reports when to read again. */
  follow(events: StoreEvents): void;
  /** Records the result of a read, which determines when the next one is due. */
  recordRead(result: Result<IssueSnapshot>): void;
  /** Called when the user starts a change: a question that they declined may be asked again. */
  resetConsent(): void;
  /** Milliseconds to delay an operation so that it can be undone; absent where no one is notified. */
  readonly undoMilliseconds?: (operation: Operation) => number;
  /** The account; `undefined` where issues are stored in files. */
  readonly account?: GithubAccount;
  /** Reads all issues in plain files with their events; absent where they are on a server. */
  readonly records?: (reading: FolderReading) => Promise<Result<FolderRecords>>;
  /** Reads all issues with their events; absent where issues are stored in files. */
  readonly histories?: (options: HistoryOptions) => Promise<Result<GithubRecords>>;
  /** The history of the desk's files on the server; `undefined` if the workspace is not a checkout of one of its repositories. */
  readonly deskHistory?: (deskFolder: string) => FileHistory | undefined;
  /** Publishes files of the workspace; `undefined` where issues are stored in files. */
  readonly publisher?: Publisher;
}

export interface StoreEvents {
  /** The issues may have changed. */
  reread(): void;
  /** Pending changes may succeed now. */
  resend(): void;
  /** The result of `now` changed. */
  changed(): void;
}

/** Where the issues are stored, for display. */
export type StoreNow =
  | { readonly kind: "files" }
  | {
      readonly kind: "github";
      /** Web address; empty if the setting is not valid. */
      readonly server: string;
      readonly signedIn: boolean;
      readonly login?: string;
      readonly repositories: readonly Repository[];
    };

/** The notifications of stores. */
export interface StoreNotices {
  /** Issues in plain files got other numbers. */
  renumbered(issues: readonly Renumbered[]): Promise<void>;
  /** A server did something else than requested, or an item was moved. */
  fromTracker(notice: Notice): Promise<void>;
}

/** What a store is created from. */
export interface StoreParts {
  readonly context: vscode.ExtensionContext;
  readonly folder: vscode.WorkspaceFolder;
  readonly paths: WorkspacePaths;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly notices: StoreNotices;
  /** The search index, shared by the window and the store. */
  readonly issueIndex: IssueIndex;
  /** What this machine stores for the desk with issues in plain files. */
  readonly memory: DeskMemory;
  /** The files of the workspace, with safe writes. */
  readonly files: Files;
  /** The desk as configured in its file. */
  readonly desk: () => Desk;
}

/** A store that cannot be used: every call fails, and nothing is sent. */
export function noStore(id: string, memory: DeskMemory, failure: Failure): Store {
  const fail = async (): Promise<{ readonly kind: "failed"; readonly failure: Failure }> => failed(failure);
  return {
    tracker: { list: fail, get: fail, create: fail, edit: fail, comment: fail, link: fail, relations: fail, timeline: fail, search: fail, forms: fail },
    id,
    memory,
    histories: fail,
    now: () => ({ kind: "github", server: "", signedIn: false, repositories: [] }),
    withDefaultRepository: (desk) => desk,
    reload: async () => {},
    knownMe: () => undefined,
    me: fail,
    remembered: async () => undefined,
    follow() {},
    recordRead() {},
    resetConsent() {},
    dispose() {},
  };
}
