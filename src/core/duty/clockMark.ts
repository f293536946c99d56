import type { Instant } from "../issue/issue";

/** What an issue's text says of its clock: each absent until it is known. */
export interface ClockMark {
  /** When it was reported, if that was before it was filed. */
  readonly reported?: Instant;
  readonly acknowledged?: Instant;
  /** Who acknowledged it. */
  readonly by?: string;
  /** When those affected last heard of it. */
  readonly updated?: Instant;
  readonly resolved?: Instant;
}
