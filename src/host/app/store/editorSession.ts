import type * as vscode from "vscode";

/** Asks the editor for a session of its account on the server. */
export type GetSession = (scopes: readonly string[], options: vscode.AuthenticationGetSessionOptions) => Thenable<vscode.AuthenticationSession | undefined>;

/** The editor's session, and whether it gives access to public repositories alone. */
export interface EditorSession {
  readonly session: vscode.AuthenticationSession;
  readonly publicOnly: boolean;
}

const allRepositories = ["repo"];

const publicRepositories = ["public_repo"];

/** The session that the person agreed to before, asking nobody: one for all repositories, else one for public ones. */
export async function agreedSession(get: GetSession): Promise<EditorSession | undefined> {
  const all = await get(allRepositories, { silent: true });
  if (all !== undefined) return { session: all, publicOnly: false };
  const some = await get(publicRepositories, { silent: true });
  return some === undefined ? undefined : { session: some, publicOnly: true };
}

/** Asks the person for a session: for public repositories where that is enough and no more was agreed to before. */
export async function askSession(get: GetSession, enough: boolean, options: vscode.AuthenticationGetSessionOptions): Promise<EditorSession | undefined> {
  const publicOnly = enough && (await get(allRepositories, { silent: true })) === undefined;
  const session = await get(publicOnly ? publicRepositories : allRepositories, options);
  return session === undefined ? undefined : { session, publicOnly };
}
