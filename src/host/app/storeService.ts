import type * as vscode from "vscode";
import type { Desk } from "../../core/model/desk";
import type { IssueSnapshot } from "../../core/model/issue";
import type { IssueTracker, Memory } from "../../core/model/ports";
import type { Result } from "../../core/model/result";
import { dataChangeEvent, type NewEmitter } from "./changeEvent";
import type { Store, StoreNow } from "./store/store";

/** Where the issues are kept, and whether it can be read. */
export interface StoreService {
  /** The tracker of the store in use. Changes go through `PendingService`, never straight to the tracker. */
  readonly tracker: IssueTracker;
  now(): StoreNow;
  /** Why the last reading failed, if it did. */
  failure(): ReadingFailure | undefined;
  /** Which reminders were shown on this machine. */
  alarmMemory(): Memory;
  /** Fires after another store is in use, its account changed, or reading began to fail or to succeed. */
  readonly onDidChange: vscode.Event<void>;
}

type ReadingFailure = Extract<Result<never>, { readonly kind: "failed" }>;

export interface OwnedStoreService extends StoreService, vscode.Disposable {
  /** The store in use. */
  current(): Store;
  /** Whether the last reading succeeded. */
  isCurrent(): boolean;
  /** Takes note of how a reading of the store in use ended. */
  noteReading(result: Result<IssueSnapshot>): void;
  /** Opens the store that the settings name now, if it is another one, and closes the one before. Gives whether it did. */
  replace(): Promise<boolean>;
  place(desk: Desk): Desk;
  announce(): void;
}

interface StoreServiceDeps {
  /** The id of the store that the settings name. */
  readonly chosen: () => string;
  readonly open: () => Promise<Store>;
  readonly newEmitter: NewEmitter;
}

/** Opens the store that the settings name. */
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
    failure: () => failure,
    alarmMemory: () => store.memory.alarms,
    onDidChange: changed.event,
    current: () => store,
    isCurrent: () => current,
    noteReading(result) {
      failure = result.kind === "failed" ? result : undefined;
      current = result.kind === "ok";
      store.noteReading(result);
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
    place: (desk) => store.place(desk),
    announce: () => changed.compare(),
    dispose() {
      store.dispose();
      changed.dispose();
    },
  };
}
