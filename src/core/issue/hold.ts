import { millisecondsOf } from "../instantTime";
import type { Clock } from "../ports";
import type { Instant } from "./issue";

/** A pause before something is first sent, in which it can still be taken back. */
export interface Hold {
  readonly until: Instant;
  readonly over: Promise<void>;
  /** Ends the pause now. */
  release(): void;
}

/** A pause until that instant; `undefined` where it has come. */
export function holdUntil(clock: Clock, until: Instant | undefined): Hold | undefined {
  const left = until === undefined ? 0 : millisecondsOf(until) - millisecondsOf(clock.now());
  if (until === undefined || left <= 0) return undefined;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, over: Promise.race([released, clock.wait(left)]), release };
}
