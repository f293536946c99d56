import { commitsOnBranch, type FileHistory, type GraphCommit } from "../../core/metrics/history/deskVersions";
import type { Log } from "../../core/model/ports";
import { isRecord } from "../../core/model/plainData";
import { readCommit } from "./gitCommits";

// Each version is read by a process of its own.
const maxVersions = 200;

// Older commits of merged branches apply from their own dates.
const maxCommits = 10_000;

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

  async function commits(options: object): Promise<readonly GraphCommit[]> {
    const entries = await call("log", options);
    return Array.isArray(entries) ? entries.flatMap(readGraphCommit) : [];
  }

  let graph: Promise<readonly GraphCommit[]> | undefined;

  return {
    atOnce: 8,
    async commitsOf(file) {
      const found = await commits({ maxEntries: maxVersions, path: pathOf(file) });
      if (found.length === 0) return [];
      graph ??= commits({ maxEntries: maxCommits });
      const all = await graph;
      return commitsOnBranch(found, all, all[0]?.sha ?? "");
    },
    async textOf(sha, file) {
      const text = await call("show", sha, pathOf(file));
      return typeof text === "string" ? text : undefined;
    },
  };
}

function readGraphCommit(entry: unknown): readonly GraphCommit[] {
  const parents = isRecord(entry) && Array.isArray(entry["parents"]) ? entry["parents"].filter((parent) => typeof parent === "string") : [];
  return readCommit(entry).map(({ sha, at }) => ({ sha, at, parents }));
}
