import type * as vscode from "vscode";
import type { Desk } from "../../../core/model/desk";
import type { Failure } from "../../../core/model/failure";
import type { IssueSnapshot } from "../../../core/model/issue";
import type { Repository } from "../../../core/model/issueRef";
import type { Operation } from "../../../core/model/operation";
import type { Clock, Files, Ids, IssueTracker, Log } from "../../../core/model/ports";
import { failed, type Result } from "../../../core/model/result";
import type { IssueIndex } from "../../../core/search/issueIndex";
import type { Renumbered } from "../../../trackers/files/separateIssues";
import type { Notice } from "../../../trackers/github/notices";
import type { DeskMemory } from "../../platform/storage";
import type { WorkspacePaths } from "../../platform/workspacePaths";
import type { GithubAccount } from "./githubAccount";

/** Where a desk keeps its issues, and how one window works with that place. */
export interface Store extends vscode.Disposable {
  readonly tracker: IssueTracker;
  /** Names the place among all that one workspace folder may use: changes that wait for one are never sent to another. */
  readonly id: string;
  /** What this machine keeps for the desk in this place, shared by all windows. */
  readonly memory: DeskMemory;
  now(): StoreNow;
  /** The desk with its issues kept here, where `desk.yml` names no repository. */
  place(desk: Desk): Desk;
  /** Learns again what the workspace says about the place, as after `desk.yml` was read. */
  reload(): Promise<void>;
  /** Where people can read a runbook on the web; absent where the store has no web. */
  readonly runbookUrl?: (path: string) => string | undefined;
  knownMe(): string | undefined;
  /** The login of the person at the keyboard; asks when it is not known. */
  me(): Promise<Result<string>>;
  /** What the issues were when they were last read, without asking anybody for them. */
  remembered(): Promise<IssueSnapshot | undefined>;
  /** The issues with everything this window wrote to them, without asking anybody; absent where they must be read for that. */
  written?(): Promise<IssueSnapshot | undefined>;
  /** Begins to follow the place and tells when to look again. */
  follow(events: StoreEvents): void;
  /** Takes note of how a reading ended, which decides when the next one is due. */
  noteReading(result: Result<IssueSnapshot>): void;
  /** A person asks for something themselves: what they declined before may be asked again. */
  askAgain(): void;
  /** Milliseconds that an operation waits before it is first sent, so that it can be taken back; absent where nothing goes out to people. */
  readonly undoMilliseconds?: (operation: Operation) => number;
  /** Who is signed in; `undefined` where nobody needs to be. */
  readonly account?: GithubAccount;
}

export interface StoreEvents {
  /** The issues may have changed. */
  reread(): void;
  /** What waits may succeed now. */
  resend(): void;
  /** Something that `now` gives has changed. */
  changed(): void;
}

/** Where the issues are, for the screen. */
export type StoreNow =
  | { readonly kind: "files" }
  | {
      readonly kind: "github";
      /** Web address; empty while the setting cannot be used. */
      readonly server: string;
      readonly signedIn: boolean;
      readonly login?: string;
      readonly repositories: readonly Repository[];
    };

/** What a store has to tell a person. */
export interface StoreNotices {
  /** Issues of plain files have other numbers now. */
  renumbered(issues: readonly Renumbered[]): Promise<void>;
  /** A server did something else than it was asked, or something is no longer where it was. */
  fromTracker(notice: Notice): Promise<void>;
}

/** What every store is made from. */
export interface StoreParts {
  readonly context: vscode.ExtensionContext;
  readonly folder: vscode.WorkspaceFolder;
  readonly paths: WorkspacePaths;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly notices: StoreNotices;
  /** What the issues are searched with, by the window and by the store. */
  readonly issueIndex: () => Promise<IssueIndex>;
  /** What this machine keeps for the desk as one of plain files. */
  readonly memory: DeskMemory;
  /** The workspace's files, safe to write. */
  readonly files: Files;
  /** The desk as its file has it. */
  readonly desk: () => Desk;
}

/** Stands for a place that cannot be used: whatever is asked of it fails so, and nothing is sent anywhere. */
export function noStore(id: string, memory: DeskMemory, failure: Failure): Store {
  const fail = async (): Promise<{ readonly kind: "failed"; readonly failure: Failure }> => failed(failure);
  return {
    tracker: { list: fail, get: fail, create: fail, edit: fail, comment: fail, link: fail, relations: fail, timeline: fail, search: fail, forms: fail },
    id,
    memory,
    now: () => ({ kind: "github", server: "", signedIn: false, repositories: [] }),
    place: (desk) => desk,
    reload: async () => {},
    knownMe: () => undefined,
    me: fail,
    remembered: async () => undefined,
    follow() {},
    noteReading() {},
    askAgain() {},
    dispose() {},
  };
}
