import type { Instant } from "./issue";

/** Role to login, as in `primary` to `ana`. */
export type Holders = Readonly<Record<string, string>>;

/** One stretch of duty with the same people; `to` is exclusive. */
export interface Shift {
  readonly from: Instant;
  readonly to: Instant;
  readonly holders: Holders;
  /** The name of the rotation, where it has one. */
  readonly rotation?: string;
}

/** One person in one role, from when until when; `to` is exclusive. */
export interface Holding {
  readonly login: string;
  readonly from: Instant;
  readonly to: Instant;
}
