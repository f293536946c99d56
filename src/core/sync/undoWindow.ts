import { readMilestone } from "../markup/milestone";
import { millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import type { Operation } from "../model/operation";
import type { Clock } from "../model/ports";

/** A pause before something is first sent, in which it can still be taken back. */
export interface UndoWindow {
  readonly until: Instant;
  readonly over: Promise<void>;
  /** Ends the pause now. */
  release(): void;
}

/**
 * Whether others are told of an operation at once and it cannot be unsent, so that it is worth a pause. An acknowledgement
 * never waits: a clock runs, and somebody else may be called meanwhile.
 */
export function needsUndoWindow(operation: Operation): boolean {
  const parts = operation.kind === "batch" ? operation.operations : [operation];
  const acknowledges = parts.some((part) => part.kind === "comment" && readMilestone(part.markdown)?.milestone === "acknowledged");
  return !acknowledges && parts.some(({ kind }) => kind === "comment" || kind === "close" || kind === "handOff");
}

/** A pause until that instant; `undefined` where it has come. */
export function openUndoWindow(clock: Clock, until: Instant | undefined): UndoWindow | undefined {
  const left = until === undefined ? 0 : millisecondsOf(until) - millisecondsOf(clock.now());
  if (until === undefined || left <= 0) return undefined;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, over: Promise.race([released, clock.wait(left)]), release };
}
