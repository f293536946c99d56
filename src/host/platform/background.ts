import { runInBackground as run } from "../../core/model/background";
import type { Log } from "../../core/model/ports";

/** Lets work go on that nobody waits for; where it breaks, that is in the desk's log, or in the editor's own where there is no desk at hand. */
export function runInBackground(work: PromiseLike<unknown> | undefined, log: Pick<Log, "error"> = console): void {
  run(work, log);
}
