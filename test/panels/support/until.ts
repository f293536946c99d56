import { setTimeout as delay } from 'node:timers/promises';

/** Repeats `look` until the result is neither undefined nor false. Fails with `what`. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false> | T | undefined | false, seconds = 10): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}`);
    await delay(10);
  }
}
