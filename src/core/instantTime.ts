import * as Instants from "temporal-polyfill/fns/Instant";
import type { Instant } from "./issue/issue";

// Where moments are compared or counted, they are milliseconds since the epoch.

/** Throws a `RangeError` when the text is no instant. */
export function millisecondsOf(at: Instant): number {
  return Instants.fromString(at).epochMilliseconds;
}

/** Whether the text is an instant. */
export function isInstant(text: string): boolean {
  try {
    millisecondsOf(text);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Throws a `RangeError` beyond what an instant can say. */
export function instantAt(milliseconds: number): Instant {
  return Instants.fromEpochMilliseconds(milliseconds).toJSON();
}
