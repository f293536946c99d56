import { defaultDesk } from "../../core/desk/defaultDesk";
import { parseDesk } from "../../core/desk/parseDesk";
import type { Desk, DeskProblemCode } from "../../core/model/desk";
import { localRepository } from "../../core/model/issueRef";
import type { Files } from "../../core/model/ports";
import type { Problem } from "../../core/model/problem";
import { coalesce } from "../../core/model/queues";
import { ok, type Result } from "../../core/model/result";

/** The desk configuration in use. */
export interface DeskNow {
  readonly desk: Desk;
  /** Workspace path of `desk.yml`; absent when the defaults are in use. */
  readonly path?: string;
  readonly problems: readonly Problem<DeskProblemCode>[];
  /** True when `desk.yml` has errors and the last valid desk (or the default) is in use. */
  readonly stale: boolean;
}

/** The configuration file of the desk. While it has errors, the last valid desk stays in use. */
export interface DeskFile {
  now(): DeskNow;
  /** The folder of `desk.yml`; `runbooks` if there is none. */
  folder(): string;
  reload(): Promise<Result<void>>;
}

/** Contains the default desk before `reload`. `find` returns the path of the file, if there is one. */
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

/** Of several `desk.yml`, the one with the shortest path, then the first by name. Ignores hidden folders and `node_modules`. */
export function nearestDesk(paths: readonly string[]): string | undefined {
  const depth = (path: string): number => path.split("/").length;
  const [nearest] = paths
    .filter((path) => !path.split("/").some((part) => part.startsWith(".") || part === "node_modules"))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  return nearest;
}
