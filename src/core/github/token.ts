import * as v from "valibot";
import { type Infer, parseJson } from "../parseData";
import { githubServer, readServer } from "./server";

const keptToken = v.object({ token: v.string(), login: v.pipe(v.string(), v.nonEmpty()) });
/** A token that a person entered, and whose it is. */
export type KeptToken = Infer<typeof keptToken>;

/** The token in what a person typed or pasted; `undefined` for what can be none, as it could not travel in a header. */
export function readToken(text: string): string | undefined {
  const token = text.trim();
  return /^[\x21-\x7e]{1,1024}$/.test(token) ? token : undefined;
}

/** What `writeKeptToken` gave; `undefined` for anything else. */
export function readKeptToken(text: string | undefined): KeptToken | undefined {
  const kept = parseJson(keptToken, text);
  const token = kept === undefined ? undefined : readToken(kept.token);
  return kept === undefined || token === undefined ? undefined : { ...kept, token };
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
