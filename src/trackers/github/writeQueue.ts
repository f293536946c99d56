import type { Clock, Log } from "../../core/ports";
import { runInBackground } from "../../core/background";

/** What a person waits for goes before what nobody looks at. */
export type Priority = "waitedFor" | "background";

/** Runs writes one at a time with a pause between their beginnings, those a person waits for first. */
export interface WriteQueue {
  run<T>(priority: Priority, write: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly priority: Priority;
  readonly begin: () => Promise<void>;
}

/** `spacing` is in milliseconds: GitHub asks for one second between the writes of one account. */
export function writeQueue(clock: Clock, spacing: number, log: Log): WriteQueue {
  const waiting: Waiting[] = [];
  let busy = false;

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let next = take(); next !== undefined; next = take()) {
      await Promise.all([next.begin(), clock.wait(spacing)]);
    }
    busy = false;
  }

  function take(): Waiting | undefined {
    const first = waiting.findIndex(({ priority }) => priority === "waitedFor");
    return waiting.splice(Math.max(first, 0), 1)[0];
  }

  return {
    run: (priority, write) =>
      new Promise((resolve, reject) => {
        waiting.push({ priority, begin: () => write().then(resolve, reject) });
        runInBackground(work(), log);
      }),
  };
}
