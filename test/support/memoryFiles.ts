import { contended } from '../../src/core/model/failure';
import { containedFiles } from '../../src/core/model/paths';
import type { Files } from '../../src/core/model/ports';
import { failed, ok } from '../../src/core/model/result';

/** A folder tree in memory that tests can inspect. */
export interface MemoryFiles {
  readonly files: Files;
  readonly texts: Map<string, string>;
}

/** Files in memory that implement the `Files` port. `move` does not overwrite. */
export function memoryFiles(initial: Readonly<Record<string, string>> = {}): MemoryFiles {
  const texts = new Map(Object.entries(initial));
  const files: Files = {
    async list(folder) {
      const inside = folder === "" ? "" : `${folder}/`;
      const names = new Map<string, "file" | "folder">();
      for (const path of texts.keys()) {
        if (!path.startsWith(inside)) continue;
        const [name = "", ...rest] = path.slice(inside.length).split("/");
        names.set(name, rest.length === 0 ? "file" : "folder");
      }
      return ok([...names].map(([name, kind]) => ({ name, kind })));
    },
    async read(path) {
      const text = texts.get(path);
      return text === undefined ? failed({ kind: "missing", path }) : ok(text);
    },
    async write(path, text, before) {
      if (before !== undefined && (texts.get(path) ?? "") !== before) return failed({ kind: "unwritable", path, reason: contended });
      texts.set(path, text);
      return ok(undefined);
    },
    async move(from, to) {
      const text = texts.get(from);
      if (text === undefined) return failed({ kind: "unwritable", path: from, reason: "missing" });
      if (texts.has(to)) return failed({ kind: "unwritable", path: to, reason: "exists" });
      texts.delete(from);
      texts.set(to, text);
      return ok(undefined);
    },
    async remove(path) {
      return texts.delete(path) ? ok(undefined) : failed({ kind: "unwritable", path, reason: "missing" });
    },
  };
  return { files: containedFiles(files, { windows: false }), texts };
}
