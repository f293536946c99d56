import type { Clock, Files, Memory } from '../../src/core/model/ports';

/** Faults of one window's ports: how long the next call takes, and whether the window dies before or after it. */
export interface Faults {
  /** Milliseconds the next call takes until it has its effect, and from then until its answer. */
  delay(): { readonly before: number; readonly after: number };
  /** Asked at every call in its order from 0. */
  crash(call: number): "no" | "before" | "after";
}

/** One editor window: its calls take time, and once it has crashed nothing it asks ever answers or happens. */
export interface Window {
  readonly files: Files;
  readonly memory: Memory;
  readonly clock: Clock;
  crashed(): boolean;
  calls(): number;
}

/** Shares files and memory with other windows of one test, each with its own faults. */
export function openWindow(files: Files, memory: Memory, clock: Clock, faults: Faults): Window {
  let crashed = false;
  let calls = 0;

  async function call<T>(effect: () => Promise<T>): Promise<T> {
    if (crashed) return never();
    const fate = faults.crash(calls);
    calls += 1;
    const { before, after } = faults.delay();
    if (fate === "before") {
      crashed = true;
      return never();
    }
    await clock.wait(before);
    if (crashed) return never();
    const result = await effect();
    if (fate === "after") crashed = true;
    await clock.wait(after);
    return crashed ? never() : result;
  }

  return {
    files: {
      list: (folder) => call(() => files.list(folder)),
      read: (path) => call(() => files.read(path)),
      write: (path, text) => call(() => files.write(path, text)),
      move: (from, to) => call(() => files.move(from, to)),
      remove: (path) => call(() => files.remove(path)),
    },
    memory: {
      keys: (prefix) => call(() => memory.keys(prefix)),
      read: (key) => call(() => memory.read(key)),
      text: (key) => call(() => memory.text(key)),
      write: (key, value) => call(() => memory.write(key, value)),
      remove: (key) => call(() => memory.remove(key)),
    },
    clock: { now: () => clock.now(), wait: (milliseconds) => (crashed ? never() : clock.wait(milliseconds)) },
    crashed: () => crashed,
    calls: () => calls,
  };
}

/** No delays and no crashes. */
export const noFaults: Faults = { delay: () => ({ before: 0, after: 0 }), crash: () => "no" };

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
