import * as v from "valibot";
import { type Infer, parseJson } from "../model/parseData";

/**
 * Normalizes the web address of a GitHub server, such as `https://github.com` or `https://ghe.acme.example:8443`: lower case,
 * no path. Returns `undefined` for an invalid address, and for `http` except on this machine, because it would send the token
 * unencrypted.
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

/** The address of github.com. */
const githubServer = "https://github.com";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

const standardPorts: Readonly<Record<string, string>> = { http: ":80", https: ":443" };

const storedToken = v.object({ token: v.string(), login: v.pipe(v.string(), v.nonEmpty()) });

/** A token that a person entered, and its login. */
type StoredToken = Infer<typeof storedToken>;

/** Parses a typed or pasted token. Returns `undefined` if it cannot be sent in a header. */
export function readToken(text: string): string | undefined {
  const token = text.trim();
  return /^[\x21-\x7e]{1,1024}$/.test(token) ? token : undefined;
}

/** Parses the output of `formatStoredToken`. Returns `undefined` for anything else. */
export function readStoredToken(text: string | undefined): StoredToken | undefined {
  const kept = parseJson(storedToken, text);
  const token = kept === undefined ? undefined : readToken(kept.token);
  return kept === undefined || token === undefined ? undefined : { ...kept, token };
}

/** Formats the token for secret storage. */
export function formatStoredToken({ token, login }: StoredToken): string {
  return JSON.stringify({ token, login });
}

/** The editor's authentication provider for a server, if any. `github-enterprise` only supports the server it is configured for. */
export function providerOf(server: string, enterprise: unknown): "github" | "github-enterprise" | undefined {
  if (server === githubServer) return "github";
  return readServer(enterprise) === server ? "github-enterprise" : undefined;
}
