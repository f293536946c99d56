import type { Failure } from "../failure";
import type { Clock, Ids, IssueTracker, Log, Memory } from "../ports";
import { ok, type Result } from "../result";
import { isPassing } from "./isPassing";
import type { Operation, OperationKey, PendingOperation } from "./operation";
import { orderMarks } from "./orderMarks";
import { performOperation, type Outcome } from "./performOperation";
import { readPending } from "./readPending";
import { refKey } from "./issueRef";

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
  /** What is stored and not done, oldest first. */
  pending(): readonly PendingOperation[];
  /** What is done since the last `forget`: a snapshot read before does not show it yet. */
  landed(): readonly PendingOperation[];
  /** Drops done operations that a fresh snapshot shows. */
  forget(done: readonly PendingOperation[]): void;
  /**
   * Tries everything that is stored, whichever window stored it, and gives the final refusals, to be told to a person.
   * Harmless while another window is doing the same.
   */
  replay(): Promise<readonly Refusal[]>;
  /** Calls the listener after `pending` or `landed` changed, until the function it gives is called. */
  onChange(listener: () => void): () => void;
}

/** An operation that can never be done, and why. */
export interface Refusal {
  readonly pending: PendingOperation;
  readonly failure: Failure;
}

interface Entry {
  /** Key in memory; sorts in the order of submission. */
  readonly place: string;
  readonly pending: PendingOperation;
  readonly stored: Promise<Result<void>>;
  /** Set while it is being tried or waits for its turn. */
  attempt?: Promise<Result<Outcome>> | undefined;
}

/** An outbox that keeps in `memory` what `tracker` has not confirmed; nothing is tried before it is asked to. */
export function createOutbox({ memory, tracker, clock, ids, log }: { memory: Memory; tracker: IssueTracker; clock: Clock; ids: Ids; log: Log }): Outbox {
  const entries: Entry[] = [];
  const done: PendingOperation[] = [];
  const tails = new Map<string, Promise<unknown>>();
  const listeners = new Set<() => void>();
  const order = orderMarks();
  let count = 0;

  function changed(): void {
    for (const listener of [...listeners]) listener();
  }

  function drop(entry: Entry): void {
    const index = entries.indexOf(entry);
    if (index >= 0) entries.splice(index, 1);
  }

  async function forgetStored(entry: Entry): Promise<void> {
    const removed = await memory.remove(entry.place);
    if (removed.kind === "failed") log.error(`A finished change stays stored and will be tried again: ${removed.failure.kind}`);
  }

  /** Runs the job after everything that was asked before it on the same issues. */
  function inTurn<T>(entry: Entry, job: () => Promise<T>): Promise<T> {
    const lanes = lanesOf(entry.pending);
    const turn = Promise.all(lanes.map((lane) => tails.get(lane))).then(job);
    const settled = turn.then(nothing, nothing);
    for (const lane of lanes) tails.set(lane, settled);
    void settled.then(() => {
      for (const lane of lanes) if (tails.get(lane) === settled) tails.delete(lane);
    });
    return turn;
  }

  function attempt(entry: Entry): Promise<Result<Outcome>> {
    entry.attempt ??= inTurn(entry, () => tryInOrder(entry)).finally(() => {
      entry.attempt = undefined;
    });
    return entry.attempt;
  }

  async function tryInOrder(entry: Entry): Promise<Result<Outcome>> {
    const stored = await entry.stored;
    if (stored.kind === "failed") {
      drop(entry);
      changed();
      return stored;
    }
    for (const earlier of entries.slice(0, Math.max(entries.indexOf(entry), 0))) {
      if (earlier.attempt !== undefined || !sharesLane(earlier, entry)) continue;
      const result = await perform(earlier, "keep");
      if (result.kind === "failed" && isPassing(result.failure)) return result;
    }
    return perform(entry, "drop");
  }

  /** A refused operation whose submitter no longer listens is kept, for `replay` to tell. */
  async function perform(entry: Entry, whenRefused: "keep" | "drop"): Promise<Result<Outcome>> {
    const result = await performOperation(tracker, entry.pending);
    if (result.kind === "failed" && isPassing(result.failure)) {
      log.error(`A change could not be written yet and stays pending: ${result.failure.kind}`);
      return result;
    }
    if (result.kind === "failed" && whenRefused === "keep") return result;
    drop(entry);
    if (result.kind === "ok") {
      done.push(entry.pending);
      await forgetStored(entry);
    } else {
      setAside(entry);
    }
    changed();
    return result;
  }

  /** Removes a refused operation, but after its submitter was told. */
  function setAside(entry: Entry): void {
    void Promise.resolve()
      .then(() => entry.attempt)
      .then(() => forgetStored(entry));
  }

  return {
    submit(operation, by, key = ids.next()) {
      const known = entries.find(({ pending }) => pending.key === key);
      if (known !== undefined) return attempt(known);
      const at = clock.now();
      const pending: PendingOperation = { key, at, by, operation: order(operation, by, at) };
      count += 1;
      const place = `${prefix}${at}/${String(count).padStart(6, "0")}/${ids.next()}`;
      const entry: Entry = { place, pending, stored: memory.write(place, pending) };
      entries.push(entry);
      const result = attempt(entry);
      changed();
      return result;
    },

    pending: () => entries.map(({ pending }) => pending),

    landed: () => [...done],

    forget(shown) {
      const keys = new Set(shown.map(({ key }) => key));
      done.splice(0, done.length, ...done.filter(({ key }) => !keys.has(key)));
    },

    async replay() {
      const places = await memory.keys(prefix);
      if (places.kind === "failed") log.error(`Stored changes could not be read: ${places.failure.kind}`);
      for (const place of places.kind === "ok" ? [...places.value].sort() : []) {
        if (entries.some((entry) => entry.place === place)) continue;
        const value = await memory.read(place);
        const pending = value.kind === "ok" ? readPending(value.value) : undefined;
        if (pending !== undefined) entries.push({ place, pending, stored: Promise.resolve(ok(undefined)) });
        else log.error(`A stored change could not be understood and is left alone: ${place}`);
      }
      changed();
      const tried = await Promise.all([...entries].map(async (entry) => ({ pending: entry.pending, result: await attempt(entry) })));
      return tried.flatMap(({ pending, result }) => (result.kind === "failed" && !isPassing(result.failure) ? [{ pending, failure: result.failure }] : []));
    },

    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const prefix = "outbox/";

function lanesOf({ key, operation }: PendingOperation): readonly string[] {
  switch (operation.kind) {
    case "create":
      return operation.under === undefined ? [key] : [refKey(operation.under.parent)];
    case "link":
      return [refKey(operation.child), refKey(operation.under.parent)];
    case "edit":
    case "comment":
    case "close":
      return [refKey(operation.ref)];
  }
}

function sharesLane(a: Entry, b: Entry): boolean {
  const lanes = lanesOf(b.pending);
  return lanesOf(a.pending).some((lane) => lanes.includes(lane));
}

function nothing(): void {}
