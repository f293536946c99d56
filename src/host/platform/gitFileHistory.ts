import type { FileCommit, FileHistory } from "../../core/metrics/deskVersions";
import { instantAt } from "../../core/model/instant";
import type { Log } from "../../core/model/ports";
import { isRecord } from "../../core/model/record";

// Each version is read by a process of its own.
const maxCommits = 200;

/** The history of files in a repository of the Git extension, which takes paths on the disk. */
export function gitFileHistory(repository: Readonly<Record<string, unknown>>, pathOf: (file: string) => string, log: Log): FileHistory {
  async function call(name: "log" | "show", ...args: readonly unknown[]): Promise<unknown> {
    try {
      const found = repository[name];
      return typeof found === "function" ? await found.apply(repository, args) : undefined;
    } catch (error) {
      // A commit that removed the file has no text of it.
      log.info(`The history of a file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  return {
    atOnce: 8,
    async commitsOf(file) {
      const entries = await call("log", { maxEntries: maxCommits, path: pathOf(file) });
      return Array.isArray(entries) ? entries.flatMap(readCommit) : [];
    },
    async textOf(sha, file) {
      const text = await call("show", sha, pathOf(file));
      return typeof text === "string" ? text : undefined;
    },
  };
}

function readCommit(entry: unknown): readonly FileCommit[] {
  if (!isRecord(entry)) return [];
  const { hash, authorDate, commitDate } = entry;
  const date = commitDate instanceof Date ? commitDate : authorDate;
  if (typeof hash !== "string" || !(date instanceof Date) || Number.isNaN(date.getTime())) return [];
  return [{ sha: hash, at: instantAt(Math.floor(date.getTime() / 1000) * 1000) }];
}
