import { runInBackground } from "../model/background";
import { millisecondsOf } from "../model/instant";
import type { OperationKey } from "../model/operation";
import type { Clock, Log } from "../model/ports";
import type { Outbox } from "./outbox";

const maxWait = 60 * 60 * 1000;

/** Asks for another attempt of each waiting operation when its time has come, until the function it gives is called. */
export function retryWhenDue(outbox: Outbox, clock: Clock, log: Log, retry: (key: OperationKey) => Promise<unknown>): () => void {
  let awaited: number | undefined;
  let stopped = false;

  async function poll(): Promise<void> {
    const times = outbox.pendingChanges().flatMap(({ pending, nextAt }) => (nextAt === undefined ? [] : [{ key: pending.key, at: millisecondsOf(nextAt) }]));
    const now = millisecondsOf(clock.now());
    // An attempt that is asked for has no time of its own any more; asking may change the outbox, and so call `look` again.
    for (const { key } of times.filter(({ at }) => at <= now)) runInBackground(retry(key), log);
    const next = Math.min(...times.map(({ at }) => at).filter((at) => at > now));
    if (!Number.isFinite(next) || (awaited !== undefined && awaited <= next)) return;
    awaited = next;
    await clock.wait(Math.min(next - now, maxWait));
    if (stopped || awaited !== next) return;
    awaited = undefined;
    await poll();
  }

  const quiet = outbox.onChange(() => runInBackground(poll(), log));
  runInBackground(poll(), log);
  return () => {
    stopped = true;
    quiet();
  };
}
