import * as vscode from "vscode";
import { formatStoredToken, providerOf, readStoredToken, readToken } from "../../../core/github/server";
import type { Repository } from "../../../core/model/issueRef";
import type { Log } from "../../../core/model/ports";
import { isRecord } from "../../../core/model/plainData";
import { failed, ok, type Result } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import { hostOf } from "../../ui/format";
import { plainLabel } from "../../ui/safeText";
import { agreedSession, askSession, type EditorSession, type GetSession } from "./editorSession";

/** The account on one server. Only `token` returns the token; no message, log or setting contains it. */
export interface GithubAccount extends vscode.Disposable {
  readonly server: string;
  /** Fires after the account or its token changed. */
  readonly onDidChange: vscode.Event<void>;
  /** The token for requests. Never prompts. */
  token(): Promise<string | undefined>;
  /** The login of the account, if it was requested before. */
  knownLogin(): string | undefined;
  /** The login of the account. Requested once per account. */
  login(): Promise<Result<string>>;
  /** Whether there is a token that the server did not reject. */
  signedIn(): boolean;
  /** Records that the server rejected the current token. */
  noteRefused(): void;
  /** Records that a repository cannot be read. If the user gave access to public repositories only, asks once for more and explains why. */
  noteUnreadable(repository: Repository): void;
  /** Lets the user choose an account or enter a token; `undefined` when dismissed. */
  signIn(): Promise<Result<string> | undefined>;
  enterToken(): Promise<Result<string> | undefined>;
  /** Deletes the token, or stops using the editor's account in this workspace. */
  signOut(): Promise<void>;
}

interface AccountParts {
  readonly server: string;
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  /** Requests the login that a token belongs to. */
  readonly whose: (token: string) => Promise<Result<string>>;
  /** Whether everyone may read all repositories that the account is needed for. */
  readonly allPublic: () => Promise<boolean>;
}

interface SignedIn {
  readonly source: "entered" | "editor";
  readonly token: string;
  /** Id of the editor's account. */
  readonly id?: string;
  readonly login?: string;
  /** Whether it gives access to public repositories only. */
  readonly publicOnly?: boolean;
}

