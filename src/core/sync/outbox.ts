import { sameData } from "../model/plainData";
import type { Failure } from "../model/failure";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import type { IssueRef } from "../model/issueRef";
import { sameLogin } from "../model/names";
import type { Operation, OperationKey, PendingOperation } from "../model/operation";
import type { Clock, Ids, IssueTracker, Log, Memory } from "../model/ports";
import { createKeyedQueue, runInBackground } from "../model/queues";
import { failed, ok, type Result } from "../model/result";
import { comesFirst, lanesOf } from "./lanes";
import { createEntries, orderMarks, orderMoments, outboxPrefix, type UnreadableChange, withAuthor } from "./outboxEntries";
import { type Entry, type PendingChange, showEntries, type Withdrawal } from "./pendingOperation";
import { type Outcome, performOperation } from "./performOperation";
import { isTransient, retryDelay } from "./retryPolicy";
import { requestedAt } from "./seenStamps";

/** Stores every intended write on disk before the first attempt and until it is done. */
export interface Outbox {
  /**
   * Stores the operation, carries it out and returns its result. Operations on one issue run in the order of submission,
   * operations on different issues concurrently. A key that is already pending is not added again. After a transient failure
   * the operation is `queued`: it is retried before the next operation on its issue, and by `replay`. A final refusal (such as
   * a deleted issue or a broken file) is returned to the submitter, who must report it, and only then removed.
   */
  submit(operation: Operation, by: string, key?: OperationKey): Promise<Submission>;
  /**
   * Stores several operations atomically, then carries each out like `submit`. Results are in the order of the requests.
   * Storing the same keys again has no effect.
   */
  submitAll(requests: readonly OperationRequest[], by: string): readonly Promise<Submission>[];
  /** Pending operations, oldest first. */
  pending(): readonly PendingOperation[];
  /** Pending operations with the state of their attempts, oldest first. */
  pendingChanges(): readonly PendingChange[];
  /** Retries one operation now, even during its undo window, after the operations that must come first. Resolves like `submit`. */
  retry(key: OperationKey): Promise<Submission>;
  /** Discards one operation: removes it from memory, then from the outbox. An operation that is being sent is left alone. */
  discardPending(key: OperationKey): Promise<Withdrawal>;
  /**
   * Replaces a pending operation by another one on the same issue, under the same key. At any time one of the two is stored,
   * and the new one is due immediately. If the first one was written without confirmation, the second has no effect: see
   * `unsure`.
   */
  replace(key: OperationKey, operation: Operation): Promise<Withdrawal>;
  /** Changes the person who requested the operation. */
  claim(key: OperationKey, by: string): Promise<Withdrawal>;
  /** Operations that were done since the last `forget`. An earlier snapshot does not contain them yet. */
  landed(): readonly PendingOperation[];
  /** Removes done operations that a fresh snapshot contains. */
  forget(done: readonly PendingOperation[]): void;
  /**
   * Attempts all stored operations of all windows. Returns the final refusals to report to a person, each exactly once and without
   * those returned to a submitter. Safe while another window does the same.
   */
  replay(): Promise<readonly Refusal[]>;
  /** Loads stored operations and returns those that this window did not know. They were requested by another window, which may not have sent them. */
  load(): Promise<readonly PendingOperation[]>;
  /** Stored changes that could not be parsed at the last load. They are kept and never sent. */
  unreadable(): readonly UnreadableChange[];
  /** The stored text of an unreadable change. */
  text(place: string): Promise<Result<string>>;
  /** Deletes an unreadable change. */
  discard(place: string): Promise<Result<void>>;
  /** Ends all undo windows and resolves when nothing is being sent. */
  finish(): Promise<void>;
  /** Calls the listener after `pending`, `landed` or `unreadable` changed. Returns a function that removes the listener. */
  onChange(listener: () => void): () => void;
}

