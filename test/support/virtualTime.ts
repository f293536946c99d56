import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../src/core/model/ports';

/** A clock that only moves when the test runs it, and never waits in real time. */
export interface VirtualTime {
  readonly clock: Clock;
  /** Milliseconds since the start. */
  elapsed(): number;
  /** Advances from timer to timer until the promise settles. Throws when no timer is left. */
  run<T>(promise: Promise<T>): Promise<T>;
}

/** `start` is the instant of the first reading, as in `2026-11-20T16:00:00Z`. */
export function virtualTime(start = "2026-11-20T16:00:00Z"): VirtualTime {
  const timers: { at: number; order: number; resolve: () => void }[] = [];
  let now = 0;
  let order = 0;
  const clock: Clock = {
    now: () => Temporal.Instant.from(start).add({ milliseconds: now }).round("second").toString(),
    wait: (milliseconds) =>
      new Promise((resolve) => {
        order += 1;
        timers.push({ at: now + milliseconds, order, resolve });
      }),
  };
  return {
    clock,
    elapsed: () => now,
    async run(promise) {
      let settled = false;
      // Loading a module takes real time, without a timer of the test.
      let idleRounds = 0;
      const end = (): void => {
        settled = true;
      };
      promise.then(end, end);
      for (;;) {
        await idle();
        if (settled) return promise;
        timers.sort((a, b) => a.at - b.at || a.order - b.order);
        const next = timers.shift();
        if (next === undefined) {
          idleRounds += 1;
          if (idleRounds > 500) throw new Error("Nothing is left to wait for, and the promise has not settled");
          await new Promise((resolve) => setTimeout(resolve, 2));
          continue;
        }
        idleRounds = 0;
        now = Math.max(now, next.at);
        next.resolve();
      }
    },
  };
}

/** Waits for every promise that can settle without a timer. */
function idle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
