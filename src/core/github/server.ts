import * as v from "valibot";
import { type Infer, parseJson } from "../model/parseData";

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
const githubServer = "https://github.com";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

const standardPorts: Readonly<Record<string, string>> = { http: ":80", https: ":443" };

const keptToken = v.object({ token: v.string(), login: v.pipe(v.string(), v.nonEmpty()) });

/** A token that a person entered, and whose it is. */
type StoredToken = Infer<typeof keptToken>;

/** The token in what a person typed or pasted; `undefined` for what can be none, as it could not travel in a header. */
export function readToken(text: string): string | undefined {
  const token = text.trim();
  return /^[\x21-\x7e]{1,1024}$/.test(token) ? token : undefined;
}

/** What `writeKeptToken` gave; `undefined` for anything else. */
export function readStoredToken(text: string | undefined): StoredToken | undefined {
  const kept = parseJson(keptToken, text);
  const token = kept === undefined ? undefined : readToken(kept.token);
  return kept === undefined || token === undefined ? undefined : { ...kept, token };
}

/** The token as a text for a keeper of secrets. */
export function formatStoredToken({ token, login }: StoredToken): string {
  return JSON.stringify({ token, login });
}

/** The editor's own way to sign in to a server, if it has one: its `github-enterprise` only knows the server it is set to. */
export function providerOf(server: string, enterprise: unknown): "github" | "github-enterprise" | undefined {
  if (server === githubServer) return "github";
  return readServer(enterprise) === server ? "github-enterprise" : undefined;
}
