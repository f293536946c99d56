import { setTimeout as delay } from 'node:timers/promises';

/** Repeats `look` until it gives something other than undefined or false; fails with what it was waiting for. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false> | T | undefined | false, seconds = 20): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}`);
    await delay(100);
  }
}
