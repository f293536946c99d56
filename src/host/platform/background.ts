import { runInBackground as run } from "../../core/model/queues";
import type { Log } from "../../core/model/ports";

/** Runs work without waiting for it. Errors are written to the desk's log, or to the console where there is no desk. */
export function runInBackground(work: PromiseLike<unknown> | undefined, log: Pick<Log, "error"> = console): void {
  run(work, log);
}
