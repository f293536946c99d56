import * as v from "valibot";
import { millisecondsOf } from "../../core/model/instant";
import { parseData } from "../../core/model/parseData";
import type { Clock, Ids, Memory } from "../../core/model/ports";

/** Milliseconds in which another window may claim the same reminder. */
const settleMilliseconds = 300;

/** Milliseconds after which a record of a shown reminder is removed. */
const maxAge = 60 * 24 * 3_600_000;

interface MemoryPorts {
  readonly memory: () => Memory;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Returns a function that claims a reminder for this window. It resolves to true if no window has shown the reminder; of several windows, the last writer wins. */
export function reminderMemory({ memory: memoryNow, clock, ids }: MemoryPorts): (name: string) => Promise<boolean> {
  const cleaned = new Set<Memory>();

  /** Removes old records. Records of earlier versions have no time, and count from now. */
  async function clean(memory: Memory): Promise<void> {
    if (cleaned.has(memory)) return;
    cleaned.add(memory);
    const keys = await memory.keys("");
    const now = clock.now();
    for (const name of keys.kind === "ok" ? keys.value : []) {
      const notified = await memory.read(name);
      if (notified.kind === "failed" || name === "used") continue;
      const record = parseData(recordSchema, notified.value);
      if (record === undefined) await memory.write(name, { by: String(notified.value), at: now });
      else if (millisecondsOf(now) - millisecondsOf(record.at) > maxAge) await memory.remove(name);
    }
  }

  return async (name) => {
    const memory = memoryNow();
    await clean(memory);
    const notified = await memory.read(name);
    if (notified.kind === "ok" && notified.value !== undefined) return false;
    const by = ids.next();
    const written = await memory.write(name, { by, at: clock.now() });
    await clock.wait(settleMilliseconds);
    const now = await memory.read(name);
    // If the memory fails, showing a reminder twice is better than never.
    return written.kind === "failed" || now.kind === "failed" || parseData(recordSchema, now.value)?.by === by;
  };
}

const recordSchema = v.object({ by: v.string(), at: v.pipe(v.string(), v.check((at) => !Number.isNaN(Date.parse(at)))) });
