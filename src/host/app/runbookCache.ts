import type { Desk } from "../../core/model/desk";
import { fileOfProcedure, splitProcedurePath } from "../../core/model/procedurePath";
import type { Files, Log } from "../../core/model/ports";
import type { Runbook } from "../../core/model/runbook";
import { deskChecklists, sectionRunbook, withDeskChecklist, withDistinctTitles } from "../../core/runbook/procedure";
import { runbookContext } from "../../core/runbook/runbookContext";
import { isRunbookName } from "../../core/runbook/runbookFolders";
import { readRunbook } from "../../markdown/readMarkdown";
import { walkFiles } from "../platform/walkFiles";

/** The desk's runbooks, read when first needed and cached until their text changes. */
export interface RunbookCache {
  all(): Promise<readonly Runbook[]>;
  /** A runbook, or a section of one, by its procedure's path. */
  one(path: string): Promise<Runbook | undefined>;
  /** The checklists of roles, each with a title of its own: runbooks whose front matter says when they are due, and those that `desk.yml` lists. */
  roleChecklists(): Promise<readonly Runbook[]>;
  /** Drops one runbook. */
  forget(path: string): void;
  /** Drops all runbooks, as after the desk changed. */
  forgetAll(): void;
}

/** The paths of the desk's runbooks. */
interface FoundFiles {
  readonly paths: readonly string[];
  readonly exists: (path: string) => boolean;
}

/** Reads below `folders`. The text of an `unsaved` editor takes precedence over its file. */
export function runbookCache(deps: {
  readonly files: Pick<Files, "list" | "read">;
  readonly unsaved: (path: string) => string | undefined;
  readonly log: Log;
  readonly desk: () => Desk;
  /** The folder of `desk.yml`, empty for the workspace folder. */
  readonly deskFolder: () => string;
  readonly folders: () => readonly string[];
}): RunbookCache {
  const { files, log } = deps;
  const read = new Map<string, Runbook>();
  let found: Promise<FoundFiles> | undefined;
  let forgotten = 0;

  async function list(): Promise<FoundFiles> {
    const results = await Promise.all(deps.folders().map((folder) => walkFiles(files, folder, isRunbookName)));
    const all = results.flatMap((result) => {
      if (result.kind === "ok") return result.value;
      log.error(`Runbooks could not be listed: ${JSON.stringify(result.failure)}`);
      return [];
    });
    const every = new Set(all);
    return { paths: [...every].sort(), exists: (path) => every.has(path) };
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

  async function file(path: string): Promise<Runbook | undefined> {
    const known = read.get(path);
    if (known !== undefined) return known;
    const before = forgotten;
    const text = await textOf(path);
    if (text === undefined) return undefined;
    const { exists, paths } = await (found ??= list());
    const runbook = withDeskChecklist(readRunbook(path, text, runbookContext(deps.desk(), exists, paths)), deps.desk(), deps.deskFolder());
    if (before === forgotten) read.set(path, runbook);
    return runbook;
  }

  async function one(path: string): Promise<Runbook | undefined> {
    const known = read.get(path);
    if (known !== undefined) return known;
    const { file: name, slug } = splitProcedurePath(path);
    const whole = await file(name);
    const section = whole === undefined || slug === undefined ? undefined : sectionRunbook(whole, slug);
    if (section === undefined) return slug === undefined ? whole : undefined;
    const runbook = withDeskChecklist(section, deps.desk(), deps.deskFolder());
    if (read.get(name) === whole) read.set(path, runbook);
    return runbook;
  }

  async function all(): Promise<readonly Runbook[]> {
    const { paths } = await (found ??= list());
    const runbooks = await Promise.all(paths.map(one));
    return runbooks.filter((runbook) => runbook !== undefined);
  }

  return {
    one,
    all,
    async roleChecklists() {
      const files = await all();
      const listed = await Promise.all(deskChecklists(deps.desk(), deps.deskFolder()).map(({ runbook }) => one(runbook)));
      const due = [...files, ...listed].flatMap((runbook) => (runbook?.details.when === undefined ? [] : [[runbook.path, runbook] as const]));
      return withDistinctTitles([...new Map(due).values()]);
    },
    forget(path) {
      forgotten += 1;
      for (const known of [...read.keys()]) if (fileOfProcedure(known) === path) read.delete(known);
    },
    forgetAll() {
      forgotten += 1;
      read.clear();
      found = undefined;
    },
  };
}
