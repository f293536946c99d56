import type { Repository } from "../model/issueRef";
import { type GitSetting, rewriteAddress } from "./gitConfig";
import { machineOf, type SshHost } from "./sshConfig";

/** What Git goes by to resolve the addresses of remotes, beside a checkout's own configuration. */
interface GitSurroundings {
  /** The settings of the person and of the checkout, with what they include. */
  readonly settings: readonly GitSetting[];
  readonly hosts: readonly SshHost[];
}

/**
 * The repositories on a server that a checkout has as its remotes, each once: `upstream` and `origin` in this order, else
 * all. Where a fork and its upstream are both remotes, issues belong to the upstream. An address to push to counts where
 * the one to fetch from is none of the server.
 */
export function remoteRepositories(surroundings: GitSurroundings, server: string): readonly Repository[] {
  const { settings } = surroundings;
  const remotes = settings.filter(({ section, subsection }) => section === "remote" && subsection !== "");
  const addressesOf = (remote: string, name: string): readonly string[] => remotes.flatMap((each) => (each.subsection === remote && each.name === name ? [each.value] : []));
  const found = new Map<string, Repository>();
  for (const remote of new Set(remotes.map(({ subsection }) => subsection))) {
    const urls = addressesOf(remote, "url");
    const pushed = [...addressesOf(remote, "pushurl"), ...urls.flatMap((url) => rewriteAddress(url, settings, "pushinsteadof") ?? [])];
    const [repository] = [...urls, ...pushed].flatMap((url) => repositoryOf(resolveAddress(url, surroundings), server) ?? []);
    if (repository !== undefined) found.set(remote, repository);
  }
  const usual = ["upstream", "origin"].flatMap((name) => found.get(name) ?? []);
  return [...new Set(usual.length > 0 ? usual : found.values())];
}

/** The address with what Git and SSH would put in the place of its beginning and of its host. */
function resolveAddress(url: string, { settings, hosts }: GitSurroundings): string {
  const address = rewriteAddress(url, settings, "insteadof") ?? url;
  const [whole, before = "", host = "", after = ""] = /^(ssh:\/\/(?:[^@/]*@)?|(?:[^@/:]+@)?)([^@/:]+)((?::|\/)[^]*)$/.exec(address) ?? [];
  if (whole === undefined || (!before.startsWith("ssh:") && (!after.startsWith(":") || after.startsWith("://")))) return address;
  return before + machineOf(host, hosts) + after;
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
