import { sameLogin } from "../desk/sameLogin";
import type { Failure } from "../failure";
import { instantAt, millisecondsOf } from "../instantTime";
import type { Clock, Ids, IssueTracker, Log, Memory } from "../ports";
import { failed, ok, type Result } from "../result";
import { isPassing } from "./isPassing";
import type { Instant } from "./issue";
import { comesFirst, createLanes, lanesOf } from "./lanes";
import type { Operation, OperationKey, PendingOperation } from "./operation";
import { orderMarks } from "./orderMarks";
import { createEntries, outboxPrefix } from "./outboxEntries";
import { performOperation, type Outcome } from "./performOperation";
import { retryDelay } from "./retryDelay";
import { showEntries, type Entry, type WaitingOperation, type Withdrawal } from "./waitingOperation";

/** Every intended write, on disk before it is tried and until it is done. */
export interface Outbox {
  /**
   * Stores the operation, carries it out and gives what it came to. Operations on one issue are done in the order they
   * were submitted, on different issues side by side; a key that is already waiting is not added again.
   * A failure that may pass (nothing can be written now) is given to the submitter and the operation stays pending,
   * to be tried again before the next one on its issue and by `replay`. A final refusal (the issue is gone, a person
   * broke its file) is given to the submitter, and only then is the operation dropped: whoever submits must tell it.
   */
  submit(operation: Operation, by: string, key?: OperationKey): Promise<Result<Outcome>>;
  /**
   * Stores several operations in one step, all or none, then carries each out as `submit` does, and gives what each came
   * to in their order. Storing the same keys again adds nothing.
   */
  submitAll(wishes: readonly Wish[], by: string): readonly Promise<Result<Outcome>>[];
  /** What is stored and not done, oldest first. */
  pending(): readonly PendingOperation[];
  /** The same with what is known of the attempts. */
  waiting(): readonly WaitingOperation[];
  /** Tries one now, also one that is held, after those it has to wait for; ends as `submit` does. */
  retry(key: OperationKey): Promise<Result<Outcome>>;
  /** Takes one back: it leaves the memory, then the outbox. One that is being sent may be happening and is left alone. */
  drop(key: OperationKey): Promise<Withdrawal>;
  /**
   * Puts another operation on the same issue under the key and in the place of one that waits; at any moment one of the
   * two is stored, and the new one is due at once. Where the first was done unheard, the second is taken for it and comes to nothing: see `unsure`.
   */
  replace(key: OperationKey, operation: Operation): Promise<Withdrawal>;
  /** Makes another person the one who asked for it. */
  takeOver(key: OperationKey, by: string): Promise<Withdrawal>;
  /** What is done since the last `forget`: a snapshot read before does not show it yet. */
  landed(): readonly PendingOperation[];
  /** Drops done operations that a fresh snapshot shows. */
  forget(done: readonly PendingOperation[]): void;
  /**
   * Tries everything that is stored, whichever window stored it, and gives the final refusals, to be told to a person.
   * Harmless while another window is doing the same.
   */
  replay(): Promise<readonly Refusal[]>;
  /** Calls the listener after `waiting` or `landed` changed, until the function it gives is called. */
  onChange(listener: () => void): () => void;
}

/** An operation under the key that whoever asks for it has given it. */
export interface Wish {
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
  readonly hold?: (operation: Operation) => number;
}

