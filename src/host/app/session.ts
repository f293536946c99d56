import type * as vscode from "vscode";
import type { Clock, Files, Ids, Log } from "../../core/model/ports";
import type { Result } from "../../core/model/result";
import type { WorkspacePaths } from "../platform/workspacePaths";
import type { AccountService } from "./accountService";
import type { ClockService } from "./clockService";
import type { DeliveryService } from "./deliveryService";
import type { DeskService } from "./deskService";
import type { IssueService } from "./issueService";
import type { LinkService } from "./linkService";
import type { MetricsService } from "./metricsService";
import type { PendingService } from "./pendingService";
import type { PostmortemLibrary } from "./postmortemLibrary";
import type { RunbookService } from "./runbookService";
import type { StoreService } from "./storeService";
import type { Ticker } from "./ticker";
import type { TriageTimers } from "./triageTimers";

/** The desk of one workspace folder: its services and the ports they share. */
export interface DeskSession extends vscode.Disposable {
  readonly folder: vscode.WorkspaceFolder;
  /** Paths of the files in all folders of the window. */
  readonly paths: WorkspacePaths;
  readonly files: Files;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly desk: DeskService;
  readonly issues: IssueService;
  readonly links: LinkService;
  readonly pending: PendingService;
  readonly deliveries: DeliveryService;
  readonly runbooks: RunbookService;
  readonly postmortems: PostmortemLibrary;
  readonly clocks: ClockService;
  readonly metrics: MetricsService;
  readonly account: AccountService;
  readonly store: StoreService;
  readonly ticker: Ticker;
  readonly triage: TriageTimers;
  /** Reads everything again and retries pending changes. */
  refresh(): Promise<void>;
  /** Sends what is delayed for undo. Resolves when nothing is being sent any more, or after the time that VS Code allows. */
  close(): Promise<void>;
}

/** Opens the desk when first needed and returns the same one afterwards. Fails only if no folder is open. */
export type OpenSession = () => Promise<Result<DeskSession>>;
