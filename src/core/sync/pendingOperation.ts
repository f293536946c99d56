import type { Failure } from "../model/failure";
import type { Instant } from "../model/issue";
import type { OperationKey, PendingOperation } from "../model/operation";
import type { Memory } from "../model/ports";
import { ok, type Result } from "../model/result";
import { comesFirst } from "./lanes";
import type { Outcome } from "./performOperation";
import { isTransient } from "./retryPolicy";
import type { UndoWindow } from "./undoWindow";

/** A stored operation as a person sees it until it is done. */
export interface PendingChange {
  readonly pending: PendingOperation;
  /** `sending`: it is being carried out now and can be neither changed nor dropped. */
  readonly state: "sending" | "pending";
  /** How often it was tried in vain since this window knows of it. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly failure?: Failure;
  /** Until when it is held before it is first sent, to be taken back. */
  readonly undoUntil?: Instant;
  /** When it is tried again by the clock; absent when something else has to change first, or it is in turn already. */
  readonly nextAt?: Instant;
  /** The earlier operation on the same issue that has to be done first. */
  readonly behind?: OperationKey;
  /** It may have been done already, without our having heard: an answer was lost, or another window died while trying. */
  readonly unsure: boolean;
}

/** What came of dropping or replacing a stored operation. `absent`: it is done, or was dropped before. */
export type Withdrawal =
  | { readonly kind: "ok" }
  | { readonly kind: "sending" }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** An operation in an outbox, with what is known of its attempts. */
export interface Entry {
  /** Key in memory; sorts in the order of submission. */
  readonly place: string;
  pending: PendingOperation;
  readonly stored: Promise<Result<void>>;
  /** Set while it is being tried or waits for its turn. */
  attempt?: Promise<Result<Outcome>> | undefined;
  /** Set while it is being dropped or replaced, which no attempt may overtake. */
  changing?: Promise<unknown> | undefined;
  /** What it came to, once it is done, refused or dropped. */
  result?: Result<Outcome>;
  /** It was asked for in this window. */
  readonly own: boolean;
  /** Set where it is held before it is first sent. */
  readonly undoWindow?: UndoWindow;
  sending: boolean;
  /** Set once its final refusal was given to somebody who tells it. */
  reported: boolean;
  attempts: number;
  unsure: boolean;
  failure?: Failure | undefined;
  /** When the clock may try it; one that was never tried is due since it was asked for. */
  nextAt: Instant | undefined;
}

/** An entry that has not been tried in this window; one that is not its `own` may have been tried in another. */
export function newEntry(place: string, pending: PendingOperation, stored: Promise<Result<void>>, undoWindow: UndoWindow | undefined, own: boolean): Entry {
  return { place, pending, stored, own, sending: false, reported: false, attempts: 0, unsure: !own && undoWindow === undefined, nextAt: pending.at, ...(undoWindow === undefined ? {} : { undoWindow }) };
}

/** The entries as a person sees them, in their order. */
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

/** Whether an entry can never be done: it is kept only to be told, and holds up nothing. */
function isRefused({ failure }: Entry): boolean {
  return failure !== undefined && !isTransient(failure);
}

/** An operation and the key in memory under which it waits. */
export interface PlacedOperation {
  readonly place: string;
  readonly pending: PendingOperation;
}

/** Ends the key of what says that several operations are being stored as one. */
const batchSuffix = "/whole";

/** Whether a key holds several operations at once, and not one that waits. */
export function isBatchKey(place: string): boolean {
  return place.endsWith(batchSuffix);
}

/** Where several operations stand together until each has its own place: it sorts with the first of them. */
export function batchKey(items: readonly PlacedOperation[]): string {
  return `${items[0]?.place ?? ""}${batchSuffix}`;
}

/**
 * Stores operations so that after a crash at any point all of them are stored, or none: first all in one value, then
 * each in its own place. When that fails, nothing stays.
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

/** Gives each of several operations that are stored together its own place; done again, it has the effect of once. */
export async function splitBatch(memory: Memory, batch: string, items: readonly PlacedOperation[]): Promise<Result<void>> {
  for (const { place, pending } of items) {
    const written = await memory.write(place, pending);
    if (written.kind === "failed") return written;
  }
  return memory.remove(batch);
}
