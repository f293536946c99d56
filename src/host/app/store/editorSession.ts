import type * as vscode from "vscode";

/** Gets a session of the editor's account on the server. */
export type GetSession = (scopes: readonly string[], options: vscode.AuthenticationGetSessionOptions) => Thenable<vscode.AuthenticationSession | undefined>;

/** A session, and whether it gives access to public repositories only. */
export interface EditorSession {
  readonly session: vscode.AuthenticationSession;
  readonly publicOnly: boolean;
}

const allRepositories = ["repo"];

const publicRepositories = ["public_repo"];

/** The session that the user approved before, without a prompt: one for all repositories, else one for public ones. */
export async function agreedSession(get: GetSession): Promise<EditorSession | undefined> {
  const all = await get(allRepositories, { silent: true });
  if (all !== undefined) return { session: all, publicOnly: false };
  const some = await get(publicRepositories, { silent: true });
  return some === undefined ? undefined : { session: some, publicOnly: true };
}

/** Asks the user for a session: for public repositories if that is enough and no wider one was approved before. */
export async function askSession(get: GetSession, enough: boolean, options: vscode.AuthenticationGetSessionOptions): Promise<EditorSession | undefined> {
  const publicOnly = enough && (await get(allRepositories, { silent: true })) === undefined;
  const session = await get(publicOnly ? publicRepositories : allRepositories, options);
  return session === undefined ? undefined : { session, publicOnly };
}
