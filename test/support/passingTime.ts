import { instantAt, millisecondsOf } from '../../src/core/model/instant';
import type { Clock } from '../../src/core/model/ports';
import { realClock } from './realClock';

/** A clock that a test advances. Pauses wait in real time. */
export interface PassingTime {
  readonly clock: Clock;
  /** Milliseconds since 1970, for a fake server. */
  now(): number;
  pass(milliseconds: number): void;
}

/** Starts in an afternoon. */
export function passingTime(): PassingTime {
  let now = millisecondsOf("2026-11-20T16:00:00Z");
  return {
    clock: { ...realClock, now: () => instantAt(now) },
    now: () => now,
    pass: (milliseconds) => void (now += milliseconds),
  };
}
