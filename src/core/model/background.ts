import type { Log } from "./ports";

/** Runs work that nobody awaits. A rejection is logged. */
export function runInBackground(work: PromiseLike<unknown> | undefined, log: Pick<Log, "error">): void {
  work?.then(undefined, (error: unknown) => log.error(error instanceof Error ? (error.stack ?? error.message) : String(error)));
}
