import { isRecord } from "../isRecord";
import { githubServer, readServer } from "./server";

/** A token that a person entered, and whose it is. */
export interface KeptToken {
  readonly token: string;
  readonly login: string;
}

/** The token in what a person typed or pasted; `undefined` for what can be none, as it could not travel in a header. */
export function readToken(text: string): string | undefined {
  const token = text.trim();
  return /^[\x21-\x7e]{1,1024}$/.test(token) ? token : undefined;
}

/** What `writeKeptToken` gave; `undefined` for anything else. */
export function readKeptToken(text: string | undefined): KeptToken | undefined {
  const value = text === undefined ? undefined : parsed(text);
  if (!isRecord(value) || typeof value["token"] !== "string" || typeof value["login"] !== "string") return undefined;
  const token = readToken(value["token"]);
  return token === undefined || value["login"] === "" ? undefined : { token, login: value["login"] };
}

/** The token as a text for a keeper of secrets. */
export function writeKeptToken({ token, login }: KeptToken): string {
  return JSON.stringify({ token, login });
}

/** The editor's own way to sign in to a server, if it has one: its `github-enterprise` only knows the server it is set to. */
export function providerOf(server: string, enterprise: unknown): "github" | "github-enterprise" | undefined {
  if (server === githubServer) return "github";
  return readServer(enterprise) === server ? "github-enterprise" : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
