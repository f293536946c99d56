import * as vscode from "vscode";
import type { Memory } from "../../core/ports";
import { folderFiles } from "./folderFiles";
import { folderMemory } from "./folderMemory";

/** Durable values under a name, shared by all windows, so that another window can finish what one began. */
export async function sharedMemory(context: vscode.ExtensionContext, name: string): Promise<Memory> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  const folder = [...new Uint8Array(hash).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return folderMemory(folderFiles(vscode.Uri.joinPath(context.globalStorageUri, "desks", folder), () => true));
}
