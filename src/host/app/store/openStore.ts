import * as vscode from "vscode";
import { configuredServer } from "../../platform/configuredServer";
import { addressedName, openDeskMemory } from "../../platform/storage";
import { filesStore } from "./filesStore";
import { noStore, type Store, type StoreParts } from "./store";

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
