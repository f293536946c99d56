import { setTimeout as delay } from 'node:timers/promises';

type Until = <T>(what: string, look: () => Promise<T | undefined | false> | T | undefined | false, seconds?: number) => Promise<T>;

/** A function that repeats `look` until the result is neither undefined nor false, and fails with `what` after `seconds`. */
export function createUntil(defaultSeconds: number, pauseMilliseconds: number): Until {
  return async (what, look, seconds = defaultSeconds) => {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}`);
      await delay(pauseMilliseconds);
    }
  };
}
