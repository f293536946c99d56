import * as vscode from "vscode";
import { ok } from "../../core/result";
import { hostOf } from "../views/sayServer";
import { configuredServer } from "../platform/configuredServer";
import type { CommandEnd, DeskTools } from "./command";
import { tellSignedIn } from "./input/tellSignedIn";

/** Keeps the desk's issues on GitHub from now on, once the person was told what that means, and signs in there. */
export async function run({ session }: DeskTools): Promise<CommandEnd> {
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
  return tellSignedIn(account.server, await account.signIn());
}