/** The result of submitting an operation. */
export type Submission =
  | { readonly kind: "done"; readonly outcome: Outcome }
  /** It is stored and will be sent. Submitting it again would write it twice. `failure` is the known reason for the delay. */
  | { readonly kind: "queued"; readonly failure?: Failure }
  /** It is no longer pending: it was discarded, or another window has written it. */
  | { readonly kind: "withdrawn" }
  /** It was refused for good or could not be stored. Nothing of it is pending. */
  | { readonly kind: "failed"; readonly failure: Failure };

/** An operation with the key chosen by the requester. */
export interface OperationRequest {
  readonly key: OperationKey;
  readonly operation: Operation;
}

/** An operation that was refused for good, and the reason. */
export interface Refusal {
  readonly pending: PendingOperation;
  readonly failure: Failure;
}

export interface OutboxParts {
  readonly memory: Memory;
  readonly tracker: IssueTracker;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** The login that the tracker is signed in with, if it has accounts. Operations that other people requested are not sent with it. */
  readonly account?: () => Promise<Result<string>>;
  /** Duration of the undo window before the first attempt, in milliseconds. Default: none. */
  readonly undoMilliseconds?: (operation: Operation) => number;
  /** The issue as the requester sees it. Their change counts after what it replaces, even if the clock of their machine is behind. */
  readonly seen?: (ref: IssueRef) => Issue | undefined;
}

