import type { Failure } from "./failure";
import type { Files } from "./ports";
import { failed, type Result } from "./result";

/** How the file system interprets names. */
export interface PathRules {
  /** Windows rules: device names, streams after a colon, and trailing dots and spaces that Windows removes. */
  readonly windows: boolean;
}

/**
 * Normalizes a path inside a folder: no empty parts, no `.`; empty for the folder itself. Returns `undefined` for a path that
 * could leave the folder on any system, enter `.git`, or, with `windows`, open another file than the one named. This is the
 * only check between a text and a file. Names are compared literally: `%2e` and full-width dots are ordinary characters.
 */
export function containedPath(path: string, { windows }: PathRules): string | undefined {
  if (/[\\\u0000-\u001f\u007f]|^[/~]|^[a-z]:(?:\/|$)/i.test(path)) return undefined;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.every((part) => isName(part) && (!windows || isWindowsName(part))) ? parts.join("/") : undefined;
}

/** Like `containedPath`, for a written path that must work on all systems. It uses `/` and has no URI scheme. */
export function writtenPath(text: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? undefined : containedPath(text, { windows: false });
}

/** Whether no system interprets the name as a parent folder or as `.git`. HFS+ ignores some characters, and NTFS has short names. */
function isName(part: string): boolean {
  const bare = part.replace(/[\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "").replace(/[.\s]+$/, "").toLowerCase();
  return bare !== "" && bare !== ".git" && !/^git~\d+$/.test(bare);
}

function isWindowsName(part: string): boolean {
  return !/[<>:"|?*]|[. ]$/.test(part) && !/^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)\s*(?:\.|$)/i.test(part);
}

/**
 * Resolves a path written in the file at `from`: relative to that file's folder, or to the workspace folder if it starts with
 * `/`. `\` counts as `/`. Returns `undefined` when it leaves the workspace folder.
 */
export function resolvePath(from: string, written: string): string | undefined {
  const steps = written.replaceAll("\\", "/");
  if (steps.startsWith("//")) return undefined;
  const root = folderMark(from) === "" ? 0 : 1;
  const parts = from.split("/").slice(0, steps.startsWith("/") ? root : -1);
  for (const part of steps.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > root) parts.pop();
    else return undefined;
  }
  return containedPath(parts.join("/"), { windows: false });
}

/**
 * The path of a file relative to the folder at `root`, both absolute and with `/`. Returns `undefined` for a file outside. Set
 * `ignoreCase` on Windows.
 */
export function pathBelow(root: string, path: string, ignoreCase: boolean): string | undefined {
  const start = `${root.replace(/\/$/, "")}/`;
  const same = ignoreCase ? path.slice(0, start.length).toLowerCase() === start.toLowerCase() : path.startsWith(start);
  return same ? path.slice(start.length) : undefined;
}

/**
 * The first part of a path below a folder that is a symbolic link. Whoever can commit one to a repository would choose the folder
 * that a file is written to.
 */
export async function linkOnPath(path: string, isLink: (part: string) => Promise<boolean>): Promise<string | undefined> {
  const parts = path.split("/");
  for (let count = 1; count <= parts.length; count += 1) {
    const part = parts.slice(0, count).join("/");
    if (await isLink(part)) return part;
  }
  return undefined;
}

/** Decodes percent-encoding. Returns `undefined` when the result is not valid UTF-8. */
export function decodeUri(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A name for a file: letters and digits of any script in lower case, with hyphens between, at most 50 characters. */
export function fileSlug(text: string): string {
  const words = text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return [...words].slice(0, 50).join("").replace(/^-+|-+$/g, "");
}

/**
 * The path prefixes of additional workspace folders: the folder's name and a colon, as in `ops:/runbooks/start.md`, plus a
 * number if folders share a name. Paths of the desk's own folder have no such prefix.
 */
export function folderMarks(names: readonly string[]): readonly string[] {
  const plain = names.map((name) => name.replace(/[\\/]/g, "-"));
  return plain.map((name, index) => {
    const same = plain.slice(0, index).filter((other) => other === name).length;
    return same === 0 ? `${name}:` : `${name} ${same + 1}:`;
  });
}

/** The workspace folder prefix of a path. Empty for the desk's own folder. */
export function folderMark(path: string): string {
  return /^[^/]+:(?=\/)/.exec(path)?.[0] ?? "";
}

/** The path relative to its workspace folder. */
export function withoutMark(path: string): string {
  const mark = folderMark(path);
  return mark === "" ? path : path.slice(mark.length + 1);
}

/** Checks every path with `containedPath` before use. A path that fails the check returns `outside` without touching any file. */
export function containedFiles(files: Files, rules: PathRules): Files {
  async function at<T>(path: string, act: (inside: string) => Promise<Result<T>>): Promise<Result<T>> {
    const inside = containedPath(path, rules);
    return inside === undefined ? failed<Failure>({ kind: "outside", path }) : act(inside);
  }

  return {
    list: (folder) => at(folder, files.list),
    read: (path) => at(path, files.read),
    write: (path, text, before) => at(path, (inside) => files.write(inside, text, before)),
    move: (from, to) => at(from, (source) => at(to, (target) => files.move(source, target))),
    remove: (path) => at(path, files.remove),
  };
}
