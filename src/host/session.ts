import type * as vscode from "vscode";
import type { Desk, DeskProblemCode } from "../core/desk/desk";
import type { BusinessTime } from "../core/duty/businessTime";
import type { ClosingsProblem } from "../core/duty/closing";
import type { ResponseClock } from "../core/duty/responseClock";
import type { Holders } from "../core/duty/turn";
import type { Instant, Issue, IssueSnapshot } from "../core/issue/issue";
import type { IssueFacts } from "../core/issue/issueFacts";
import type { IssueIndex } from "../core/issue/issueIndex";
import type { IssueRef } from "../core/issue/issueRef";
import type { Operation, OperationKey, PendingOperation } from "../core/issue/operation";
import type { Submission, Wish } from "../core/issue/outbox";
import type { UnreadableChange } from "../core/issue/outboxEntries";
import type { WaitingOperation, Withdrawal } from "../core/issue/waitingOperation";
import type { Clock, Files, Ids, IssueTracker, Log, Memory } from "../core/ports";
import type { Problem } from "../core/problem";
import type { Result } from "../core/result";
import type { Runbook } from "../core/runbook/runbook";
import type { GithubAccount } from "./platform/githubAccount";
import type { WorkspacePaths } from "./platform/workspacePaths";
import type { SessionEvents } from "./sessionEvents";
import type { LinkShelf } from "./stores/linkShelf";
import type { StoreNow } from "./stores/store";

/** One desk at work in one workspace folder, with the runbooks of all: what the views show and the commands act on. Opened on first need. */
export interface DeskSession extends SessionEvents, vscode.Disposable {
  readonly folder: vscode.WorkspaceFolder;
  /** Where the runbooks of all the window's folders lie. */
  readonly paths: WorkspacePaths;
  readonly tracker: IssueTracker;
  readonly files: Files;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  desk(): DeskNow;
  /** The last snapshot with pending writes already applied; `undefined` before the first reading ended. */
  issues(): IssueSnapshot | undefined;
  issue(ref: IssueRef): Issue | undefined;
  /** How the desk counts time, its calendars considered. */
  time(): BusinessTime;
  /** What finds issues that look alike; it knows those that were given to its `add`. */
  issueIndex(): Promise<IssueIndex>;
  /** What an issue is to the desk, worked out once for each version of it. */
  factsOf(issue: Issue): IssueFacts;
  /** When what is due on an issue. */
  clockOf(issue: Issue): ResponseClock;
  /** Calendars that the desk names and that are not considered, and why. */
  calendarProblems(): readonly ClosingsProblem[];
  /** What issues are linked to where their texts do not tell it all. */
  readonly links: LinkShelf;
  /** Where the issues are kept, and who is signed in there. */
  store(): StoreNow;
  /** Who is signed in; `undefined` where nobody needs to be. */
  account(): GithubAccount | undefined;
  /** When the issues were as they are shown, if the last reading failed or none has ended yet; `undefined` when they are current. */
  asOf(): Instant | undefined;
  /** Why the last reading failed, if it did. */
  failure(): Extract<Result<never>, { kind: "failed" }> | undefined;
  refresh(): Promise<void>;
  /** All runbooks of the desk, those in further workspace folders with them, ordered by path. */
  runbooks(): Promise<readonly Runbook[]>;
  isRunbook(path: string): boolean;
  /** Where people can read a runbook on the web, if it is there. */
  runbookUrl(path: string): string | undefined;
  /** A runbook as it is now, unsaved editor text included; `undefined` when it is gone. */
  runbook(path: string): Promise<Runbook | undefined>;
  /** Stores the operation durably, shows it at once, carries it out, and gives what came of it. Only one that `failed` may be asked for anew. */
  submit(operation: Operation, key?: OperationKey): Promise<Submission>;
  /** Stores several operations, all or none, and carries each out by itself; gives what each came to, and tells how many have come to something so far. */
  submitAll(wishes: readonly Wish[], ended: (count: number) => void): Promise<Result<readonly Submission[]>>;
  pending(): readonly PendingOperation[];
  /** What is pending with what is known of the attempts. */
  waiting(): readonly WaitingOperation[];
  /** Stored changes that cannot be understood: they are never sent, and left alone. */
  unreadable(): readonly UnreadableChange[];
  /** Such a change as it is stored. */
  unreadableText(place: string): Promise<Result<string>>;
  /** Removes such a change for good. */
  discardUnreadable(place: string): Promise<Result<void>>;
  /** Which alarms were told on this machine. */
  alarmMemory(): Memory;
  /** Sends what is held for undo, and settles when nothing is being sent any more or the editor waits no longer. */
  close(): Promise<void>;
  /** Tries one pending operation, or all, again now; `queued` while it, or one of them, still waits. Tells a final refusal itself. */
  retryPending(key?: OperationKey): Promise<Result<void> | Submission>;
  /** Takes a pending operation back, for good. */
  dropPending(key: OperationKey): Promise<Withdrawal>;
  /** Makes this login the one who asked for a pending change. */
  takeOverPending(key: OperationKey, by: string): Promise<Withdrawal>;
  /** Puts another text in a pending operation's place, to be tried as soon as it can be. */
  replacePending(key: OperationKey, operation: Operation): Promise<Withdrawal>;
  /** The login of the person at the keyboard; asks once when it is not known. `undefined` when they dismiss the question. */
  me(): Promise<string | undefined>;
  /** The login if it is known, without asking. */
  knownMe(): string | undefined;
  /** Who holds each duty role now. */
  holders(): Holders;
  /** Whether writing is allowed: false in an untrusted workspace. */
  writable(): boolean;
  /** Folder of the desk's configuration and runbooks from the workspace folder, as in `runbooks`. */
  deskFolder(): string;
}

export interface DeskNow {
  readonly desk: Desk;
  /** Workspace path of `desk.yml`; absent when the defaults are in use. */
  readonly path?: string;
  readonly problems: readonly Problem<DeskProblemCode>[];
  /** True when `desk.yml` is broken and the last good desk (or the defaults) is in use. */
  readonly stale: boolean;
}

/** Opens the desk on first need and keeps it. Fails only when no folder is open. */
export type OpenSession = () => Promise<Result<DeskSession>>;
