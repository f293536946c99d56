import type { Clock, Timer } from "./ports";

/** Runs a job once all jobs that were given before it have ended. A job that fails fails for its caller only. */
type Queue = <T>(job: () => Promise<T>) => Promise<T>;

/** Runs a job once all jobs that were given before it under one of the same keys have ended; jobs without a common key run side by side. */
type KeyedQueue = <T>(keys: readonly string[], job: () => Promise<T>) => Promise<T>;

/** An empty queue, in which one job runs at a time. */
export function createQueue(): Queue {
  let tail: Promise<void> = Promise.resolve();
  return (job) => {
    const run = tail.then(job);
    tail = run.then(nothing, nothing);
    return run;
  };
}

/** An empty queue, in which one job runs at a time for each key. */
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

/** Runs one job at a time, foreground jobs first, and jobs of one priority in the order given. */
type PriorityQueue = <T>(priority: Priority, job: () => Promise<T>) => Promise<T>;

/** An empty queue that begins a job `spacing` milliseconds after the one before began, or once that one has ended if it takes longer. */
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
 * Runs the action one at a time. Calls at the same moment share a run, and so do all calls while one runs: theirs begins
 * once that has ended. Each call gets the result of a run that began after it.
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

/** Gives every call with the same key the result of the run that is under way, or of a new one where there is none. */
export function createSingleFlight<T>(): (key: string, run: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (key, run) => {
    const mine = running.get(key) ?? run().finally(() => running.delete(key));
    running.set(key, mine);
    return mine;
  };
}

/** Something to call, until it is disposed of. */
interface DelayedCall {
  (): void;
  dispose(): void;
}

/** Turns calls that follow each other closely into one, `milliseconds` after the last of them. */
export function debounce(timer: Timer, milliseconds: number, action: () => void): DelayedCall {
  let cancel = nothing;
  const call = (): void => {
    cancel();
    cancel = timer.after(milliseconds, action);
  };
  return Object.assign(call, { dispose: () => cancel() });
}

/** Acts on the first call at once, and turns calls within `milliseconds` after it into one at their end. */
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

function nothing(): void {}
