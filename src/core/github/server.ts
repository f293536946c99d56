/**
 * The web address of a GitHub server as we write it everywhere, `https://github.com` or `https://ghe.acme.example:8443`:
 * lower case, no path. `undefined` for what is no such address, and for `http` anywhere but on this machine, where a
 * token would travel in the open.
 */
export function readServer(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const parts = /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[1-9]\d{0,4})?\/?$/.exec(text.trim().toLowerCase());
  if (parts === null) return undefined;
  const [, scheme = "", host = "", port = ""] = parts;
  if (scheme === "http" && !loopback.has(host)) return undefined;
  if (host === "api.github.com" || host === "www.github.com") return githubServer;
  return `${scheme}://${host}${port === standardPorts[scheme] ? "" : port}`;
}

/** GitHub itself. */
export const githubServer = "https://github.com";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

const standardPorts: Readonly<Record<string, string>> = { http: ":80", https: ":443" };