/** The account in use: a token that the user entered, else the editor's session, unless the user signed out here. */
export function githubAccount({ server, context, log, whose, allPublic }: AccountParts): GithubAccount {
  const { secrets, globalState, workspaceState } = context;
  const secretKey = `responseDesk.github.token ${server}`;
  const loginsKey = `responseDesk.github.logins ${server}`;
  const signedOutKey = `responseDesk.github.signedOut ${server}`;
  const changed = new vscode.EventEmitter<void>();
  let loading: Promise<SignedIn | undefined> | undefined;
  let known: SignedIn | undefined;
  /** Used for this window only, if the secret storage does not work. */
  let unstored: SignedIn | undefined;
  let refused: string | undefined;
  let offeredMore = false;
  let asking: { readonly token: string; readonly answer: Promise<Result<string>> } | undefined;

  const provider = (): string | undefined => providerOf(server, vscode.workspace.getConfiguration("github-enterprise").inspect("uri")?.globalValue);

  function current(): Promise<SignedIn | undefined> {
    const mine = (loading ??= load().then((found) => {
      if (loading === mine) known = found;
      return found;
    }));
    return mine;
  }

  async function load(): Promise<SignedIn | undefined> {
    const storedToken = readStoredToken(await attempt("The stored sign-in could not be read", () => secrets.get(secretKey)));
    if (storedToken !== undefined) return { source: "entered", ...storedToken };
    if (unstored !== undefined) return unstored;
    const id = provider();
    if (id === undefined || workspaceState.get(signedOutKey) === true) return undefined;
    const found = await attempt("The editor's session could not be read", () => agreedSession(getSession(id)));
    return found === undefined ? undefined : ofEditor(found);
  }

  function ofEditor({ session: { accessToken, account }, publicOnly }: EditorSession): SignedIn {
    const logins: unknown = globalState.get(loginsKey);
    const login = isRecord(logins) ? logins[account.id] : undefined;
    return { source: "editor", token: accessToken, id: account.id, publicOnly, ...(typeof login === "string" ? { login } : {}) };
  }

  /** Logs an error of the editor. Such errors cannot contain our token. */
  async function attempt<T>(what: string, ask: () => Thenable<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      log.error(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  async function reload(): Promise<void> {
    const before = known;
    loading = undefined;
    const now = await current();
    if (before?.token !== now?.token || before?.login !== now?.login) changed.fire();
  }

  async function learn(mine: SignedIn): Promise<Result<string>> {
    if (mine.login !== undefined) return ok(mine.login);
    if (asking?.token !== mine.token) asking = { token: mine.token, answer: whose(mine.token) };
    const login = await asking.answer;
    asking = undefined;
    if (login.kind === "failed") return login;
    if (mine.id !== undefined) {
      const logins: unknown = globalState.get(loginsKey);
      await globalState.update(loginsKey, { ...(isRecord(logins) ? logins : {}), [mine.id]: login.value });
    }
    if (known?.token === mine.token) known = { ...mine, login: login.value };
    loading = undefined;
    return login;
  }

  async function use(next: SignedIn): Promise<Result<string>> {
    refused = undefined;
    await workspaceState.update(signedOutKey, undefined);
    if (next.source === "editor") {
      unstored = undefined;
      await attempt("The stored sign-in could not be deleted", () => secrets.delete(secretKey));
    }
    loading = undefined;
    const now = (await current()) ?? next;
    changed.fire();
    return learn(now);
  }

  async function enterToken(): Promise<Result<string> | undefined> {
    for (let again = false; ; again = true) {
      const typed = await askToken(server, again);
      const token = typed === undefined ? undefined : readToken(typed);
      if (token === undefined) return undefined;
      const login = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Signing in to {0}…", hostOf(server)) },
        () => whose(token),
      );
      if (login.kind === "failed" && login.failure.kind === "signedOut") continue;
      if (login.kind === "failed") return login;
      const storedToken = { source: "entered" as const, token, login: login.value };
      try {
        await secrets.store(secretKey, formatStoredToken(storedToken));
        unstored = undefined;
      } catch {
        unstored = storedToken;
        notifyNotSaved();
      }
      return use(storedToken);
    }
  }

  async function askEditor(id: string): Promise<Result<string> | undefined> {
    const enough = await allPublic();
    const detail = known?.publicOnly === true && !enough
      ? vscode.l10n.t("This desk uses a repository that is not public, and you gave Response Desk access to public repositories only.")
      : vscode.l10n.t("Response Desk stores this desk's issues on {0}.", hostOf(server));
    // Choosing the same session again would return the rejected token.
    const anew = known?.source === "editor" && known.token === refused;
    try {
      const found = await askSession(getSession(id), enough, anew ? { forceNewSession: { detail } } : { clearSessionPreference: true, createIfNone: { detail } });
      return found === undefined ? undefined : await use(ofEditor(found));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error(`The editor did not sign in: ${reason}`);
      return (await notifyNotSignedIn(plainLabel(reason))) ? enterToken() : undefined;
    }
  }

  const listening = [
    changed,
    secrets.onDidChange(({ key }) => {
      if (key === secretKey) runInBackground(reload(), log);
    }),
    vscode.authentication.onDidChangeSessions((event) => {
      if (event.provider.id === provider()) runInBackground(reload(), log);
    }),
  ];

  return {
    server,
    onDidChange: changed.event,
    token: async () => (await current())?.token,
    knownLogin: () => known?.login,
    async login() {
      const mine = await current();
      return mine === undefined ? failed({ kind: "signedOut", server, reason: "nobody" }) : learn(mine);
    },
    signedIn: () => known !== undefined && known.token !== refused,
    noteRefused() {
      refused = known?.token;
    },
    noteUnreadable(repository) {
      const id = provider();
      if (offeredMore || id === undefined || known?.publicOnly !== true) return;
      offeredMore = true;
      runInBackground(offerWiderAccess(repository).then((wanted) => (wanted ? askEditor(id) : undefined)), log);
    },
    async signIn() {
      const id = provider();
      if (id === undefined) return enterToken();
      const way = await chooseWay(server, known?.login);
      if (way === undefined) return undefined;
      return way === "editor" ? askEditor(id) : enterToken();
    },
    enterToken,
    async signOut() {
      const before = await current();
      unstored = undefined;
      await workspaceState.update(signedOutKey, true);
      await attempt("The stored sign-in could not be deleted", () => secrets.delete(secretKey));
      loading = undefined;
      await current();
      changed.fire();
      if (before?.source === "editor") notifyEditorAccount(server);
    },
    dispose() {
      for (const each of listening) each.dispose();
    },
  };
}

function getSession(provider: string): GetSession {
  return (scopes, options) => vscode.authentication.getSession(provider, scopes, options);
}

/** Prompts for a token, hiding the input; `again` if the server rejected the last one. */
async function askToken(server: string, again: boolean): Promise<string | undefined> {
  const t = vscode.l10n.t;
  const needs = t("A classic token needs the scope repo, or public_repo for public repositories. A fine-grained token needs read and write access to issues. The token is stored in the editor's secret storage and sent to {0} only.", hostOf(server));
  return vscode.window.showInputBox({
    title: t("Token for {0}", hostOf(server)),
    prompt: again ? `${t("{0} rejected the token. It is mistyped, expired or revoked.", hostOf(server))} ${needs}` : needs,
    placeHolder: t("Paste a personal access token"),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === "" || readToken(text) !== undefined ? undefined : t("A token contains only letters, digits and punctuation, without spaces.")),
  });
}

