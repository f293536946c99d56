import type { Instant } from "./issue";

/** The clock marks of an issue. Each field is absent until it is known. */
export interface ClockMark {
  /** When the issue was reported, if that was before it was filed. */
  readonly reported?: Instant;
  readonly acknowledged?: Instant;
  /** Login of the person who acknowledged it. */
  readonly by?: string;
  /** Later acknowledgements in order. The first of them counts if the earlier ones are withdrawn. */
  readonly later?: readonly Acknowledgement[];
  /** When an acknowledgement was last withdrawn. Earlier acknowledgements do not count. */
  readonly withdrawn?: Instant;
  /** When affected people were last updated. */
  readonly updated?: Instant;
  readonly resolved?: Instant;
}

export interface Acknowledgement {
  readonly at: Instant;
  readonly by?: string;
}
