import { defaultDesk } from "../../core/desk/defaultDesk";
import type { Desk } from "../../core/desk/desk";
import { parseDesk } from "../../core/desk/parseDesk";
import { localRepository } from "../../core/issue/issueRef";
import type { Files } from "../../core/ports";
import { ok, type Result } from "../../core/result";
import type { DeskNow } from "../session";
import { walkFiles } from "./walkFiles";

/** The desk's configuration file, read again on demand; while it is broken the last good desk stays in use. */
export interface DeskFile {
  now(): DeskNow;
  /** Folder that `desk.yml` stands in; `runbooks` when there is none. */
  folder(): string;
  reload(): Promise<Result<void>>;
}

/** Knows the default desk until it is told to read. */
export function deskFile(files: Files): DeskFile {
  let good: Desk = defaultDesk(localRepository);
  let now: DeskNow = { desk: good, problems: [], stale: false };

  let turn: Promise<unknown> = Promise.resolve();

  const folder = (): string => (now.path === undefined ? "runbooks" : now.path.split("/").slice(0, -1).join("/"));

  async function read(): Promise<Result<void>> {
    const path = await findDesk(files);
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

    reload() {
      const mine = turn.then(read, read);
      turn = mine;
      return mine;
    },
  };
}

async function findDesk(files: Files): Promise<Result<string | undefined>> {
  for (const folder of ["", "runbooks"]) {
    const entries = await files.list(folder);
    if (entries.kind === "failed") return entries;
    if (entries.value.some((entry) => entry.kind === "file" && entry.name === "desk.yml")) {
      return ok(folder === "" ? "desk.yml" : `${folder}/desk.yml`);
    }
  }
  const anywhere = await walkFiles(files, "", (name) => name === "desk.yml");
  return anywhere.kind === "failed" ? anywhere : ok(anywhere.value[0]);
}
