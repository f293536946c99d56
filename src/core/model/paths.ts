import type { Failure } from "./failure";
import type { Files } from "./ports";
import { failed, type Result } from "./result";

/** How the system that opens a file takes names. */
export interface PathRules {
  /** As Windows does: devices, streams behind a colon, and dots and spaces at the end of a name, which it drops. */
  readonly windows: boolean;
}

/**
 * A path inside a folder, without empty parts and `.`; empty for the folder itself. This is the one check between a text and
 * a file: `undefined` for whatever could lead out of the folder on any system, into Git's own store, or, with `windows`, to
 * something else than the file of that name. Names stay as they are to the letter: `%2e` and wide dots are letters like others.
 */
export function containedPath(path: string, { windows }: PathRules): string | undefined {
  if (/[\\\u0000-\u001f\u007f]|^[/~]|^[a-z]:(?:\/|$)/i.test(path)) return undefined;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.every((part) => isName(part) && (!windows || isWindowsName(part))) ? parts.join("/") : undefined;
}

/** The same for a path that a text for several systems names, with `/`: no address with a scheme either. */
export function writtenPath(text: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? undefined : containedPath(text, { windows: false });
}

/** A name that no system takes for a folder above or for Git's store; HFS+ passes over some signs, and NTFS has short names. */
function isName(part: string): boolean {
  const bare = part.replace(/[\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "").replace(/[.\s]+$/, "").toLowerCase();
  return bare !== "" && bare !== ".git" && !/^git~\d+$/.test(bare);
}

function isWindowsName(part: string): boolean {
  return !/[<>:"|?*]|[. ]$/.test(part) && !/^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)\s*(?:\.|$)/i.test(part);
}

/**
 * The workspace path that a path means which is written in the file at `from`: relative to its folder, or to its workspace
 * folder when it begins with `/`; `\` counts as `/`. `undefined` when it leads out of the workspace folder.
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

/** The path of a file below the folder at `root`, both absolute and with `/`; `undefined` for one outside. With `ignoreCase`, as on Windows, letter case does not count. */
export function pathBelow(root: string, path: string, ignoreCase: boolean): string | undefined {
  const start = `${root.replace(/\/$/, "")}/`;
  const same = ignoreCase ? path.slice(0, start.length).toLowerCase() === start.toLowerCase() : path.startsWith(start);
  return same ? path.slice(start.length) : undefined;
}

/** The text with its `%20` and the like read; `undefined` when they are no UTF-8. */
export function decodeUri(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Letters and digits of any script in lower case, at most 50, with a hyphen for all that is between them: a name for a file. */
export function fileSlug(text: string): string {
  const words = text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return [...words].slice(0, 50).join("").replace(/^-+|-+$/g, "");
}

/**
 * What the paths in each of further workspace folders begin with: its name and a colon, as in `ops:/runbooks/start.md`,
 * and a number where folders share a name. No path of the desk's own folder begins so.
 */
export function folderMarks(names: readonly string[]): readonly string[] {
  const plain = names.map((name) => name.replace(/[\\/]/g, "-"));
  return plain.map((name, index) => {
    const same = plain.slice(0, index).filter((other) => other === name).length;
    return same === 0 ? `${name}:` : `${name} ${same + 1}:`;
  });
}

/** The mark of the workspace folder that a path lies in; empty for the desk's own. */
export function folderMark(path: string): string {
  return /^[^/]+:(?=\/)/.exec(path)?.[0] ?? "";
}

/** The path below the workspace folder that it lies in. */
export function withoutMark(path: string): string {
  const mark = folderMark(path);
  return mark === "" ? path : path.slice(mark.length + 1);
}

/** The files with every path checked by `containedPath` before anything is done with it; a path that fails is `outside`, and nothing was touched. */
export function containedFiles(files: Files, rules: PathRules): Files {
  async function at<T>(path: string, act: (inside: string) => Promise<Result<T>>): Promise<Result<T>> {
    const inside = containedPath(path, rules);
    return inside === undefined ? failed<Failure>({ kind: "outside", path }) : act(inside);
  }

  return {
    list: (folder) => at(folder, files.list),
    read: (path) => at(path, files.read),
    write: (path, text) => at(path, (inside) => files.write(inside, text)),
    move: (from, to) => at(from, (source) => at(to, (target) => files.move(source, target))),
    remove: (path) => at(path, files.remove),
  };
}
