import * as v from "valibot";
import { millisecondsOf } from "../../core/model/instant";
import { parseData } from "../../core/model/parseData";
import type { Clock, Ids, Memory } from "../../core/model/ports";

/** Milliseconds in which another window may have taken the same alarm. */
const settleMilliseconds = 300;

/** Milliseconds after which it is forgotten that an alarm was told. */
const forgotten = 60 * 24 * 3_600_000;

interface AlarmParts {
  readonly memory: () => Memory;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Gives whether it is for this window to tell an alarm of that name: no window told it before, and of several that want to now, the one that wrote last does. */
export function alarmMemory({ memory: memoryNow, clock, ids }: AlarmParts): (name: string) => Promise<boolean> {
  const tidied = new Set<Memory>();

  /** Removes what was told long ago. What an earlier version noted has no time yet, and counts from now. */
  async function tidy(memory: Memory): Promise<void> {
    if (tidied.has(memory)) return;
    tidied.add(memory);
    const keys = await memory.keys("");
    const now = clock.now();
    for (const name of keys.kind === "ok" ? keys.value : []) {
      const notified = await memory.read(name);
      if (notified.kind === "failed" || name === "used") continue;
      const kept = parseData(note, notified.value);
      if (kept === undefined) await memory.write(name, { by: String(notified.value), at: now });
      else if (millisecondsOf(now) - millisecondsOf(kept.at) > forgotten) await memory.remove(name);
    }
  }

  return async (name) => {
    const memory = memoryNow();
    await tidy(memory);
    const notified = await memory.read(name);
    if (notified.kind === "ok" && notified.value !== undefined) return false;
    const by = ids.next();
    const written = await memory.write(name, { by, at: clock.now() });
    await clock.wait(settleMilliseconds);
    const now = await memory.read(name);
    // Rather twice than never where nothing can be remembered.
    return written.kind === "failed" || now.kind === "failed" || parseData(note, now.value)?.by === by;
  };
}

const note = v.object({ by: v.string(), at: v.pipe(v.string(), v.check((at) => !Number.isNaN(Date.parse(at)))) });
