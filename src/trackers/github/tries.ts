import * as v from "valibot";
import { instantAt, millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";
import type { OperationKey } from "../../core/issue/operation";
import { parseData } from "../../core/parseData";
import type { Clock, Log, Memory } from "../../core/ports";
import { ok, type Result } from "../../core/result";
import { runInBackground } from "../../core/background";

/** The first try of a write. */
export interface Try {
  /** By this machine's clock. */
  readonly at: Instant;
  /** When the issue had last changed as the try found it, by the server's clock. */
  readonly seen?: Instant;
}

/** When each write that must happen once was first tried, remembered by all windows of this machine. */
export interface Tries {
  /** The first try, or nothing when there was none. */
  known(key: OperationKey): Promise<Result<Try | undefined>>;
  /** The same; from then on there was one. */
  begin(key: OperationKey, seen?: Instant): Promise<Result<Try | undefined>>;
}

const storedTry = v.object({ at: v.string(), seen: v.exactOptional(v.string()) });
const prefix = "tried/";
const days = 30;

/** Tries older than a month are forgotten: what waits that long has been dropped or is looked for in vain. */
export function rememberTries(memory: Memory, clock: Clock, log: Log): Tries {
  let tidied = false;

  async function tidy(): Promise<void> {
    if (tidied) return;
    tidied = true;
    const keys = await memory.keys(prefix);
    const oldest = millisecondsOf(clock.now()) - days * 86_400_000;
    for (const key of keys.kind === "ok" ? keys.value : []) {
      const tried = readTry(await memory.read(key));
      if (tried !== undefined && millisecondsOf(tried.at) < oldest) await memory.remove(key);
    }
  }

  async function known(key: OperationKey): Promise<Result<Try | undefined>> {
    const read = await memory.read(prefix + key);
    return read.kind === "failed" ? read : ok(readTry(read));
  }

  return {
    known,
    async begin(key, seen) {
      const before = await known(key);
      if (before.kind === "failed" || before.value !== undefined) return before;
      const written = await memory.write(prefix + key, { at: clock.now(), ...(seen === undefined ? {} : { seen }) });
      runInBackground(tidy(), log);
      return written.kind === "failed" ? written : ok(undefined);
    },
  };
}

/** A little before the instant, for the server's clock and ours may differ. */
export function shortlyBefore(at: Instant): Instant {
  return instantAt(Math.floor(millisecondsOf(at) / 1000) * 1000 - 120_000);
}

function readTry(read: Result<unknown>): Try | undefined {
  return read.kind === "failed" ? undefined : (parseData(storedTry, read.value) ?? parseData(v.omit(storedTry, ["seen"]), read.value));
}
