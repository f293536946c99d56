import * as vscode from "vscode";
import { readServer } from "../../../core/github/server";
import { failed, ok, type Result } from "../../../core/model/result";
import { addressedName, openDeskMemory } from "../../platform/storage";
import { filesStore } from "./filesStore";
import { noStore, type Store, type StoreParts } from "./store";

/** The server in the user settings. Workspace and folder settings are ignored: a folder that someone else wrote must never decide where a token is sent. */
export function configuredServer(): Result<string> {
  const setting = vscode.workspace.getConfiguration("responseDesk").inspect("github.server");
  const text = setting?.globalValue ?? setting?.defaultValue;
  const server = readServer(text);
  return server === undefined ? failed({ kind: "badServer", setting: String(text) }) : ok(server);
}

/** The id of the store that the settings name. */
export function chosenStore(): string {
  if (vscode.workspace.getConfiguration("responseDesk").get("store") !== "github") return "files";
  const server = configuredServer();
  return server.kind === "ok" ? `github ${server.value}` : "github";
}

/** Opens the store that the settings name. The GitHub client is loaded only where it is used. */
export async function openStore(parts: StoreParts): Promise<Store> {
  const id = chosenStore();
  if (id === "files") return filesStore(parts);
  const server = configuredServer();
  if (server.kind === "failed") return noStore(id, await openDeskMemory(parts.context, addressedName(parts.folder, id), addressedName(parts.folder, id), parts.log), server.failure);
  return (await import("./githubStore")).githubStore(id, server.value, parts);
}
