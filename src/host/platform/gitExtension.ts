import type * as vscode from "vscode";
import { isRecord } from "../../core/model/plainData";

/** The repository of VS Code's Git extension that contains a file or folder, if it is open. `exported` is what the extension exports. */
export function openRepository(exported: unknown, uri: vscode.Uri): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(exported) || typeof exported["getAPI"] !== "function" || exported["enabled"] === false) return undefined;
  const api: unknown = exported["getAPI"](1);
  if (!isRecord(api) || typeof api["getRepository"] !== "function") return undefined;
  const repository: unknown = api["getRepository"](uri);
  return isRecord(repository) ? repository : undefined;
}
