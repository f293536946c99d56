import { runInBackground } from "../model/queues";
import { millisecondsOf } from "../model/instant";
import type { OperationKey } from "../model/operation";
import type { Clock, Log } from "../model/ports";
import type { Outbox } from "./outbox";

const maxWait = 60 * 60 * 1000;

/** Retries each pending operation when it is due. Returns a function that stops it. */
export function retryWhenDue(outbox: Outbox, clock: Clock, log: Log, retry: (key: OperationKey) => Promise<unknown>): () => void {
  let awaited: number | undefined;
  let stopped = false;

  async function poll(): Promise<void> {
    const times = outbox.pendingChanges().flatMap(({ pending, nextAt }) => (nextAt === undefined ? [] : [{ key: pending.key, at: millisecondsOf(nextAt) }]));
    const now = millisecondsOf(clock.now());
    // An operation that is being retried is no longer due. Retrying can change the outbox, and so call this function again.
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
