import type { Log } from "./ports";

/** Lets work go on that nobody waits for; where it breaks, that is logged. */
export function runInBackground(work: PromiseLike<unknown> | undefined, log: Pick<Log, "error">): void {
  work?.then(undefined, (error: unknown) => log.error(error instanceof Error ? (error.stack ?? error.message) : String(error)));
}
