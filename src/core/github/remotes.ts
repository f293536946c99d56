import type { Repository } from "../issue/issueRef";

/**
 * The repositories on a server that a Git configuration file names as its remotes, each once: `upstream` and `origin`
 * in this order, else all. Where a fork and its upstream are both remotes, issues belong to the upstream.
 */
export function remoteRepositories(config: string, server: string): readonly Repository[] {
  const found = new Map<string, Repository>();
  let remote: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[([^\]]*)\]/.exec(line);
    if (section !== null) remote = /^\s*remote\s+"([^"]*)"\s*$/i.exec(section[1] ?? "")?.[1];
    const url = /^\s*url\s*=\s*"?([^"\s]+)"?\s*$/i.exec(line)?.[1];
    const repository = remote === undefined || url === undefined ? undefined : repositoryOf(url, server);
    if (remote !== undefined && repository !== undefined && !found.has(remote)) found.set(remote, repository);
  }
  const usual = ["upstream", "origin"].flatMap((name) => found.get(name) ?? []);
  return [...new Set(usual.length > 0 ? usual : found.values())];
}

/** `owner/name` of an address Git fetches from, in its https, ssh or short ssh form, if it lies on the server. */
export function repositoryOf(url: string, server: string): Repository | undefined {
  const parts = /^(?:(?:https?|ssh|git):\/\/)?(?:[^@/]+@)?(\[[0-9a-f:]+\]|[^:/]+)(:\d+)?[:/]\/?([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/i.exec(url);
  if (parts === null) return undefined;
  const [, host = "", port = "", owner = "", name = ""] = parts;
  const [, serverHost = "", serverPort = ""] = /^https?:\/\/(\[[^\]]*\]|[^:]+)(:\d+)?$/.exec(server) ?? [];
  // Git's ssh listens on another port than the web, so only a web address must have the server's.
  if (/^https?:/i.test(url) && port !== serverPort) return undefined;
  const bare = host.toLowerCase();
  const same = bare === serverHost || (serverHost === "github.com" && (bare === "ssh.github.com" || bare === "www.github.com"));
  return same && /\w/.test(owner) && /\w/.test(name) ? `${owner}/${name}` : undefined;
}
