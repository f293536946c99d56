import type { Desk } from "../../core/model/desk";
import type { Files, Log } from "../../core/model/ports";
import type { Runbook } from "../../core/model/runbook";
import { runbookContext } from "../../core/runbook/runbookContext";
import { isRunbookName } from "../../core/runbook/runbookFolders";
import { readRunbook } from "../../markdown/readMarkdown";
import { walkFiles } from "../platform/walkFiles";

/** The desk's runbooks, read when first needed and cached until their text changes. */
export interface RunbookCache {
  all(): Promise<readonly Runbook[]>;
  one(path: string): Promise<Runbook | undefined>;
  /** Drops one runbook. */
  forget(path: string): void;
  /** Drops all runbooks, as after the desk changed. */
  forgetAll(): void;
}

/** Reads below `folders`. The text of an `unsaved` editor takes precedence over its file. */
export function runbookCache(deps: {
  readonly files: Pick<Files, "list" | "read">;
  readonly unsaved: (path: string) => string | undefined;
  readonly log: Log;
  readonly desk: () => Desk;
  readonly folders: () => readonly string[];
}): RunbookCache {
  const { files, log } = deps;
  const read = new Map<string, Runbook>();
  let paths: Promise<readonly string[]> | undefined;
  let forgotten = 0;

  async function list(): Promise<readonly string[]> {
    const found = await Promise.all(deps.folders().map((folder) => walkFiles(files, folder, isRunbookName)));
    const all = found.flatMap((result) => {
      if (result.kind === "ok") return result.value;
      log.error(`Runbooks could not be listed: ${JSON.stringify(result.failure)}`);
      return [];
    });
    return [...new Set(all)].sort();
  }

  async function textOf(path: string): Promise<string | undefined> {
    const open = deps.unsaved(path);
    if (open !== undefined) return open;
    const text = await files.read(path);
    if (text.kind === "ok") return text.value;
    // The path can come from the text of an issue, which anyone may have written.
    if (text.failure.kind !== "missing" && text.failure.kind !== "outside") log.error(`A runbook could not be read: ${JSON.stringify(text.failure)}`);
    return undefined;
  }

  async function one(path: string): Promise<Runbook | undefined> {
    const known = read.get(path);
    if (known !== undefined) return known;
    const before = forgotten;
    const text = await textOf(path);
    if (text === undefined) return undefined;
    const every = new Set(await (paths ??= list()));
    const runbook = readRunbook(path, text, runbookContext(deps.desk(), (other) => every.has(other)));
    if (before === forgotten) read.set(path, runbook);
    return runbook;
  }

  return {
    one,
    async all() {
      const every = await (paths ??= list());
      const runbooks = await Promise.all(every.map(one));
      return runbooks.filter((runbook) => runbook !== undefined);
    },
    forget(path) {
      forgotten += 1;
      read.delete(path);
    },
    forgetAll() {
      forgotten += 1;
      read.clear();
      paths = undefined;
    },
  };
}
