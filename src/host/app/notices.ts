import type { Operation, PendingOperation } from "../../core/model/operation";
import type { Refusal } from "../../core/sync/outbox";
import type { Withdrawal } from "../../core/sync/pendingOperation";
import type { StoreNotices } from "./store/store";

/** The notifications that services show. The implementation writes the messages. */
export interface Notices extends StoreNotices {
  /** A pending change was rejected for good. */
  refused(refusal: Refusal): Promise<void>;
  /** Changes that an earlier window could not send are being sent now. */
  sendingLeft(left: readonly PendingOperation[]): Promise<void>;
  /** A change is delayed and can be undone. Resolves when it no longer can. */
  held(change: HeldChange): Promise<void>;
}

/** A change that is sent after a pause, so that it can be undone. */
export interface HeldChange {
  readonly operation: Operation;
  /** Milliseconds until it is sent. */
  readonly pause: number;
  /** Resolves when it was sent or undone. */
  readonly settled: Promise<unknown>;
  readonly discard: () => Promise<Withdrawal>;
}
