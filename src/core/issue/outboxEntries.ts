import type { Clock, Log, Memory } from "../ports";
import { failed, ok, type Result } from "../result";
import { holdUntil } from "./hold";
import type { Instant } from "./issue";
import type { OperationKey, PendingOperation } from "./operation";
import type { Outcome } from "./performOperation";
import { readPending, readTogether } from "./readPending";
import { isWhole, spreadOut, storeTogether, wholeOf, type PlacedOperation } from "./storeTogether";
import { newEntry, type Entry, type Withdrawal } from "./waitingOperation";

/** The entries of an outbox, oldest first, each with its copy in the memory that all windows share. */
export interface OutboxEntries {
  all(): readonly Entry[];
  find(key: OperationKey): Entry | undefined;
  /** Begins to store operations, all or none; they are the last ones. */
  store(items: readonly PlacedOperation[]): void;
  /** Adds what is stored and not known yet, as by another window, each where it belongs, and gives what was added. */
  load(): Promise<readonly PendingOperation[]>;
  /** What is stored and cannot be understood, as it was when it was last looked for. */
  unreadable(): readonly UnreadableChange[];
  /** Removes a change that cannot be understood. */
  discard(place: string): Promise<Result<void>>;
  /** Takes the operation as it is stored now; fails when another window has taken it out. */
  readAgain(entry: Entry): Promise<Result<void>>;
  /** Takes an entry out; whoever still waits for its turn gets this result. */
  settle(entry: Entry, result: Result<Outcome>): Result<Outcome>;
  /** Removes the stored copy of an entry that is settled. */
  forget(entry: Entry): Promise<void>;
  /** Holds an entry that is not being sent for as long as the job takes. */
  withdraw(key: OperationKey, job: (entry: Entry) => Promise<Result<void>>): Promise<Withdrawal>;
}

/** Something stored that is no change this version understands: a person broke it, or a newer version wrote it. */
export interface UnreadableChange {
  /** Key in memory. */
  readonly place: string;
  /** When it was asked for, where its key says so. */
  readonly at?: Instant;
}

/** No entries yet; nothing is read before `load`. */
export function createEntries(memory: Memory, clock: Clock, log: Log): OutboxEntries {
  const entries: Entry[] = [];
  const ownWholes = new Set<string>();
  const unreadable = new Map<string, UnreadableChange>();

  const isKnown = (place: string): boolean => entries.some((entry) => entry.place === place);
  const find = (key: OperationKey): Entry | undefined => entries.find(({ pending }) => pending.key === key);

  function add(entry: Entry): void {
    const later = entries.findIndex(({ place }) => place > entry.place);
    entries.splice(later < 0 ? entries.length : later, 0, entry);
  }

  function noteUnreadable(place: string): void {
    const at = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.exec(place.slice(outboxPrefix.length).split("/")[0] ?? "")?.[0];
    if (!unreadable.has(place)) log.error(`A stored change could not be understood and is left alone: ${place}`);
    unreadable.set(place, { place, ...(at === undefined ? {} : { at }) });
  }

  /** Goes on where a window died while it stored several operations as one. */
  async function finish(whole: string): Promise<void> {
    const value = await memory.read(whole);
    const items = value.kind === "ok" ? readTogether(value.value) : undefined;
    if (items !== undefined) await spreadOut(memory, whole, items);
    else if (value.kind === "failed" || value.value !== undefined) noteUnreadable(whole);
  }

  return {
    all: () => entries,
    find,

    store(items) {
      if (items.length > 1) ownWholes.add(wholeOf(items));
      const stored = storeTogether(memory, items);
      entries.push(...items.map(({ place, pending }) => newEntry(place, pending, stored, holdUntil(clock, pending.notBefore), true)));
    },

    async load() {
      let places = await memory.keys(outboxPrefix);
      const wholes = places.kind === "ok" ? places.value.filter((place) => isWhole(place) && !ownWholes.has(place)) : [];
      for (const whole of wholes) await finish(whole);
      if (wholes.length > 0) places = await memory.keys(outboxPrefix);
      if (places.kind === "failed") {
        log.error(`Stored changes could not be read: ${places.failure.kind}`);
        return [];
      }
      const stored = new Set(places.value);
      for (const place of unreadable.keys()) if (!stored.has(place)) unreadable.delete(place);
      const added: PendingOperation[] = [];
      for (const place of places.value) {
        if (isKnown(place) || isWhole(place)) continue;
        const value = await memory.read(place);
        const pending = value.kind === "ok" ? readPending(value.value) : undefined;
        // Another window may have written it while it was listed.
        if (value.kind === "ok" && value.value === undefined) continue;
        if (pending === undefined) {
          noteUnreadable(place);
          continue;
        }
        unreadable.delete(place);
        if (isKnown(place)) continue;
        add(newEntry(place, pending, Promise.resolve(ok(undefined)), holdUntil(clock, pending.notBefore), false));
        added.push(pending);
      }
      return added;
    },

    unreadable: () => [...unreadable.values()],

    async discard(place) {
      const removed = unreadable.has(place) ? await memory.remove(place) : ok(undefined);
      if (removed.kind === "ok") unreadable.delete(place);
      return removed;
    },

    async readAgain(entry) {
      const value = await memory.read(entry.place);
      if (value.kind === "failed") return value;
      const pending = readPending(value.value);
      if (pending === undefined && value.value !== undefined) noteUnreadable(entry.place);
      if (pending === undefined) return failed({ kind: "dropped" });
      entry.pending = pending;
      return ok(undefined);
    },

    settle(entry, result) {
      entry.settled = result;
      entry.hold?.release();
      const index = entries.indexOf(entry);
      if (index >= 0) entries.splice(index, 1);
      return result;
    },

    async forget(entry) {
      const removed = await memory.remove(entry.place);
      if (removed.kind === "failed") log.error(`A finished change stays stored and will be tried again: ${removed.failure.kind}`);
    },

    async withdraw(key, job) {
      const entry = find(key);
      if (entry === undefined) return { kind: "absent" };
      await entry.stored;
      while (entry.changing !== undefined) await entry.changing;
      if (entry.settled !== undefined) return { kind: "absent" };
      if (entry.sending) return { kind: "sending" };
      const work = job(entry).finally(() => {
        entry.changing = undefined;
      });
      entry.changing = work;
      const result = await work;
      return result.kind === "ok" ? { kind: "ok" } : result;
    },
  };
}

/** Begins the key in memory of everything that waits. */
export const outboxPrefix = "outbox/";
