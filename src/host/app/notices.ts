import type { Operation, PendingOperation } from "../../core/model/operation";
import type { Refusal } from "../../core/sync/outbox";
import type { Withdrawal } from "../../core/sync/pendingOperation";
import type { StoreNotices } from "./store/store";

/** What the services have to tell a person. They make no sentences: the port is filled by what may show notifications. */
export interface Notices extends StoreNotices {
  /** A pending change can never be made. */
  refused(refusal: Refusal): Promise<void>;
  /** Changes of an earlier window, which it could not send any more, are being sent now. */
  sendingLeft(left: readonly PendingOperation[]): Promise<void>;
  /** A change is held for a while and may be taken back; settles when it no longer may. */
  held(change: HeldChange): Promise<void>;
}

/** A change that is not sent before a pause has passed, so that it can be taken back. */
export interface HeldChange {
  readonly operation: Operation;
  /** Milliseconds until it is sent. */
  readonly pause: number;
  /** Settles when it was sent or taken back. */
  readonly settled: Promise<unknown>;
  readonly discard: () => Promise<Withdrawal>;
}
