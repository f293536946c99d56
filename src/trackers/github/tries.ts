import { isRecord } from "../../core/isRecord";
import { instantAt, millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";
import type { OperationKey } from "../../core/issue/operation";
import type { Clock, Memory } from "../../core/ports";
import { ok, type Result } from "../../core/result";

/** When each write that must happen once was first tried, remembered by all windows of this machine. */
export interface Tries {
  /** The instant of the first try, or nothing when there was none; from then on there was one. */
  begin(key: OperationKey): Promise<Result<Instant | undefined>>;
}

const prefix = "tried/";
const days = 30;

/** Tries older than a month are forgotten: what waits that long has been dropped or is looked for in vain. */
export function rememberTries(memory: Memory, clock: Clock): Tries {
  let tidied = false;

  async function tidy(): Promise<void> {
    if (tidied) return;
    tidied = true;
    const keys = await memory.keys(prefix);
    const oldest = millisecondsOf(clock.now()) - days * 86_400_000;
    for (const key of keys.kind === "ok" ? keys.value : []) {
      const at = readAt(await memory.read(key));
      if (at !== undefined && millisecondsOf(at) < oldest) await memory.remove(key);
    }
  }

  return {
    async begin(key) {
      const place = prefix + key;
      const known = readAt(await memory.read(place));
      if (known !== undefined) return ok(known);
      const written = await memory.write(place, { at: clock.now() });
      void tidy();
      return written.kind === "failed" ? written : ok(undefined);
    },
  };
}

/** A little before the instant, for the server's clock and ours may differ. */
export function shortlyBefore(at: Instant): Instant {
  return instantAt(Math.floor(millisecondsOf(at) / 1000) * 1000 - 120_000);
}

function readAt(read: Result<unknown>): Instant | undefined {
  return read.kind === "ok" && isRecord(read.value) && typeof read.value["at"] === "string" ? read.value["at"] : undefined;
}
