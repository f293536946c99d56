import type { Files, Memory } from "../../core/ports";
import { failed, ok } from "../../core/result";

/** Durable values as one JSON file each in one folder; the key is the file's name. */
export function folderMemory(files: Files): Memory {
  return {
    async keys(prefix) {
      const entries = await files.list("");
      if (entries.kind === "failed") return entries;
      return ok(
        entries.value
          .filter((entry) => entry.kind === "file" && entry.name.endsWith(".json"))
          .map((entry) => decodeURIComponent(entry.name.slice(0, -".json".length)))
          .filter((key) => key.startsWith(prefix)),
      );
    },

    async read(key) {
      const path = fileOf(key);
      const text = await files.read(path);
      if (text.kind === "failed") return text.failure.kind === "missing" ? ok(undefined) : text;
      try {
        const value: unknown = JSON.parse(text.value);
        return ok(value);
      } catch (error) {
        return failed({ kind: "unreadable", path, reason: String(error) });
      }
    },

    write: (key, value) => files.write(fileOf(key), JSON.stringify(value)),

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
  return `${encodeURIComponent(key)}.json`;
}
