import type { Instant } from "./issue";

/** Role to login, such as `primary` to `ana`. */
export type Holders = Readonly<Record<string, string>>;

/** One shift with the same people throughout. `to` is exclusive. */
export interface Shift {
  readonly from: Instant;
  readonly to: Instant;
  readonly holders: Holders;
  /** The name of the rotation, where it has one. */
  readonly rotation?: string;
}

/** One person in one role for a time. `to` is exclusive. */
export interface Holding {
  readonly login: string;
  readonly from: Instant;
  readonly to: Instant;
}
