import * as vscode from "vscode";
import { ok, type Result } from "../../../core/model/result";
import { identity } from "../../app/store/login";
import { runInBackground } from "../../platform/background";
import { configuredServer } from "../../app/store/openStore";
import { showDialog } from "../../ui/dialog";
import { hostOf } from "../../ui/format";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";

/** Signs in to the server of the desk's issues. For a desk in plain files, offers to use GitHub. */
export async function signIn(tools: DeskTools): Promise<CommandEnd> {
  const account = tools.session.account.github();
  if (account === undefined) return useGithub(tools);
  return notifySignedIn(account.server, await account.signIn());
}

/** Deletes the token, or stops using the editor's account for this desk. Pending changes are kept. */
export async function signOut({ session }: DeskTools): Promise<CommandEnd> {
  const account = session.account.github();
  if (account === undefined) return ok(undefined);
  await account.signOut();
  await session.refresh();
  void vscode.window.setStatusBarMessage(vscode.l10n.t("$(sign-out) Signed out of {0}", hostOf(account.server)), 4000);
  return ok(undefined);
}

/** Signs in with a personal access token. For a desk in plain files, offers to use GitHub. */
export async function enterToken(tools: DeskTools): Promise<CommandEnd> {
  const account = tools.session.account.github();
  if (account === undefined) return useGithub(tools);
  return notifySignedIn(account.server, await account.enterToken());
}

/** Asks for the user's login and stores it on this machine. For a desk on a server, signs in there instead. */
export async function setLogin(tools: DeskTools): Promise<CommandEnd> {
  const { session, context } = tools;
  // On a server, the login is that of the account.
  if (session.store.now().kind === "github") return signIn(tools);
  const login = await identity(context.globalState, () => session.desk.config().people).choose();
  if (login === undefined) return undefined;
  await session.refresh();
  return ok(login);
}

/** Shows who is signed in after a successful sign-in. Returns its argument. */
function notifySignedIn(server: string, login: Result<string> | undefined): Result<string> | undefined {
  if (login?.kind === "ok") runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("You are signed in to {0} as {1}.", hostOf(server), plainLabel(login.value))));
  return login;
}

/** Stores the desk's issues on GitHub from now on, after confirmation, and signs in there. */
export async function useGithub({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const server = configuredServer();
  if (server.kind === "failed") return server;
  if (session.store.now().kind === "files") {
    const use = t("Use GitHub");
    const chosen = await showDialog(
      "information",
      t("Store the issues of this desk on {0}?", hostOf(server.value)),
      t("New incidents, requests and checklists are created as issues in the repositories that are set in desk.yml, or in the repository of this folder. Issues in .desk stay there and are not copied. This is saved in the workspace settings and applies to everybody who opens the workspace."),
      use,
    );
    if (chosen !== use) return undefined;
    await vscode.workspace.getConfiguration("responseDesk").update("store", "github", vscode.ConfigurationTarget.Workspace);
    await session.refresh();
  }
  const account = session.account.github();
  if (account === undefined || account.signedIn()) return session.store.failure() ?? ok(undefined);
  return notifySignedIn(account.server, await account.signIn());
}

/** Stores the desk's issues in plain files from now on, after confirmation. */
export async function useFiles({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  if (session.store.now().kind === "files") {
    runInBackground(vscode.window.showInformationMessage(t("This desk already stores its issues in plain files, in the folder .desk.")), session.log);
    return ok(undefined);
  }
  const pending = session.pending.operations().length;
  const use = t("Use Plain Files");
  const chosen = await showDialog(
    "information",
    t("Store the issues of this desk in plain files?"),
    [
      t("New incidents, requests and checklists are created as files in the folder .desk of this workspace. Issues on GitHub stay there and are not copied. This is saved in the workspace settings and applies to everybody who opens the workspace."),
      ...(pending === 0 ? [] : [t("{0} changes for GitHub are pending. They are stored, and sent when you use GitHub for this desk again.", pending)]),
    ].join("\n\n"),
    use,
  );
  if (chosen !== use) return undefined;
  await vscode.workspace.getConfiguration("responseDesk").update("store", "files", vscode.ConfigurationTarget.Workspace);
  await session.refresh();
  return ok(undefined);
}
