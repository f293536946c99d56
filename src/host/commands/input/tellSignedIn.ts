import * as vscode from "vscode";
import type { Result } from "../../../core/result";
import { plainLabel } from "../../views/plainLabel";
import { hostOf } from "../../views/sayServer";
import { runInBackground } from "../../platform/background";

/** Tells who is signed in now, if a sign-in came to that; gives what it came to. */
export function tellSignedIn(server: string, login: Result<string> | undefined): Result<string> | undefined {
  if (login?.kind === "ok") runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("You are signed in to {0} as {1}.", hostOf(server), plainLabel(login.value))));
  return login;
}
