import type { Clock, Log, Timer } from "./ports";

/** Runs a job after all earlier jobs. A failing job rejects only its own caller's promise. */
type Queue = <T>(job: () => Promise<T>) => Promise<T>;

/** Runs a job after all earlier jobs that share one of its keys. Jobs without a common key run concurrently. */
type KeyedQueue = <T>(keys: readonly string[], job: () => Promise<T>) => Promise<T>;

/** Creates a queue that runs one job at a time. */
export function createQueue(): Queue {
  let tail: Promise<void> = Promise.resolve();
  return (job) => {
    const run = tail.then(job);
    tail = run.then(nothing, nothing);
    return run;
  };
}

/** Creates a queue that runs one job at a time per key. */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<void>>();
  return (keys, job) => {
    const run = Promise.all(keys.map((key) => tails.get(key))).then(job);
    const tail = run.then(nothing, nothing);
    for (const key of keys) tails.set(key, tail);
    tail.then(() => {
      for (const key of keys) if (tails.get(key) === tail) tails.delete(key);
    }, nothing);
    return run;
  };
}

export type Priority = "foreground" | "background";

/** Runs one job at a time: foreground jobs first, and jobs of the same priority in order. */
type PriorityQueue = <T>(priority: Priority, job: () => Promise<T>) => Promise<T>;

/** Creates a priority queue. Jobs start at least `spacing` milliseconds apart, and never before the previous job has ended. */
export function createPriorityQueue(clock: Pick<Clock, "wait">, spacing: number): PriorityQueue {
  const waiting: Readonly<Record<Priority, (() => Promise<void>)[]>> = { foreground: [], background: [] };
  const queue = createQueue();
  return (priority, job) =>
    new Promise((resolve, reject) => {
      waiting[priority].push(async () => {
        try {
          resolve(await job());
        } catch (error) {
          reject(error);
        }
      });
      queue(async () => {
        const next = waiting.foreground.shift() ?? waiting.background.shift();
        await Promise.all([next?.(), clock.wait(spacing)]);
      }).catch(reject);
    });
}

/**
 * Runs the action one at a time. Calls made together share a run, and calls made during a run share the next one. Each call
 * returns the result of a run that started after the call.
 */
export function coalesce<T>(action: () => Promise<T>): () => Promise<T> {
  const queue = createQueue();
  let next: Promise<T> | undefined;
  return () =>
    (next ??= queue(() => {
      next = undefined;
      return action();
    }));
}

/** Returns the result of the current run for a key, or starts one if none is running. */
export function createSingleFlight<T>(): (key: string, run: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (key, run) => {
    const mine = running.get(key) ?? run().finally(() => running.delete(key));
    running.set(key, mine);
    return mine;
  };
}

/** A call that can be disposed of. */
interface DelayedCall {
  (): void;
  dispose(): void;
}

/** Combines calls in quick succession into one, `milliseconds` after the last of them. */
export function debounce(timer: Timer, milliseconds: number, action: () => void): DelayedCall {
  let cancel = nothing;
  const call = (): void => {
    cancel();
    cancel = timer.after(milliseconds, action);
  };
  return Object.assign(call, { dispose: () => cancel() });
}

/** Runs the first call immediately and combines calls within the next `milliseconds` into one at the end of that time. */
export function throttle(timer: Timer, milliseconds: number, action: () => void): DelayedCall {
  let cancel: (() => void) | undefined;
  let again = false;
  const call = (): void => {
    again = cancel !== undefined;
    if (again) return;
    cancel = timer.after(milliseconds, () => {
      cancel = undefined;
      if (again) call();
    });
    action();
  };
  return Object.assign(call, { dispose: () => cancel?.() });
}

/** Runs work that nobody awaits. A rejection is logged. */
export function runInBackground(work: PromiseLike<unknown> | undefined, log: Pick<Log, "error">): void {
  work?.then(undefined, (error: unknown) => log.error(error instanceof Error ? (error.stack ?? error.message) : String(error)));
}

function nothing(): void {}
