import type * as vscode from "vscode";
import { runInBackground } from "../../core/model/queues";
import { sameData } from "../../core/model/plainData";
import type { Issue } from "../../core/model/issue";
import type { IssueRef } from "../../core/model/issueRef";
import type { Operation, OperationKey, PendingOperation } from "../../core/model/operation";
import type { Clock, Ids, Log } from "../../core/model/ports";
import { failed, ok, type Result } from "../../core/model/result";
import { createOutbox, type OperationRequest, type Outbox, type Submission } from "../../core/sync/outbox";
import type { UnreadableChange } from "../../core/sync/outboxEntries";
import type { PendingChange, Withdrawal } from "../../core/sync/pendingOperation";
import { retryWhenDue } from "../../core/sync/retryTimer";
import { pendingBetween } from "../../core/sync/snapshotChange";
import type { AccountService } from "./accountService";
import { changeEvent, type NewEmitter } from "./changeEvent";
import type { Notices } from "./notices";
import type { Store } from "./store/store";

/** Pending changes. Every write is stored here first and stays until the store confirmed it. */
export interface PendingService {
  /**
   * Stores the operation, shows its effect immediately, sends it, and returns the outcome. Call it again only for an operation
   * whose outcome is `failed`.
   */
  submit(operation: Operation, key?: OperationKey): Promise<Submission>;
  /** Stores several operations, all or none, and sends each separately. Calls `ended` with the number of outcomes so far. */
  submitAll(requests: readonly OperationRequest[], ended?: (count: number) => void): Promise<Result<readonly Submission[]>>;
  /** The operations that are stored and not done, oldest first. */
  operations(): readonly PendingOperation[];
  /** The same with the state of their attempts. */
  waiting(): readonly PendingChange[];
  /** Retries one pending change, or all. Returns `queued` while any of them is still pending. Shows a notification for a final rejection. */
  retry(key?: OperationKey): Promise<Result<void> | Submission>;
  /** Removes a pending change for good. */
  discard(key: OperationKey): Promise<Withdrawal>;
  /** Makes this login the author of a pending change. */
  changeAuthor(key: OperationKey, by: string): Promise<Withdrawal>;
  /** Replaces the operation of a pending change and retries it as soon as possible. */
  replace(key: OperationKey, operation: Operation): Promise<Withdrawal>;
  /** Stored changes that cannot be read. They are never sent and never changed. */
  unreadable(): readonly UnreadableChange[];
  /** The stored text of such a change. */
  unreadableText(place: string): Promise<Result<string>>;
  /** Removes such a change for good. */
  discardUnreadable(place: string): Promise<Result<void>>;
  /** Fires with the changes that were added, removed or attempted; with none when only the unreadable ones changed. */
  readonly onDidChange: vscode.Event<readonly PendingOperation[]>;
}

export interface OwnedPendingService extends PendingService, vscode.Disposable {
  /** Operations that are done but not part of a read yet. */
  confirmed(): readonly PendingOperation[];
  /** Forgets operations that are part of a read. */
  forget(done: readonly PendingOperation[]): void;
  /** Sends everything that is stored, from all windows. */
  replay(): Promise<void>;
  /** Sends what earlier windows left unsent, and shows a notification. */
  sendUnsent(): Promise<void>;
  /** Sends what is delayed for undo. Resolves when nothing is being sent any more. */
  finish(): Promise<void>;
  announce(): void;
}

