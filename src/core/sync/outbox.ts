import { runInBackground } from "../model/background";
import { sameData } from "../model/equality";
import type { Failure } from "../model/failure";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import { sameLogin } from "../model/names";
import type { Operation, OperationKey, PendingOperation } from "../model/operation";
import type { Clock, Ids, IssueTracker, Log, Memory } from "../model/ports";
import { createKeyedQueue } from "../model/queues";
import { failed, ok, type Result } from "../model/result";
import { comesFirst, lanesOf } from "./lanes";
import { createEntries, orderMarks, outboxPrefix, type UnreadableChange } from "./outboxEntries";
import { type Entry, type PendingChange, showEntries, type Withdrawal } from "./pendingOperation";
import { type Outcome, performOperation } from "./performOperation";
import { isTransient, retryDelay } from "./retryPolicy";

/** Every intended write, on disk before it is tried and until it is done. */
export interface Outbox {
  /**
   * Stores the operation, carries it out and gives what it came to. Operations on one issue are done in the order they
   * were submitted, on different issues side by side; a key that is already waiting is not added again.
   * With a failure that may pass (nothing can be written now) the operation is `queued`, to be tried again before the
   * next one on its issue and by `replay`. A final refusal (the issue is gone, a person broke its file) is given to the
   * submitter, and only then is the operation dropped: whoever submits must tell it.
   */
  submit(operation: Operation, by: string, key?: OperationKey): Promise<Submission>;
  /**
   * Stores several operations in one step, all or none, then carries each out as `submit` does, and gives what each came
   * to in their order. Storing the same keys again adds nothing.
   */
  submitAll(requests: readonly OperationRequest[], by: string): readonly Promise<Submission>[];
  /** What is stored and not done, oldest first. */
  pending(): readonly PendingOperation[];
  /** The same with what is known of the attempts. */
  pendingChanges(): readonly PendingChange[];
  /** Tries one now, also one that is held, after those it has to wait for; ends as `submit` does. */
  retry(key: OperationKey): Promise<Submission>;
  /** Takes one back: it leaves the memory, then the outbox. One that is being sent may be happening and is left alone. */
  discardPending(key: OperationKey): Promise<Withdrawal>;
  /**
   * Puts another operation on the same issue under the key and in the place of one that waits; at any moment one of the
   * two is stored, and the new one is due at once. Where the first was done unheard, the second is taken for it and comes to nothing: see `unsure`.
   */
  replace(key: OperationKey, operation: Operation): Promise<Withdrawal>;
  /** Makes another person the one who asked for it. */
  claim(key: OperationKey, by: string): Promise<Withdrawal>;
  /** What is done since the last `forget`: a snapshot read before does not show it yet. */
  landed(): readonly PendingOperation[];
  /** Drops done operations that a fresh snapshot shows. */
  forget(done: readonly PendingOperation[]): void;
  /**
   * Tries everything that is stored, whichever window stored it, and gives the final refusals, to be told to a person:
   * each once, also where it is asked for twice at a time, and none that a submitter is given.
   * Harmless while another window is doing the same.
   */
  replay(): Promise<readonly Refusal[]>;
  /** Reads what is stored and gives what this window did not know of yet: another one asked for it, and may not have sent it. */
  load(): Promise<readonly PendingOperation[]>;
  /** What is stored and cannot be understood, as the last look at the memory found it: it is never sent, and left alone. */
  unreadable(): readonly UnreadableChange[];
  /** Such a change as it is stored. */
  text(place: string): Promise<Result<string>>;
  /** Removes such a change for good. */
  discard(place: string): Promise<Result<void>>;
  /** Sends at once what this window holds for undo, and settles when nothing is being sent any more. */
  finish(): Promise<void>;
  /** Calls the listener after `waiting`, `landed` or `unreadable` changed, until the function it gives is called. */
  onChange(listener: () => void): () => void;
}

/** What came of asking for an operation. */
export type Submission =
  | { readonly kind: "done"; readonly outcome: Outcome }
  /** It is stored and will be sent: asking for it anew would do it twice. `failure` is what keeps it waiting, where that is known. */
  | { readonly kind: "queued"; readonly failure?: Failure }
  /** It no longer waits: the person took it back, or another window has dealt with it. */
  | { readonly kind: "withdrawn" }
  /** It can never be done, or could not even be stored. Nothing of it waits. */
  | { readonly kind: "failed"; readonly failure: Failure };

/** An operation under the key that whoever asks for it has given it. */
export interface OperationRequest {
  readonly key: OperationKey;
  readonly operation: Operation;
}

/** An operation that can never be done, and why. */
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
  /** Whom the tracker takes us for, where it knows people itself: what somebody else asked for is not sent in their stead. */
  readonly account?: () => Promise<Result<string>>;
  /** Milliseconds that an operation is held before it is first sent, to be taken back; none by default. */
  readonly undoMilliseconds?: (operation: Operation) => number;
}

/** An outbox that keeps in `memory` what `tracker` has not confirmed; nothing is tried before it is asked to. */
export function createOutbox({ memory, tracker, clock, ids, log, account, undoMilliseconds = () => 0 }: OutboxParts): Outbox {
  const entries = createEntries(memory, clock, log);
  const done: PendingOperation[] = [];
  const listeners = new Set<() => void>();
  const inTurn = createKeyedQueue();
  const order = orderMarks();
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

  /** A refused operation whose submitter no longer listens is kept, for `replay` to tell. */
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
      // A mistake of ours would be made again at once: it is for a person to ask for another attempt.
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
    // Another account may be in use since it was begun: that is what keeps it waiting.
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
   * The tracker for one operation: asks before each write whether the account is still that of who asked for it, and once
   * anything was written, the operation is no longer untouched.
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

  /** Removes a refused operation, but after its submitter was told. */
  function setAside(entry: Entry): void {
    runInBackground(Promise.resolve().then(() => entry.attempt).then(() => entries.forget(entry)), log);
  }

  /** Puts this in the place of what was stored; it is due at once. */
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

  /** What an attempt came to, for whoever asked for it. */
  function submissionOf(entry: Entry, result: Result<Outcome>): Submission {
    if (result.kind === "ok") return { kind: "done", outcome: result.value };
    if (result.failure.kind === "discarded") return { kind: "withdrawn" };
    return entry.result === undefined ? { kind: "queued", failure: result.failure } : result;
  }

  /** Whether a refusal is still to be told; from then on it is not. */
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

  function pendingOf({ key, operation }: OperationRequest, by: string, at: Instant): PendingOperation {
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
      // A refusal that somebody else who asked was given is told already.
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

    claim: (key, by) => withdraw(key, (entry) => store(entry, { ...entry.pending, by })),

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
          // The others are tried and told all the same.
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
