import * as vscode from "vscode";
import { ok } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { runInBackground } from "../platform/background";

/** Keeps the desk's issues in plain files of the folder from now on, once the person was told what that means. */
export async function run({ session }: DeskTools): Promise<CommandEnd> {
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