interface PendingServiceDeps {
  /** The current store. Changes that were stored for another one stay pending there. */
  readonly store: () => Store;
  readonly account: Pick<AccountService, "login" | "writable">;
  readonly notices: Pick<Notices, "refused" | "sendingLeft" | "held">;
  readonly read: () => Promise<void>;
  /** Shows the writes to these issues. */
  readonly showWritten: (refs: readonly IssueRef[]) => Promise<void>;
  /** Fires the events of all services that have changes. */
  readonly changed: () => void;
  /** The issue as the user sees it. */
  readonly seen?: (ref: IssueRef) => Issue | undefined;
  readonly newEmitter: NewEmitter;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** Creates one outbox per store, when the store is first used. */
export function createPendingService(deps: PendingServiceDeps): OwnedPendingService {
  const { store, account, notices, read, showWritten, changed, newEmitter, clock, ids, log } = deps;
  let running = startOutbox(store());
  const changes = changeEvent<PendingState, readonly PendingOperation[]>(newEmitter, () => ({ waiting: outbox().pendingChanges(), unreadable: outbox().unreadable() }), (before, now) => {
    const between = pendingBetween(before.waiting, now.waiting);
    return between.length > 0 || !sameData(before.unreadable, now.unreadable) ? [between] : [];
  });

  function startOutbox(of: Store): RunningOutbox {
    const made = createOutbox({
      memory: of.memory.main, tracker: of.tracker, clock, ids, log,
      ...(deps.seen === undefined ? {} : { seen: deps.seen }),
      undoMilliseconds: (operation) => of.undoMilliseconds?.(operation) ?? 0,
      ...(of.account === undefined ? {} : { account: of.account.login }),
    });
    const listening = made.onChange(changed);
    const retrying = retryWhenDue(made, clock, log, retryOne);
    return { of, outbox: made, stop: () => (listening(), retrying()) };
  }

  /** The outbox of the current store. Changes that are being sent to another store complete. */
  function outbox(): Outbox {
    if (running.of !== store()) {
      running.stop();
      running = startOutbox(store());
    }
    return running.outbox;
  }

  async function replay(): Promise<void> {
    if (!account.writable()) return;
    const current = outbox();
    const refusals = await current.replay();
    if (current.landed().length > 0) await read();
    for (const refusal of refusals) runInBackground(notices.refused(refusal), log);
  }

  /** Retries one stored change and returns why it is still pending. */
  async function retryOne(key: OperationKey): Promise<Result<void> | Submission> {
    if (!account.writable()) return failed({ kind: "untrusted" });
    const current = outbox();
    const pending = current.pending().find((each) => each.key === key);
    const submission = await current.retry(key);
    if (current.landed().length > 0) await read();
    if (submission.kind !== "failed" || pending === undefined) return submission;
    runInBackground(notices.refused({ pending, failure: submission.failure }), log);
    return ok(undefined);
  }

  async function submitAll(requests: readonly OperationRequest[], ended: (count: number) => void = () => undefined): Promise<Result<readonly Submission[]>> {
    if (!account.writable()) return failed({ kind: "untrusted" });
    const of = store();
    const current = outbox();
    // A panel may send a change again after it was restored. It is already stored, so no login is needed.
    const stored = current.pending().find(({ key }) => requests.some((request) => request.key === key));
    const by = stored === undefined ? await account.login() : ok(stored.by);
    if (by.kind === "failed") return by;
    of.resetConsent();
    let count = 0;
    const sent = current.submitAll(requests, by.value);
    for (const [index, { key, operation }] of stored === undefined ? requests.entries() : []) {
      const pause = of.undoMilliseconds?.(operation) ?? 0;
      if (pause > 0) runInBackground(notices.held({ operation, pause, settled: sent[index] ?? Promise.resolve(), discard: () => current.discardPending(key) }), log);
    }
    const results = await Promise.all(sent.map((result) => result.finally(() => ended(++count))));
    // If nothing can be written, a read would probably fail too, and would show nothing new.
    if (results.every(({ kind }) => kind === "queued")) runInBackground(read(), log);
    else if (results.some(({ kind }) => kind !== "done")) await read();
    else await showWritten(results.flatMap((result) => (result.kind === "done" ? [result.outcome.ref] : [])));
    return ok(results);
  }

  return {
    async submit(operation, key = ids.next()) {
      const results = await submitAll([{ key, operation }]);
      return results.kind === "failed" ? results : (results.value[0] ?? { kind: "withdrawn" });
    },
    submitAll,
    operations: () => outbox().pending(),
    waiting: () => outbox().pendingChanges(),
    async retry(key) {
      if (key !== undefined) return retryOne(key);
      if (!account.writable()) return failed({ kind: "untrusted" });
      await replay();
      const failure = outbox().pendingChanges().find((each) => each.failure !== undefined)?.failure;
      return failure === undefined ? ok(undefined) : { kind: "queued", failure };
    },
    discard: (key) => outbox().discardPending(key),
    changeAuthor: (key, by) => outbox().claim(key, by),
    replace: (key, operation) => outbox().replace(key, operation),
    unreadable: () => outbox().unreadable(),
    unreadableText: (place) => outbox().text(place),
    discardUnreadable: (place) => outbox().discard(place),
    onDidChange: changes.event,
    confirmed: () => outbox().landed(),
    forget: (done) => outbox().forget(done),
    replay,
    async sendUnsent() {
      if (!account.writable()) return;
      const left = await outbox().load();
      if (left.length > 0) runInBackground(notices.sendingLeft(left), log);
      await replay();
    },
    finish: () => outbox().finish(),
    announce: () => changes.compare(),
    dispose() {
      running.stop();
      changes.dispose();
    },
  };
}

interface RunningOutbox {
  readonly of: Store;
  readonly outbox: Outbox;
  readonly stop: () => void;
}

interface PendingState {
  readonly waiting: readonly PendingChange[];
  readonly unreadable: readonly UnreadableChange[];
}
