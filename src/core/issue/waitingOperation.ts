import type { Failure } from "../failure";
import type { Result } from "../result";
import { isTransient } from "./retryPolicy";
import type { Hold } from "./hold";
import type { Instant } from "./issue";
import { comesFirst } from "./lanes";
import type { OperationKey, PendingOperation } from "./operation";
import type { Outcome } from "./performOperation";

/** A stored operation as a person sees it until it is done. */
export interface WaitingOperation {
  readonly pending: PendingOperation;
  /** `sending`: it is being carried out now and can be neither changed nor dropped. */
  readonly state: "sending" | "waiting";
  /** How often it was tried in vain since this window knows of it. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly failure?: Failure;
  /** Until when it is held before it is first sent, to be taken back. */
  readonly heldUntil?: Instant;
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
  settled?: Result<Outcome>;
  /** It was asked for in this window. */
  readonly own: boolean;
  /** Set where it is held before it is first sent. */
  readonly hold?: Hold;
  sending: boolean;
  /** Set once its final refusal was given to somebody who tells it. */
  told: boolean;
  attempts: number;
  unsure: boolean;
  failure?: Failure | undefined;
  /** When the clock may try it; one that was never tried is due since it was asked for. */
  nextAt: Instant | undefined;
}

/** An entry that has not been tried in this window; one that is not its `own` may have been tried in another. */
export function newEntry(place: string, pending: PendingOperation, stored: Promise<Result<void>>, hold: Hold | undefined, own: boolean): Entry {
  return { place, pending, stored, own, sending: false, told: false, attempts: 0, unsure: !own && hold === undefined, nextAt: pending.at, ...(hold === undefined ? {} : { hold }) };
}

/** The entries as a person sees them, in their order. */
export function showEntries(entries: readonly Entry[]): readonly WaitingOperation[] {
  return entries.map((entry, index) => {
    const before = entries.slice(0, index).find((earlier) => !isRefused(earlier) && comesFirst(earlier.pending, entry.pending));
    const nextAt = before === undefined && entry.attempt === undefined ? entry.nextAt : undefined;
    return {
      pending: entry.pending,
      state: entry.sending ? "sending" : "waiting",
      attempts: entry.attempts,
      ...(entry.failure === undefined ? {} : { failure: entry.failure }),
      ...(entry.hold === undefined || entry.sending || entry.attempts > 0 ? {} : { heldUntil: entry.hold.until }),
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
