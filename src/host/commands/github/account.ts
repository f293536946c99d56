import * as vscode from "vscode";
import { ok, type Result } from "../../../core/model/result";
import { identity } from "../../app/store/login";
import { runInBackground } from "../../platform/background";
import { configuredServer } from "../../platform/configuredServer";
import { hostOf } from "../../ui/format";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";

/** Signs in where the desk's issues are, or chooses another account; a desk in plain files is asked whether it should move there. */
export async function signIn(tools: DeskTools): Promise<CommandEnd> {
  const account = tools.session.account.github();
  if (account === undefined) return useGithub(tools);
  return notifySignedIn(account.server, await account.signIn());
}

/** Forgets the token, or stops using the editor's account for this desk. What waits to be sent is kept. */
export async function signOut({ session }: DeskTools): Promise<CommandEnd> {
  const account = session.account.github();
  if (account === undefined) return ok(undefined);
  await account.signOut();
  await session.refresh();
  void vscode.window.setStatusBarMessage(vscode.l10n.t("$(sign-out) Signed out of {0}", hostOf(account.server)), 4000);
  return ok(undefined);
}

/** Signs in with a token the person made themselves; a desk in plain files is asked whether it should move to GitHub. */
export async function enterToken(tools: DeskTools): Promise<CommandEnd> {
  const account = tools.session.account.github();
  if (account === undefined) return useGithub(tools);
  return notifySignedIn(account.server, await account.enterToken());
}

/** Asks who is at the keyboard and remembers it for this machine; where issues are on a server, who is signed in there. */
export async function setLogin(tools: DeskTools): Promise<CommandEnd> {
  const { session, context } = tools;
  // There it is the account that says who somebody is.
  if (session.store.now().kind === "github") return signIn(tools);
  const login = await identity(context.globalState, () => session.desk.config().people).choose();
  if (login === undefined) return undefined;
  await session.refresh();
  return ok(login);
}

/** Tells who is signed in now, if a sign-in came to that; gives what it came to. */
function notifySignedIn(server: string, login: Result<string> | undefined): Result<string> | undefined {
  if (login?.kind === "ok") runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("You are signed in to {0} as {1}.", hostOf(server), plainLabel(login.value))));
  return login;
}

/** Keeps the desk's issues on GitHub from now on, once the person was told what that means, and signs in there. */
export async function useGithub({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const server = configuredServer();
  if (server.kind === "failed") return server;
  if (session.store.now().kind === "files") {
    const use = t("Use GitHub");
    const chosen = await vscode.window.showInformationMessage(
      t("Keep the issues of this desk on {0}?", hostOf(server.value)),
      {
        modal: true,
        detail: t("New incidents, requests and checklists become issues of the repositories that desk.yml names, or else of the one this folder is a checkout of. Issues in .desk stay there and are not copied. The settings of this workspace will say so to everybody who opens it."),
      },
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

/** Keeps the desk's issues in plain files of the folder from now on, once the person was told what that means. */
export async function useFiles({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  if (session.store.now().kind === "files") {
    runInBackground(vscode.window.showInformationMessage(t("This desk already keeps its issues in plain files, in the folder .desk.")), session.log);
    return ok(undefined);
  }
  const waiting = session.pending.operations().length;
  const use = t("Use Plain Files");
  const chosen = await vscode.window.showInformationMessage(
    t("Keep the issues of this desk in plain files?"),
    {
      modal: true,
      detail: [
        t("New incidents, requests and checklists become files in the folder .desk of this workspace. Issues on GitHub stay there and are not copied. The settings of this workspace will say so to everybody who opens it."),
        ...(waiting === 0 ? [] : [t("{0} changes still wait to be sent to GitHub. They are kept, and sent when you use GitHub for this desk again.", waiting)]),
      ].join("\n\n"),
    },
    use,
  );
  if (chosen !== use) return undefined;
  await vscode.workspace.getConfiguration("responseDesk").update("store", "files", vscode.ConfigurationTarget.Workspace);
  await session.refresh();
  return ok(undefined);
}
