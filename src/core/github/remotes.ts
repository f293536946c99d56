import type { Repository } from "../model/issueRef";
import { type GitSetting, rewriteAddress } from "./gitConfig";
import { machineOf, type SshHost } from "./sshConfig";

/** The configuration that Git and SSH use to resolve remote addresses. */
interface GitSurroundings {
  /** Settings of the user and the checkout, including included files. */
  readonly settings: readonly GitSetting[];
  readonly hosts: readonly SshHost[];
}

/**
 * The repositories on a server that are remotes of a checkout, without duplicates: `upstream` and `origin` in this order,
 * otherwise all. For a fork, issues belong to the upstream. The push address counts if the fetch address is not on the server.
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

/** Applies Git's address rewriting and SSH's host aliases. */
function resolveAddress(url: string, { settings, hosts }: GitSurroundings): string {
  const address = rewriteAddress(url, settings, "insteadof") ?? url;
  const [whole, before = "", host = "", after = ""] = /^(ssh:\/\/(?:[^@/]*@)?|(?:[^@/:]+@)?)([^@/:]+)((?::|\/)[^]*)$/.exec(address) ?? [];
  if (whole === undefined || (!before.startsWith("ssh:") && (!after.startsWith(":") || after.startsWith("://")))) return address;
  return before + machineOf(host, hosts) + after;
}

/** Parses `owner/name` from an https, ssh or short ssh address on the server. */
export function repositoryOf(url: string, server: string): Repository | undefined {
  const parts = /^(?:(?:https?|ssh|git):\/\/)?(?:[^@/]+@)?(\[[0-9a-f:]+\]|[^:/]+)(:\d+)?[:/]\/?([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/i.exec(url);
  if (parts === null) return undefined;
  const [, host = "", port = "", owner = "", name = ""] = parts;
  const [, serverHost = "", serverPort = ""] = /^https?:\/\/(\[[^\]]*\]|[^:]+)(:\d+)?$/.exec(server) ?? [];
  // SSH uses another port than the web, so only web addresses must match the server's port.
  if (/^https?:/i.test(url) && port !== serverPort) return undefined;
  const bare = host.toLowerCase();
  const same = bare === serverHost || (serverHost === "github.com" && (bare === "ssh.github.com" || bare === "www.github.com"));
  return same && /\w/.test(owner) && /\w/.test(name) ? `${owner}/${name}` : undefined;
}
