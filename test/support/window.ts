import type { Clock, Files, Memory } from '../../src/core/model/ports';

/** Faults of one window's ports: the duration of the next call, and whether the window closes before or after it. */
export interface Faults {
  /** Milliseconds until the next call takes effect, and from then until its response. */
  delay(): { readonly before: number; readonly after: number };
  /** Called for every call, with its zero-based index. */
  crash(call: number): "no" | "before" | "after";
}

/** One editor window. Its calls take time, and after a crash none of them returns or has an effect. */
export interface Window {
  readonly files: Files;
  readonly memory: Memory;
  readonly clock: Clock;
  crashed(): boolean;
  calls(): number;
}

/** Opens a window that shares files and memory with other windows of a test, with its own faults. */
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
