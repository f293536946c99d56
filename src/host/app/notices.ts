import type { PendingOperation } from "../../core/issue/operation";
import type { Refusal } from "../../core/issue/outbox";
import type { StoreNotices } from "../stores/store";
import type { HeldChange } from "./pendingService";

/** What the services have to tell a person. They make no sentences: the port is filled by what may show notifications. */
export interface Notices extends StoreNotices {
  /** A pending change can never be made. */
  refused(refusal: Refusal): Promise<void>;
  /** Changes of an earlier window, which it could not send any more, are being sent now. */
  sendingLeft(left: readonly PendingOperation[]): Promise<void>;
  /** A change is held for a while and may be taken back; settles when it no longer may. */
  held(change: HeldChange): Promise<void>;
}
