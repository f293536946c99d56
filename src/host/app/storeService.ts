import type * as vscode from "vscode";
import type { FileHistory } from "../../core/metrics/history/deskVersions";
import type { Desk } from "../../core/model/desk";
import type { IssueSnapshot } from "../../core/model/issue";
import type { IssueTracker, Memory, Publisher } from "../../core/model/ports";
import type { Result } from "../../core/model/result";
import type { FolderReading, FolderRecords } from "../../trackers/files/readRecords";
import type { GithubRecords, HistoryOptions } from "../../trackers/github/history/readRecords";
import { dataChangeEvent, type NewEmitter } from "./changeEvent";
import type { Store, StoreNow } from "./store/store";

/** The issue storage in use, and whether it can be read. */
export interface StoreService {
  /** The tracker of the current store. Changes go through `PendingService`, never directly to the tracker. */
  readonly tracker: IssueTracker;
  now(): StoreNow;
  /** Publishes files of the workspace where the issues are; `undefined` if they are in files. */
  publisher(): Publisher | undefined;
  /** Reads all issues in plain files with their events; `undefined` if they are on a server. */
  records(reading: FolderReading): Promise<Result<FolderRecords>> | undefined;
  /** Reads all issues with their events; `undefined` if they are in files. */
  histories(options: HistoryOptions): Promise<Result<GithubRecords>> | undefined;
  /** The history of the desk's files on the server of the issues, if it has them. */
  deskHistory(deskFolder: string): FileHistory | undefined;
  /** Why the last read failed, if it did. */
  failure(): ReadingFailure | undefined;
  /** Which reminders were shown on this machine. */
  alarmMemory(): Memory;
  /** Fires after the store or its account changed, or a read failed or succeeded for the first time. */
  readonly onDidChange: vscode.Event<void>;
}

type ReadingFailure = Extract<Result<never>, { readonly kind: "failed" }>;

export interface OwnedStoreService extends StoreService, vscode.Disposable {
  /** The current store. */
  current(): Store;
  /** Whether the last read succeeded. */
  isCurrent(): boolean;
  /** Records the result of a read of the current store. */
  recordRead(result: Result<IssueSnapshot>): void;
  /** Opens the store in the settings if it is another one, and closes the old one. Returns whether it did. */
  replace(): Promise<boolean>;
  withDefaultRepository(desk: Desk): Desk;
  announce(): void;
}

interface StoreServiceDeps {
  /** The id of the store in the settings. */
  readonly chosen: () => string;
  readonly open: () => Promise<Store>;
  readonly newEmitter: NewEmitter;
}

/** Opens the store in the settings. */
export async function createStoreService({ chosen, open, newEmitter }: StoreServiceDeps): Promise<OwnedStoreService> {
  let store = await open();
  let failure: ReadingFailure | undefined;
  let current = false;
  const changed = dataChangeEvent(newEmitter, () => ({ id: store.id, now: store.now(), failure, current }));

  return {
    get tracker() {
      return store.tracker;
    },
    now: () => store.now(),
    publisher: () => store.publisher,
    records: (reading) => store.records?.(reading),
    histories: (options) => store.histories?.(options),
    deskHistory: (deskFolder) => store.deskHistory?.(deskFolder),
    failure: () => failure,
    alarmMemory: () => store.memory.alarms,
    onDidChange: changed.event,
    current: () => store,
    isCurrent: () => current,
    recordRead(result) {
      failure = result.kind === "failed" ? result : undefined;
      current = result.kind === "ok";
      store.recordRead(result);
    },
    async replace() {
      if (chosen() === store.id) return false;
      const next = await open();
      store.dispose();
      store = next;
      failure = undefined;
      current = false;
      return true;
    },
    withDefaultRepository: (desk) => store.withDefaultRepository(desk),
    announce: () => changed.compare(),
    dispose() {
      store.dispose();
      changed.dispose();
    },
  };
}
