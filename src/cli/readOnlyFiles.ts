import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { containedFiles } from "../core/model/paths";
import type { FileEntry, Files } from "../core/model/ports";
import { failed, ok } from "../core/model/result";
import { codeOf } from "./files";

/** The files below a folder, for reading only. */
export function readOnlyFiles(folder: string): Files {
  const at = (name: string): string => path.join(folder, name);
  return containedFiles(
    {
      async list(name) {
        try {
          const entries = await readdir(at(name), { withFileTypes: true });
          const found = await Promise.all(entries.map(async (entry): Promise<readonly FileEntry[]> => {
            const target = entry.isSymbolicLink() ? await stat(path.join(at(name), entry.name)).catch(() => undefined) : entry;
            return target === undefined ? [] : target.isDirectory() ? [{ name: entry.name, kind: "folder" }] : target.isFile() ? [{ name: entry.name, kind: "file" }] : [];
          }));
          return ok(found.flat());
        } catch (error) {
          return codeOf(error) === "ENOENT" ? ok([]) : failed({ kind: "unreadable", path: name, reason: codeOf(error) });
        }
      },
      async read(name) {
        try {
          return ok(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await readFile(at(name))));
        } catch (error) {
          return failed(codeOf(error) === "ENOENT" ? { kind: "missing", path: name } : { kind: "unreadable", path: name, reason: codeOf(error) });
        }
      },
      write: async (name) => failed({ kind: "unwritable", path: name, reason: "readOnly" }),
      move: async (name) => failed({ kind: "unwritable", path: name, reason: "readOnly" }),
      remove: async (name) => failed({ kind: "unwritable", path: name, reason: "readOnly" }),
    },
    { windows: process.platform === "win32" },
  );
}
