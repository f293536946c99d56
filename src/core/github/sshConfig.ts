import { resolved, type ConfigFiles } from "./gitConfig";

/** A block of an SSH configuration: its host patterns and their host name. */
export interface SshHost {
  /** Patterns with `*` and `?`. A pattern that starts with `!` excludes hosts. */
  readonly patterns: readonly string[];
  readonly hostName: string;
}

const maxDepth = 10;
const maxFiles = 50;

/**
 * Reads the host names from an SSH configuration file and its includes, in order. `Match` blocks are skipped, because their
 * conditions can run commands.
 */
export async function readSshConfig(file: string, files: ConfigFiles): Promise<readonly SshHost[]> {
  const budget = { files: maxFiles };
  const read = async (path: string, outer: readonly string[], depth: number): Promise<readonly SshHost[]> => {
    if (depth > maxDepth || (budget.files -= 1) < 0) return [];
    const text = await files.read(path);
    const hosts: SshHost[] = [];
    let patterns: readonly string[] = outer;
    for (const line of text === undefined ? [] : text.split(/\r?\n/)) {
      const [, word = "", rest = ""] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(\S.*?)\s*$/.exec(line) ?? [];
      const values = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare = ""]) => quoted ?? bare);
      const [first = ""] = values;
      switch (word.toLowerCase()) {
        case "host":
          patterns = values;
          break;
        case "match":
          patterns = [];
          break;
        case "hostname":
          if (first !== "") hosts.push({ patterns, hostName: first });
          break;
        case "include":
          for (const value of values) {
            const included = /[*?]/.test(value) ? undefined : resolved(/^[~/]/.test(value) ? value : `~/.ssh/${value}`, path, files.home);
            if (included !== undefined) hosts.push(...(await read(included, patterns, depth + 1)));
          }
          break;
        default:
      }
    }
    return hosts;
  };
  return read(file, ["*"], 0);
}

/** The host name of an SSH alias: that of the first matching block, otherwise the alias itself. */
export function machineOf(host: string, hosts: readonly SshHost[]): string {
  const found = hosts.find(({ patterns }) => fits(host, patterns));
  return found === undefined ? host : found.hostName.replace(/%[%h]/g, (sign) => (sign === "%h" ? host : "%"));
}

function fits(host: string, patterns: readonly string[]): boolean {
  const matches = (pattern: string): boolean => new RegExp(`^${pattern.replace(/[^\w]/g, (sign) => (sign === "*" ? ".*" : sign === "?" ? "." : `\\${sign}`))}$`, "i").test(host);
  return patterns.some((pattern) => !pattern.startsWith("!") && matches(pattern)) && !patterns.some((pattern) => pattern.startsWith("!") && matches(pattern.slice(1)));
}
