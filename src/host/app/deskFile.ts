import { defaultDesk } from "../../core/desk/defaultDesk";
import { parseDesk } from "../../core/desk/parseDesk";
import type { Desk, DeskProblemCode } from "../../core/model/desk";
import { localRepository } from "../../core/model/issueRef";
import type { Files } from "../../core/model/ports";
import type { Problem } from "../../core/model/problem";
import { coalesce } from "../../core/model/queues";
import { ok, type Result } from "../../core/model/result";

/** A team's configuration as it is in use. */
export interface DeskNow {
  readonly desk: Desk;
  /** Workspace path of `desk.yml`; absent when the defaults are in use. */
  readonly path?: string;
  readonly problems: readonly Problem<DeskProblemCode>[];
  /** True when `desk.yml` is broken and the last good desk (or the defaults) is in use. */
  readonly stale: boolean;
}

/** The desk's configuration file, read again on demand; while it is broken the last good desk stays in use. */
export interface DeskFile {
  now(): DeskNow;
  /** Folder that `desk.yml` stands in; `runbooks` when there is none. */
  folder(): string;
  reload(): Promise<Result<void>>;
}

/** Knows the default desk until it is asked to read. `find` gives the path of the file, if there is one. */
export function deskFile(files: Pick<Files, "read">, find: () => Promise<Result<string | undefined>>): DeskFile {
  let good: Desk = defaultDesk(localRepository);
  let now: DeskNow = { desk: good, problems: [], stale: false };

  const folder = (): string => (now.path === undefined ? "runbooks" : now.path.split("/").slice(0, -1).join("/"));

  async function read(): Promise<Result<void>> {
    const path = await find();
    if (path.kind === "failed") return path;
    if (path.value === undefined) {
      good = defaultDesk(localRepository);
      now = { desk: good, problems: [], stale: false };
      return ok(undefined);
    }
    const text = await files.read(path.value);
    if (text.kind === "failed") {
      now = { ...now, desk: good, path: path.value, stale: true };
      return text;
    }
    const reading = parseDesk(text.value);
    good = reading.desk ?? good;
    now = { desk: good, path: path.value, problems: reading.problems, stale: reading.desk === undefined };
    return ok(undefined);
  }

  return {
    now: () => now,
    folder,
    reload: coalesce(read),
  };
}

/** Of the paths of several `desk.yml`, the one nearest to the top, and of those the first in order; none in hidden folders and `node_modules`. */
export function nearestDesk(paths: readonly string[]): string | undefined {
  const depth = (path: string): number => path.split("/").length;
  const [nearest] = paths
    .filter((path) => !path.split("/").some((part) => part.startsWith(".") || part === "node_modules"))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  return nearest;
}
