/** One Git setting: `url."gh:".insteadOf` has the section `url`, the subsection `gh:` and the name `insteadof`. */
export interface GitSetting {
  readonly section: string;
  readonly subsection: string;
  readonly name: string;
  readonly value: string;
}

/** Parses a Git configuration file. Sections and names are in lower case. Invalid lines are skipped. */
export function parseGitConfig(text: string): readonly GitSetting[] {
  const settings: GitSetting[] = [];
  let section = "";
  let subsection = "";
  // A backslash at the end of a line continues on the next line.
  for (const line of text.replace(/^\uFEFF/, "").replace(/\\\r?\n/g, "").split(/\r?\n/)) {
    const [opening, named = "", quoted, rest = ""] = /^\s*\[\s*([\w.-]+)\s*(?:"((?:[^"\\]|\\.)*)"\s*)?\](.*)$/.exec(line) ?? [];
    if (opening !== undefined) {
      const [first = "", ...others] = named.split(".");
      section = first.toLowerCase();
      subsection = quoted?.replace(/\\(.)/g, "$1") ?? others.join(".").toLowerCase();
    }
    const [, name, value] = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/.exec(opening === undefined ? line : rest) ?? [];
    if (name !== undefined && section !== "") settings.push({ section, subsection, name: name.toLowerCase(), value: value === undefined ? "true" : readValue(value) });
  }
  return settings;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b" };

/** A value without quotes and without a trailing comment. */
function readValue(source: string): string {
  let value = "";
  let kept = 0;
  let inQuotes = false;
  for (const [piece] of source.matchAll(/\\.|[^]/gu)) {
    if (piece === '"') {
      inQuotes = !inQuotes;
      kept = value.length;
      continue;
    }
    if (!inQuotes && (piece === "#" || piece === ";")) break;
    value += piece.length > 1 && piece.startsWith("\\") ? (escapes[piece.slice(1)] ?? piece.slice(1)) : piece;
    if (inQuotes || piece.trim() !== "") kept = value.length;
  }
  return value.slice(0, kept);
}

/** Reads included files by absolute path with `/`. Returns `undefined` for a missing file. */
export interface ConfigFiles {
  read(path: string): Promise<string | undefined>;
  /** The user's home folder, if known. */
  readonly home?: string;
}

const maxDepth = 10;
const maxFiles = 50;

/**
 * Reads a Git configuration file and its includes in order. Of conditional includes, only `gitdir` is supported, for a checkout
 * whose Git folder is `gitFolder`. Limits: ten levels and fifty files.
 */
export async function readGitConfig(file: string, files: ConfigFiles, gitFolder: string): Promise<readonly GitSetting[]> {
  const budget = { files: maxFiles };
  const read = async (path: string, depth: number): Promise<readonly GitSetting[]> => {
    if (depth > maxDepth || (budget.files -= 1) < 0) return [];
    const text = await files.read(path);
    const all: GitSetting[] = [];
    for (const setting of text === undefined ? [] : parseGitConfig(text)) {
      all.push(setting);
      const included = setting.name === "path" && isIncluded(setting, path, files.home, gitFolder) ? resolved(setting.value, path, files.home) : undefined;
      if (included !== undefined) all.push(...(await read(included, depth + 1)));
    }
    return all;
  };
  return read(file, 0);
}

function isIncluded({ section, subsection }: GitSetting, from: string, home: string | undefined, gitFolder: string): boolean {
  if (section === "include") return true;
  const [, ignoreCase, pattern] = section === "includeif" ? (/^gitdir(\/i)?:(.+)$/.exec(subsection) ?? []) : [];
  if (pattern === undefined) return false;
  const whole = /^(?:~\/|\.\/|\/|[A-Za-z]:\/)/.test(pattern) ? resolved(pattern, from, home) : `**/${pattern}`;
  if (whole === undefined) return false;
  return globPattern(whole.endsWith("/") ? `${whole}**` : whole, ignoreCase !== undefined).test(gitFolder);
}

function globPattern(glob: string, ignoreCase: boolean): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|[*?]|[^*?\w/]/g, (sign) => ({ "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" })[sign] ?? `\\${sign}`);
  return new RegExp(`^${source}$`, ignoreCase ? "i" : "");
}

/** Resolves a path from a configuration file to an absolute path. */
export function resolved(path: string, from: string, home: string | undefined): string | undefined {
  const slashed = path.replaceAll("\\", "/");
  if (slashed.startsWith("~/")) return home === undefined ? undefined : `${home}${slashed.slice(1)}`;
  if (/^[A-Za-z]:\//.test(slashed)) return `/${slashed}`;
  if (slashed.startsWith("/")) return slashed;
  const parts = from.split("/").slice(0, -1);
  for (const part of slashed.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** Rewrites a remote's address like Git: the longest matching `insteadOf` (or `pushInsteadOf` for pushing) is replaced by its base. */
export function rewriteAddress(url: string, settings: readonly GitSetting[], kind: "insteadof" | "pushinsteadof"): string | undefined {
  const fitting = settings.filter(({ section, name, value }) => section === "url" && name === kind && value !== "" && url.startsWith(value));
  const longest = fitting.reduce<GitSetting | undefined>((best, each) => (best !== undefined && best.value.length >= each.value.length ? best : each), undefined);
  return longest === undefined ? undefined : longest.subsection + url.slice(longest.value.length);
}