/** Creates an outbox that stores operations in `memory` until `tracker` confirms them. It starts nothing by itself. */
export function createOutbox({ memory, tracker, clock, ids, log, account, undoMilliseconds = () => 0, seen = () => undefined }: OutboxParts): Outbox {
  const entries = createEntries(memory, clock, log);
  const done: PendingOperation[] = [];
  const listeners = new Set<() => void>();
  const inTurn = createKeyedQueue();
  const order = orderMarks();
  const momentOf = orderMoments();
  let count = 0;

  function changed(): void {
    for (const listener of [...listeners]) listener();
  }

  function attempt(entry: Entry): Promise<Result<Outcome>> {
    entry.attempt ??= inTurn(lanesOf(entry.pending), () => tryInOrder(entry)).finally(() => {
      entry.attempt = undefined;
      if (entry.result === undefined) changed();
    });
    return entry.attempt;
  }

  async function tryInOrder(entry: Entry): Promise<Result<Outcome>> {
    const all = entries.all();
    const earlier = all.slice(0, Math.max(all.indexOf(entry), 0)).filter((each) => comesFirst(each.pending, entry.pending));
    for (const each of earlier) {
      const result = await perform(each, "keep");
      if (result.kind === "failed" && isTransient(result.failure)) return result;
    }
    return perform(entry, "discard");
  }

  /** A refused operation without a waiting submitter is kept, so that `replay` can report it. */
  async function perform(entry: Entry, whenRefused: "keep" | "discard"): Promise<Result<Outcome>> {
    const stored = await entry.stored;
    await entry.undoWindow?.over;
    while (entry.changing !== undefined) await entry.changing;
    if (entry.result !== undefined) return entry.result;
    entry.sending = true;
    if (entry.attempts > 0) changed();
    try {
      return stored.kind === "failed" ? entries.settle(entry, stored) : await send(entry, whenRefused);
    } catch (error) {
      // An unexpected error would probably happen again, so only a person can retry.
      entry.attempts += 1;
      entry.unsure = true;
      entry.nextAt = undefined;
      throw error;
    } finally {
      entry.sending = false;
      changed();
    }
  }

  async function send(entry: Entry, whenRefused: "keep" | "discard"): Promise<Result<Outcome>> {
    const fresh = await entries.readAgain(entry);
    const mine = fresh.kind === "ok" ? await ours(entry.pending) : fresh;
    const tried = mine.kind === "ok" ? await performOperation(guarded(entry), entry.pending, entry.unsure) : mine;
    // The account may have changed since the attempt started. If so, that is the reason for the delay.
    const now = tried.kind === "failed" && tried.failure.kind === "signedOut" ? await ours(entry.pending) : undefined;
    const result = now?.kind === "failed" ? now : tried;
    if (result.kind === "ok") {
      entries.settle(entry, result);
      done.push(entry.pending);
      await entries.forget(entry);
      return result;
    }
    if (result.failure.kind === "discarded") return entries.settle(entry, result);
    if (!isTransient(result.failure) && whenRefused === "discard") {
      setAside(entry);
      return entries.settle(entry, result);
    }
    note(entry, result.failure);
    return result;
  }

  /**
   * The tracker for one operation. Before each write it checks that the account is still the requester's, and with the first
   * write it marks the operation as started.
   */
  function guarded(entry: Entry): IssueTracker {
    const guard = async <T>(write: () => Promise<Result<T>>): Promise<Result<T>> => {
      const mine = await ours(entry.pending);
      if (mine.kind === "failed") return mine;
      const result = await write();
      entry.unsure ||= result.kind === "ok";
      return result;
    };
    return {
      ...tracker,
      create: (draft, key) => guard(() => tracker.create(draft, key)),
      edit: (ref, change, key) => guard(() => tracker.edit(ref, change, key)),
      comment: (ref, markdown, key) => guard(() => tracker.comment(ref, markdown, key)),
      link: (parent, child, relation, step) => guard(() => tracker.link(parent, child, relation, step)),
    };
  }

  async function ours({ by }: PendingOperation): Promise<Result<void>> {
    const login = await account?.();
    if (login === undefined) return ok(undefined);
    if (login.kind === "failed") return login;
    return sameLogin(login.value, by) ? ok(undefined) : failed({ kind: "otherAccount", by, login: login.value });
  }

  function note(entry: Entry, failure: Failure): void {
    const now = clock.now();
    log.error(`A change could not be written yet and stays pending: ${failure.kind}`);
    entry.attempts += 1;
    entry.failure = failure;
    entry.unsure ||= failure.kind === "offline" || failure.kind === "serverError";
    const delay = retryDelay(failure, entry.attempts, now);
    entry.nextAt = delay === undefined ? undefined : instantAt(millisecondsOf(now) + delay * 1000);
  }

  /** Removes a refused operation after its submitter has been notified. */
  function setAside(entry: Entry): void {
    runInBackground(Promise.resolve().then(() => entry.attempt).then(() => entries.forget(entry)), log);
  }

  /** Replaces a stored operation. The new one is due immediately. */
  async function store(entry: Entry, pending: PendingOperation): Promise<Result<void>> {
    const written = await memory.write(entry.place, pending);
    if (written.kind === "failed") return written;
    entry.pending = pending;
    entry.failure = undefined;
    entry.nextAt = clock.now();
    return written;
  }

  async function withdraw(key: OperationKey, job: (entry: Entry) => Promise<Result<void>>): Promise<Withdrawal> {
    const withdrawal = await entries.withdraw(key, job);
    if (withdrawal.kind === "ok") changed();
    return withdrawal;
  }

  /** Converts the result of an attempt for the submitter. */
  function submissionOf(entry: Entry, result: Result<Outcome>): Submission {
    if (result.kind === "ok") return { kind: "done", outcome: result.value };
    if (result.failure.kind === "discarded") return { kind: "withdrawn" };
    return entry.result === undefined ? { kind: "queued", failure: result.failure } : result;
  }

  /** Claims the report of a refusal. Returns true once per refusal. */
  function claim(entry: Entry, result: Result<Outcome>): result is Extract<Result<never>, { kind: "failed" }> {
    if (result.kind === "ok" || isTransient(result.failure) || result.failure.kind === "discarded" || entry.reported) return false;
    entry.reported = true;
    return true;
  }

  function submitAll(requests: readonly OperationRequest[], by: string): readonly Promise<Submission>[] {
    const at = clock.now();
    const fresh = requests.filter(({ key }) => entries.find(key) === undefined);
    if (fresh.length > 0) entries.store(fresh.map((request) => ({ place: nextStorageKey(at), pending: pendingOf(request, by, at) })));
    const results = requests.map(({ key }) => {
      const entry = entries.find(key);
      return entry === undefined ? Promise.resolve({ kind: "withdrawn" as const }) : ask(entry);
    });
    if (fresh.length > 0) changed();
    return results;
  }

  async function ask(entry: Entry): Promise<Submission> {
    const result = await attempt(entry);
    claim(entry, result);
    return submissionOf(entry, result);
  }

  function pendingOf({ key, operation }: OperationRequest, by: string, now: Instant): PendingOperation {
    const at = momentOf(operation, requestedAt(operation, now, seen));
    const pause = undoMilliseconds(operation);
    const notBefore = pause > 0 ? { notBefore: instantAt(millisecondsOf(at) + pause) } : {};
    return { key, at, by, operation: order(operation, by, at), ...notBefore };
  }

  function nextStorageKey(at: Instant): string {
    count += 1;
    return `${outboxPrefix}${at}/${String(count).padStart(6, "0")}/${ids.next()}`;
  }

  return {
    submit: async (operation, by, key = ids.next()) => submitAll([{ key, operation }], by)[0] ?? { kind: "withdrawn" },
    submitAll,

    pending: () => entries.all().map(({ pending }) => pending),
    pendingChanges: () => showEntries(entries.all()),

    async retry(key) {
      const entry = entries.find(key);
      entry?.undoWindow?.release();
      if (entry === undefined) return { kind: "withdrawn" };
      const result = await attempt(entry);
      // A refusal that was returned to another submitter has already been reported.
      const submission = submissionOf(entry, result);
      return submission.kind === "failed" && !claim(entry, result) ? { kind: "withdrawn" } : submission;
    },

    discardPending: (key) =>
      withdraw(key, async (entry) => {
        const removed = await memory.remove(entry.place);
        if (removed.kind === "ok") entries.settle(entry, failed({ kind: "discarded" }));
        return removed;
      }),

    replace: (key, operation) =>
      withdraw(key, async (entry) => {
        const pending = { ...entry.pending, operation };
        if (lanesOf(pending).join() !== lanesOf(entry.pending).join()) throw new Error("An operation is replaced by one on another issue");
        return store(entry, pending);
      }),

    claim: (key, by) => withdraw(key, (entry) => store(entry, { ...entry.pending, by, operation: withAuthor(entry.pending.operation, by) })),

    landed: () => [...done],

    forget(shown) {
      const keys = new Set(shown.map(({ key }) => key));
      done.splice(0, done.length, ...done.filter(({ key }) => !keys.has(key)));
    },

    async load() {
      const before = entries.unreadable();
      const added = await entries.load();
      if (added.length > 0 || !sameData(before, entries.unreadable())) changed();
      return added;
    },

    unreadable: () => entries.unreadable(),
    text: (place) => memory.text(place),

    async discard(place) {
      const discarded = await entries.discard(place);
      changed();
      return discarded;
    },

    async finish() {
      const ours = entries.all().filter(({ own, undoWindow }) => own || undoWindow === undefined);
      for (const { undoWindow } of ours) undoWindow?.release();
      await Promise.allSettled(ours.flatMap(({ attempt }) => attempt ?? []));
    },

    async replay() {
      await entries.load();
      const attempts = entries.all().map(async (entry): Promise<readonly Refusal[]> => {
        try {
          const result = await attempt(entry);
          return claim(entry, result) ? [{ pending: entry.pending, failure: result.failure }] : [];
        } catch (error) {
          // Continue with the other operations.
          log.error(`A stored change could not be tried: ${String(error)}`);
          return [];
        }
      });
      changed();
      return (await Promise.all(attempts)).flat();
    },

    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
