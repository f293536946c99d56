import { decodeUri } from "../../core/model/paths";
import type { Files, Ids, Memory } from "../../core/model/ports";
import { failed, ok, type Result } from "../../core/model/result";

/** The files that contain the values. */
export interface MemoryFiles extends Pick<Files, "list" | "read" | "write" | "remove"> {
  /** Moves a file over another one, if there is one. */
  replace(from: string, to: string): Promise<Result<void>>;
}

const ending = ".json";

/** Temporary file of a value that is being written: its file name, the time, and a unique part. */
const temporary = /^(.+\.json)\.([0-9a-z]+)-[0-9a-z]+\.tmp$/;

/** Milliseconds after which a temporary file is considered left behind by a window that crashed. */
const abandoned = 60_000;

/** Milliseconds after which a temporary file that is not needed is removed. */
const outdated = 24 * 3_600_000;

/**
 * Stores values as one JSON file each in one folder, named by key. A value is written to a temporary file that then replaces the
 * old one, so a full disk or a crash leaves the old value. If both are lost, the temporary file is used.
 */
export function folderMemory(files: MemoryFiles, ids: Ids, now: () => number): Memory {
  async function read(path: string): Promise<Result<unknown>> {
    const text = await files.read(path);
    if (text.kind === "failed") return text.failure.kind === "missing" ? ok(undefined) : text;
    try {
      const value: unknown = JSON.parse(text.value);
      return ok(value);
    } catch (error) {
      return failed({ kind: "unreadable", path, reason: String(error) });
    }
  }

  /** Completes the writes of windows that crashed and removes what they left. */
  async function tidy(names: Set<string>): Promise<void> {
    for (const name of [...names]) {
      const [, file, time] = temporary.exec(name) ?? [];
      if (file === undefined || time === undefined) continue;
      const age = now() - Number.parseInt(time, 36);
      if (age < abandoned) continue;
      const value = names.has(file) ? undefined : await read(name);
      if (value?.kind === "ok" && value.value !== undefined) {
        if ((await files.replace(name, file)).kind === "ok") names.add(file);
      } else if (age > outdated) await files.remove(name);
    }
  }

  return {
    async keys(prefix) {
      const entries = await files.list("");
      if (entries.kind === "failed") return entries;
      const names = new Set(entries.value.flatMap(({ kind, name }) => (kind === "file" ? [name] : [])));
      await tidy(names);
      return ok([...names].flatMap((name) => keyOf(name) ?? []).filter((key) => key.startsWith(prefix)));
    },

    read: (key) => read(fileOf(key)),

    async text(key) {
      const text = await files.read(fileOf(key));
      return text.kind === "failed" && text.failure.kind === "missing" ? ok("") : text;
    },

    async write(key, value) {
      const path = fileOf(key);
      const text = JSON.stringify(value);
      const beside = `${path}.${now().toString(36)}-${ids.next().slice(0, 6)}.tmp`;
      const written = await files.write(beside, text);
      const moved = written.kind === "ok" ? await files.replace(beside, path) : written;
      if (moved.kind === "ok") return moved;
      await files.remove(beside);
      // Another window may have completed the write meanwhile.
      const there = written.kind === "ok" ? await files.read(path) : written;
      return there.kind === "ok" && there.value === text ? ok(undefined) : moved;
    },

    async remove(key) {
      const path = fileOf(key);
      const removed = await files.remove(path);
      if (removed.kind === "ok") return removed;
      const left = await files.read(path);
      return left.kind === "failed" && left.failure.kind === "missing" ? ok(undefined) : removed;
    },
  };
}

function fileOf(key: string): string {
  return `${encodeURIComponent(key)}${ending}`;
}

/** The key of a file; none for files that this memory did not write. */
function keyOf(name: string): string | undefined {
  const key = name.endsWith(ending) ? decodeUri(name.slice(0, -ending.length)) : undefined;
  return key !== undefined && fileOf(key) === name ? key : undefined;
}
