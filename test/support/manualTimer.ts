import type { Timer } from '../../src/core/model/ports';

/** A timer that only runs when the test advances the time. */
export interface ManualTimer extends Timer {
  /** Milliseconds since the start. */
  now(): number;
  pass(milliseconds: number): void;
}

export function manualTimer(): ManualTimer {
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  let now = 0;
  return {
    now: () => now,
    after(milliseconds, run) {
      const mine = { at: now + milliseconds, run };
      waiting.add(mine);
      return () => void waiting.delete(mine);
    },
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        waiting.delete(next);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}
