import { readMilestone } from "../markup/milestone";
import { millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import type { Operation } from "../model/operation";
import type { Clock } from "../model/ports";

/** A delay before the first attempt, in which an operation can be undone. */
export interface UndoWindow {
  readonly until: Instant;
  readonly over: Promise<void>;
  /** Ends the delay now. */
  release(): void;
}

/**
 * Whether an operation notifies other people and cannot be undone later, so that it needs a delay. Acknowledgements are never
 * delayed, because a response clock is running and other people may be escalated to.
 */
export function needsUndoWindow(operation: Operation): boolean {
  const parts = operation.kind === "batch" ? operation.operations : [operation];
  const acknowledges = parts.some((part) => part.kind === "comment" && readMilestone(part.markdown)?.milestone === "acknowledged");
  return !acknowledges && parts.some(({ kind }) => kind === "comment" || kind === "close" || kind === "handOff");
}

/** Creates a delay until an instant. Returns `undefined` when that has passed. */
export function openUndoWindow(clock: Clock, until: Instant | undefined): UndoWindow | undefined {
  const left = until === undefined ? 0 : millisecondsOf(until) - millisecondsOf(clock.now());
  if (until === undefined || left <= 0) return undefined;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, over: Promise.race([released, clock.wait(left)]), release };
}
