import type { Instant } from "./issue";

/** What an issue's text says of its clock: each absent until it is known. */
export interface ClockMark {
  /** When it was reported, if that was before it was filed. */
  readonly reported?: Instant;
  readonly acknowledged?: Instant;
  /** Who acknowledged it. */
  readonly by?: string;
  /** Who acknowledged it after that, in order: the first of them counts should the others turn out to be taken back. */
  readonly later?: readonly Acknowledgement[];
  /** When an acknowledgement was last taken back: of those before that none counts. */
  readonly withdrawn?: Instant;
  /** When those affected last heard of it. */
  readonly updated?: Instant;
  readonly resolved?: Instant;
}

export interface Acknowledgement {
  readonly at: Instant;
  readonly by?: string;
}
