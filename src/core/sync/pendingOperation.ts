import type { Failure } from "../model/failure";
import type { Instant } from "../model/issue";
import type { OperationKey, PendingOperation } from "../model/operation";
import type { Memory } from "../model/ports";
import { ok, type Result } from "../model/result";
import { comesFirst } from "./lanes";
import type { Outcome } from "./performOperation";
import { isTransient } from "./retryPolicy";
import type { UndoWindow } from "./undoWindow";

/** A pending operation as shown to a person. */
export interface PendingChange {
  readonly pending: PendingOperation;
  /** `sending`: it is being carried out and can be neither changed nor discarded. */
  readonly state: "sending" | "pending";
  /** Number of failed attempts in this window. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly failure?: Failure;
  /** End of the undo window, if it has not been sent yet. */
  readonly undoUntil?: Instant;
  /** When it is retried automatically. Absent when a person must act first, or when it is already in the queue. */
  readonly nextAt?: Instant;
  /** The earlier operation on the same issue that must be done first. */
  readonly behind?: OperationKey;
  /** It may already have been written: a response was lost, or another window closed during the attempt. */
  readonly unsure: boolean;
}

/** The result of discarding or replacing a pending operation. `absent`: it is already done or discarded. */
export type Withdrawal =
  | { readonly kind: "ok" }
  | { readonly kind: "sending" }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** An operation in an outbox, with the state of its attempts. */
export interface Entry {
  /** Key in memory. Keys sort in the order of submission. */
  readonly place: string;
  pending: PendingOperation;
  readonly stored: Promise<Result<void>>;
  /** Set while it is being tried or queued. */
  attempt?: Promise<Result<Outcome>> | undefined;
  /** Set while it is being discarded or replaced. No attempt starts meanwhile. */
  changing?: Promise<unknown> | undefined;
  /** Its result, once it is done, refused or discarded. */
  result?: Result<Outcome>;
  /** Whether this window requested it. */
  readonly own: boolean;
  /** Present during the undo window before the first attempt. */
  readonly undoWindow?: UndoWindow;
  sending: boolean;
  /** Whether its final refusal was returned to somebody who reports it. */
  reported: boolean;
  attempts: number;
  unsure: boolean;
  failure?: Failure | undefined;
  /** When it can be retried automatically. An operation without an attempt is due since it was requested. */
  nextAt: Instant | undefined;
}

/** Creates an entry without attempts in this window. If it is not its `own`, another window may have tried it. */
export function newEntry(place: string, pending: PendingOperation, stored: Promise<Result<void>>, undoWindow: UndoWindow | undefined, own: boolean): Entry {
  return { place, pending, stored, own, sending: false, reported: false, attempts: 0, unsure: !own && undoWindow === undefined, nextAt: pending.at, ...(undoWindow === undefined ? {} : { undoWindow }) };
}

/** The entries as shown to a person, in order. */
export function showEntries(entries: readonly Entry[]): readonly PendingChange[] {
  return entries.map((entry, index) => {
    const before = entries.slice(0, index).find((earlier) => !isRefused(earlier) && comesFirst(earlier.pending, entry.pending));
    const nextAt = before === undefined && entry.attempt === undefined ? entry.nextAt : undefined;
    return {
      pending: entry.pending,
      state: entry.sending ? "sending" : "pending",
      attempts: entry.attempts,
      ...(entry.failure === undefined ? {} : { failure: entry.failure }),
      ...(entry.undoWindow === undefined || entry.sending || entry.attempts > 0 ? {} : { undoUntil: entry.undoWindow.until }),
      ...(nextAt === undefined ? {} : { nextAt }),
      ...(before === undefined ? {} : { behind: before.pending.key }),
      unsure: entry.unsure,
    };
  });
}

/** Whether an entry was refused for good. It is kept only to be reported and blocks nothing. */
function isRefused({ failure }: Entry): boolean {
  return failure !== undefined && !isTransient(failure);
}

/** An operation and its key in memory. */
export interface PlacedOperation {
  readonly place: string;
  readonly pending: PendingOperation;
}

/** Suffix of the key under which several operations are stored atomically. */
const batchSuffix = "/whole";

/** Whether a key contains a batch instead of one pending operation. */
export function isBatchKey(place: string): boolean {
  return place.endsWith(batchSuffix);
}

/** The key of operations that are being stored atomically. It sorts with the first of them. */
export function batchKey(items: readonly PlacedOperation[]): string {
  return `${items[0]?.place ?? ""}${batchSuffix}`;
}

/**
 * Stores operations atomically: first all of them in one value, then each under its own key. After a crash at any point, either
 * all or none are stored. On failure, nothing remains.
 */
export async function storeBatch(memory: Memory, items: readonly PlacedOperation[]): Promise<Result<void>> {
  const [only, second] = items;
  if (only === undefined) return ok(undefined);
  if (second === undefined) return memory.write(only.place, only.pending);
  const batch = batchKey(items);
  const noted = await memory.write(batch, { operations: items });
  const spread = noted.kind === "ok" ? await splitBatch(memory, batch, items) : noted;
  if (spread.kind === "failed") for (const place of [...items.map((item) => item.place), batch]) await memory.remove(place);
  return spread;
}

/** Stores each operation of a batch under its own key. Repeating this has the effect of doing it once. */
export async function splitBatch(memory: Memory, batch: string, items: readonly PlacedOperation[]): Promise<Result<void>> {
  for (const { place, pending } of items) {
    const written = await memory.write(place, pending);
    if (written.kind === "failed") return written;
  }
  return memory.remove(batch);
}