/** Asks whether to use the editor's account or to enter a token. */
async function chooseWay(server: string, login: string | undefined): Promise<"editor" | "token" | undefined> {
  const t = vscode.l10n.t;
  const chosen = await vscode.window.showQuickPick(
    [
      { label: t("$(github) Use an editor account"), detail: t("The editor opens {0} in your browser, or offers accounts that are signed in.", hostOf(server)), way: "editor" as const },
      { label: t("$(key) Enter a token…"), detail: t("A personal access token that you created on {0}.", hostOf(server)), way: "token" as const },
    ],
    {
      title: t("Sign in to {0}", hostOf(server)),
      placeHolder: login === undefined ? t("How do you want to sign in?") : t("Signed in as {0}. How do you want to sign in now?", login),
      ignoreFocusOut: true,
    },
  );
  return chosen?.way;
}

/** Reports that the editor did not sign in; true if the user wants to enter a token instead. */
async function notifyNotSignedIn(reason: string): Promise<boolean> {
  const enter = vscode.l10n.t("Enter a Token");
  return (await vscode.window.showWarningMessage(vscode.l10n.t("You are not signed in. The editor reported: {0}", reason), enter)) === enter;
}

/** Reports that a repository cannot be read with access to public ones only; true if the user wants to sign in again. */
async function offerWiderAccess(repository: Repository): Promise<boolean> {
  const signIn = vscode.l10n.t("Sign In Again");
  const message = vscode.l10n.t("{0} cannot be read. You gave Response Desk access to public repositories only, and this one may be private. Sign in again to grant access.", plainLabel(repository));
  return (await vscode.window.showWarningMessage(message, signIn)) === signIn;
}

/** Warns that the token is lost when the window closes. */
function notifyNotSaved(): void {
  runInBackground(vscode.window.showWarningMessage(
    vscode.l10n.t("The editor's secret storage is not available, so the token is not stored. You are asked for it again when you reopen this window."),
  ));
}

/** Explains what signing out of the editor's account here means. */
function notifyEditorAccount(server: string): void {
  runInBackground(vscode.window.showInformationMessage(
    vscode.l10n.t("This desk no longer uses your account on {0}. You are still signed in to the editor itself. To sign out there, use Accounts at the bottom of the activity bar.", hostOf(server)),
  ));
}
