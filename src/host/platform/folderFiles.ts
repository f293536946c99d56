import * as vscode from "vscode";
import { contended } from "../../core/model/failure";
import { containedFiles, containedPath, pathBelow, type PathRules } from "../../core/model/paths";
import type { Files } from "../../core/model/ports";
import { failed, ok, type Result } from "../../core/model/result";
import { exactText } from "./fileText";
import { systemClock } from "./ports";

/** Files that can also replace one another. */
interface FolderFiles extends Files {
  replace(from: string, to: string): Promise<Result<void>>;
}

/**
 * The files below one folder, on any file system that VS Code supports. Files are written in place, so that editors and watchers
 * see one change; wrap in `journaledFiles` where an interrupted write must not lose the old text. Reading fails if `decode`
 * throws.
 */
export function folderFiles(root: vscode.Uri, writable: () => boolean, decode: (bytes: Uint8Array) => string = exactText): FolderFiles {
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(root, ...path.split("/"));
  const fs = vscode.workspace.fs;

  async function guarded(path: string, action: () => Promise<void>): Promise<Result<void>> {
    if (!writable()) return failed({ kind: "untrusted" });
    try {
      await action();
      return ok(undefined);
    } catch (error) {
      return failed({ kind: "unwritable", path, reason: reasonOf(error) });
    }
  }

  const files: Files = {
    async list(folder) {
      try {
        const entries = await fs.readDirectory(at(folder));
        return ok(
          entries.map(([name, type]) => ({
            name,
            kind: (type & vscode.FileType.Directory) !== 0 ? ("folder" as const) : ("file" as const),
          })),
        );
      } catch (error) {
        return isMissing(error) ? ok([]) : failed({ kind: "unreadable", path: folder, reason: reasonOf(error) });
      }
    },

    async read(path) {
      try {
        return ok(decode(await readStable(at(path))));
      } catch (error) {
        return isMissing(error)
          ? failed({ kind: "missing", path })
          : failed({ kind: "unreadable", path, reason: reasonOf(error) });
      }
    },

    async write(path, text, before) {
      // Anyone who can commit a symbolic link would choose what is written through it, and no file system API here returns its target.
      if (writable() && (await isLink(at(path)))) return failed({ kind: "outside", path });
      // The file is compared at the last moment, because no file system API here does both at once.
      if (before !== undefined && writable()) {
        const now = await files.read(path);
        if (now.kind === "failed" && now.failure.kind !== "missing") return now;
        if ((now.kind === "ok" ? now.value : "") !== before) return failed({ kind: "unwritable", path, reason: contended });
      }
      return guarded(path, async () => fs.writeFile(at(path), new TextEncoder().encode(text)));
    },

    move: (from, to) => guarded(from, async () => fs.rename(at(from), at(to), { overwrite: false })),

    remove: (path) => guarded(path, async () => fs.delete(at(path))),
  };
  const over: Files = { ...files, move: (from, to) => guarded(to, async () => fs.rename(at(from), at(to), { overwrite: true })) };
  return { ...containedFiles(files, rulesOf(root)), replace: containedFiles(over, rulesOf(root)).move };
}

/** Whether there is a symbolic link at the address, wherever it leads. */
export async function isLink(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(({ type }) => (type & vscode.FileType.SymbolicLink) !== 0, () => false);
}

/** While another window writes a file, it is empty for an instant, so an empty file is read twice. */
async function readStable(uri: vscode.Uri): Promise<Uint8Array> {
  for (let attempt = 0; ; attempt++) {
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.length > 0 || attempt === 3) return bytes;
    await systemClock.wait(20);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === "FileNotFound";
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The rules for file names where the folder is. */
function rulesOf(folder: vscode.Uri): PathRules {
  return { windows: folder.scheme === "file" && vscode.Uri.file("/").fsPath === "\\" };
}

/** The path of a file relative to the workspace folder; `undefined` if it is outside. */
export function pathIn(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string | undefined {
  if (uri.scheme !== folder.uri.scheme || uri.authority !== folder.uri.authority) return undefined;
  return pathBelow(folder.uri.path, uri.path, rulesOf(folder.uri).windows);
}

/** The address of a path below a folder; `undefined` if the path leads out of the folder. */
export function uriIn(folder: vscode.Uri, path: string): vscode.Uri | undefined {
  const inside = containedPath(path, rulesOf(folder));
  return inside === undefined ? undefined : vscode.Uri.joinPath(folder, ...inside.split("/"));
}
