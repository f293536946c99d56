import { instantAt } from "../../core/model/instant";
import type { Commit, Commits, Log, Timer } from "../../core/model/ports";
import { isRecord } from "../../core/model/plainData";

interface GitParts {
  /** The repository of VS Code's Git extension; `undefined` where there is none, or it is not open yet. */
  readonly repository: () => Readonly<Record<string, unknown>> | undefined;
  readonly timer: Timer;
  readonly log: Log;
}

// Reading them takes well under a second in large repositories, too.
const maxCommits = 1000;

const patience = 1000;

/** The latest commits of the current branch. They are read again when another commit is checked out. */
export function gitCommits({ repository: openedNow, timer, log }: GitParts): Commits {
  let last: { readonly head: string; readonly commits: Promise<readonly Commit[]> } | undefined;

  async function read(repository: Readonly<Record<string, unknown>>): Promise<readonly Commit[]> {
    try {
      const entries: unknown = typeof repository["log"] === "function" ? await repository["log"]({ maxEntries: maxCommits }) : [];
      return Array.isArray(entries) ? entries.flatMap(readCommit) : [];
    } catch (error) {
      // For example a repository without commits.
      log.info(`The commits cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  }

  return {
    async recent() {
      const repository = openedNow();
      const head = repository === undefined ? undefined : headOf(repository);
      if (repository === undefined || head === undefined) return [];
      if (last?.head !== head) last = { head, commits: read(repository) };
      const { commits } = last;
      let stop = (): void => undefined;
      const late = new Promise<readonly Commit[]>((resolve) => {
        stop = timer.after(patience, () => resolve([]));
      });
      const found = await Promise.race([commits, late]);
      stop();
      return found;
    },
  };
}

function headOf({ state }: Readonly<Record<string, unknown>>): string | undefined {
  const head = isRecord(state) ? state["HEAD"] : undefined;
  return isRecord(head) && typeof head["commit"] === "string" ? head["commit"] : undefined;
}

/** Parses a commit of the Git extension. Empty for anything else. */
export function readCommit(entry: unknown): readonly Commit[] {
  if (!isRecord(entry)) return [];
  const { hash, message, authorName, authorDate, commitDate } = entry;
  const date = commitDate instanceof Date ? commitDate : authorDate;
  if (typeof hash !== "string" || typeof message !== "string" || !(date instanceof Date) || Number.isNaN(date.getTime())) return [];
  return [{ sha: hash, message, by: typeof authorName === "string" ? authorName : "", at: instantAt(Math.floor(date.getTime() / 1000) * 1000) }];
}
