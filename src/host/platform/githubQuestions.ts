import * as vscode from "vscode";
import { readToken } from "../../core/github/token";
import type { Repository } from "../../core/issue/issueRef";
import { plainLabel } from "../views/plainLabel";
import { hostOf } from "../views/sayServer";
import { runInBackground } from "./background";

/** What a person types as their token, hidden while they do; `again` when the server did not take the one before. */
export async function askToken(server: string, again: boolean): Promise<string | undefined> {
  const t = vscode.l10n.t;
  const needs = t("It needs the scope repo (public_repo is enough for public repositories), or, if fine-grained, to read and write issues. It is kept in the editor's secret storage and sent to {0} only.", hostOf(server));
  return vscode.window.showInputBox({
    title: t("Token for {0}", hostOf(server)),
    prompt: again ? `${t("{0} did not take that token: it is mistyped, has expired or was revoked.", hostOf(server))} ${needs}` : needs,
    placeHolder: t("Paste a personal access token"),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === "" || readToken(text) !== undefined ? undefined : t("A token has no spaces and no letters beyond plain ones.")),
  });
}

/** Whether to use the editor's account or to enter a token. */
export async function chooseWay(server: string, login: string | undefined): Promise<"editor" | "token" | undefined> {
  const t = vscode.l10n.t;
  const chosen = await vscode.window.showQuickPick(
    [
      { label: t("$(github) Use an account of the editor"), detail: t("The editor opens {0} in your browser, or lets you choose an account it knows.", hostOf(server)), way: "editor" as const },
      { label: t("$(key) Enter a token…"), detail: t("A personal access token that you made on {0}.", hostOf(server)), way: "token" as const },
    ],
    {
      title: t("Sign in to {0}", hostOf(server)),
      placeHolder: login === undefined ? t("How do you want to sign in?") : t("Signed in as {0}. How do you want to sign in now?", login),
      ignoreFocusOut: true,
    },
  );
  return chosen?.way;
}

/** Tells that the editor did not sign in; true when a token is to be entered instead. */
export async function tellNotSignedIn(reason: string): Promise<boolean> {
  const enter = vscode.l10n.t("Enter a Token");
  return (await vscode.window.showWarningMessage(vscode.l10n.t("You were not signed in. The editor says: {0}", reason), enter)) === enter;
}

/** Tells that a repository cannot be read with access to public ones alone; true when the person wants to sign in for more. */
export async function offerWiderAccess(repository: Repository): Promise<boolean> {
  const signIn = vscode.l10n.t("Sign In Again");
  const message = vscode.l10n.t("{0} cannot be read. You gave Response Desk access to public repositories only, and this one may be private. Sign in again to give access to it.", plainLabel(repository));
  return (await vscode.window.showWarningMessage(message, signIn)) === signIn;
}

/** Tells that a token lasts as long as this window. */
export function tellNotKept(): void {
  runInBackground(vscode.window.showWarningMessage(
    vscode.l10n.t("The editor's secret storage does not work here, so the token is kept nowhere: you will be asked for it again when this window is opened the next time."),
  ));
}

/** Tells what signing out of the editor's account here means. */
export function tellEditorAccount(server: string): void {
  runInBackground(vscode.window.showInformationMessage(
    vscode.l10n.t("This desk no longer uses your account of {0}. The editor itself stays signed in; that is managed under Accounts, at the bottom of the activity bar.", hostOf(server)),
  ));
}
