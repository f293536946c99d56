import { millisecondsOf } from "../instantTime";
import { runInBackground } from "../background";
import type { Clock, Log } from "../ports";
import type { OperationKey } from "./operation";
import type { Outbox } from "./outbox";

const longestWait = 60 * 60 * 1000;

/** Asks for another attempt of each waiting operation when its time has come, until the function it gives is called. */
export function retryWhenDue(outbox: Outbox, clock: Clock, log: Log, retry: (key: OperationKey) => Promise<unknown>): () => void {
  let awaited: number | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    const times = outbox.waiting().flatMap(({ pending, nextAt }) => (nextAt === undefined ? [] : [{ key: pending.key, at: millisecondsOf(nextAt) }]));
    const now = millisecondsOf(clock.now());
    // An attempt that is asked for has no time of its own any more; asking may change the outbox, and so call `look` again.
    for (const { key } of times.filter(({ at }) => at <= now)) runInBackground(retry(key), log);
    const next = Math.min(...times.map(({ at }) => at).filter((at) => at > now));
    if (!Number.isFinite(next) || (awaited !== undefined && awaited <= next)) return;
    awaited = next;
    await clock.wait(Math.min(next - now, longestWait));
    if (stopped || awaited !== next) return;
    awaited = undefined;
    await look();
  }

  const quiet = outbox.onChange(() => runInBackground(look(), log));
  runInBackground(look(), log);
  return () => {
    stopped = true;
    quiet();
  };
}
