import * as Instants from "temporal-polyfill/fns/Instant";
import type { Instant } from "./issue/issue";

// Where moments are compared or counted, they are milliseconds since the epoch.

/** Throws a `RangeError` when the text is no instant. */
export function millisecondsOf(at: Instant): number {
  return Instants.fromString(at).epochMilliseconds;
}

/** Throws a `RangeError` beyond what an instant can say. */
export function instantAt(milliseconds: number): Instant {
  return Instants.fromEpochMilliseconds(milliseconds).toJSON();
}
