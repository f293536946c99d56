import * as vscode from "vscode";
import { readServer } from "../../core/github/server";
import { failed, ok, type Result } from "../../core/model/result";

/** The server in the user settings. Workspace and folder settings are ignored: a folder that someone else wrote must never decide where a token is sent. */
export function configuredServer(): Result<string> {
  const setting = vscode.workspace.getConfiguration("responseDesk").inspect("github.server");
  const text = setting?.globalValue ?? setting?.defaultValue;
  const server = readServer(text);
  return server === undefined ? failed({ kind: "badServer", setting: String(text) }) : ok(server);
}