/** An outbox that keeps in `memory` what `tracker` has not confirmed; nothing is tried before it is asked to. */
export function createOutbox({ memory, tracker, clock, ids, log, account, hold = () => 0 }: OutboxParts): Outbox {
  const entries = createEntries(memory, clock, log);
  const done: PendingOperation[] = [];
  const listeners = new Set<() => void>();
  const inTurn = createLanes();
  const order = orderMarks();
  let count = 0;

  function changed(): void {
    for (const listener of [...listeners]) listener();
  }

  function attempt(entry: Entry): Promise<Result<Outcome>> {
    entry.attempt ??= inTurn(lanesOf(entry.pending), () => tryInOrder(entry)).finally(() => {
      entry.attempt = undefined;
      if (entry.settled === undefined) changed();
    });
    return entry.attempt;
  }

  async function tryInOrder(entry: Entry): Promise<Result<Outcome>> {
    const all = entries.all();
    const earlier = all.slice(0, Math.max(all.indexOf(entry), 0)).filter((each) => comesFirst(each.pending, entry.pending));
    for (const each of earlier) {
      const result = await perform(each, "keep");
      if (result.kind === "failed" && isPassing(result.failure)) return result;
    }
    return perform(entry, "drop");
  }

  /** A refused operation whose submitter no longer listens is kept, for `replay` to tell. */
  async function perform(entry: Entry, whenRefused: "keep" | "drop"): Promise<Result<Outcome>> {
    const stored = await entry.stored;
    await entry.hold?.over;
    while (entry.changing !== undefined) await entry.changing;
    if (entry.settled !== undefined) return entry.settled;
    entry.sending = true;
    if (entry.attempts > 0) changed();
    try {
      return stored.kind === "failed" ? entries.settle(entry, stored) : await send(entry, whenRefused);
    } finally {
      entry.sending = false;
      changed();
    }
  }

  async function send(entry: Entry, whenRefused: "keep" | "drop"): Promise<Result<Outcome>> {
    const fresh = await entries.readAgain(entry);
    const mine = fresh.kind === "ok" ? await ours(entry.pending) : fresh;
    const result = mine.kind === "ok" ? await performOperation(tracker, entry.pending) : mine;
    if (result.kind === "ok") {
      entries.settle(entry, result);
      done.push(entry.pending);
      await entries.forget(entry);
      return result;
    }
    if (result.failure.kind === "dropped") return entries.settle(entry, result);
    if (!isPassing(result.failure) && whenRefused === "drop") {
      setAside(entry);
      return entries.settle(entry, result);
    }
    note(entry, result.failure);
    return result;
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
    entry.unsure ||= failure.kind === "offline" || failure.kind === "serverTrouble";
    const delay = retryDelay(failure, entry.attempts, now);
    entry.nextAt = delay === undefined ? undefined : instantAt(millisecondsOf(now) + delay * 1000);
  }

  /** Removes a refused operation, but after its submitter was told. */
  function setAside(entry: Entry): void {
    void Promise.resolve()
      .then(() => entry.attempt)
      .then(() => entries.forget(entry));
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

  function submitAll(wishes: readonly Wish[], by: string): readonly Promise<Result<Outcome>>[] {
    const at = clock.now();
    const fresh = wishes.filter(({ key }) => entries.find(key) === undefined);
    if (fresh.length > 0) entries.store(fresh.map((wish) => ({ place: nextPlace(at), pending: pendingOf(wish, by, at) })));
    const results = wishes.map(({ key }) => {
      const entry = entries.find(key);
      return entry === undefined ? Promise.resolve(failed({ kind: "dropped" as const })) : attempt(entry);
    });
    if (fresh.length > 0) changed();
    return results;
  }

  function pendingOf({ key, operation }: Wish, by: string, at: Instant): PendingOperation {
    const pause = hold(operation);
    const notBefore = pause > 0 ? { notBefore: instantAt(millisecondsOf(at) + pause) } : {};
    return { key, at, by, operation: order(operation, by, at), ...notBefore };
  }

  function nextPlace(at: Instant): string {
    count += 1;
    return `${outboxPrefix}${at}/${String(count).padStart(6, "0")}/${ids.next()}`;
  }

  return {
    submit: async (operation, by, key = ids.next()) => submitAll([{ key, operation }], by)[0] ?? failed({ kind: "dropped" }),
    submitAll,

    pending: () => entries.all().map(({ pending }) => pending),
    waiting: () => showEntries(entries.all()),

    async retry(key) {
      const entry = entries.find(key);
      entry?.hold?.release();
      return entry === undefined ? failed({ kind: "dropped" }) : attempt(entry);
    },

    drop: (key) =>
      withdraw(key, async (entry) => {
        const removed = await memory.remove(entry.place);
        if (removed.kind === "ok") entries.settle(entry, failed({ kind: "dropped" }));
        return removed;
      }),

    replace: (key, operation) =>
      withdraw(key, async (entry) => {
        const pending = { ...entry.pending, operation };
        if (lanesOf(pending).join() !== lanesOf(entry.pending).join()) throw new Error("An operation is replaced by one on another issue");
        return store(entry, pending);
      }),

    takeOver: (key, by) => withdraw(key, (entry) => store(entry, { ...entry.pending, by })),

    landed: () => [...done],

    forget(shown) {
      const keys = new Set(shown.map(({ key }) => key));
      done.splice(0, done.length, ...done.filter(({ key }) => !keys.has(key)));
    },

    async replay() {
      await entries.load();
      const attempts = entries.all().map(async (entry) => ({ pending: entry.pending, result: await attempt(entry) }));
      changed();
      return (await Promise.all(attempts)).flatMap(({ pending, result }) =>
        result.kind === "failed" && !isPassing(result.failure) && result.failure.kind !== "dropped" ? [{ pending, failure: result.failure }] : [],
      );
    },

    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
