import * as vscode from "vscode";
import { chooseDeskFolder } from "../platform/deskFolder";
import type { BareTools, CommandEnd } from "./command";

/** Lets the person choose the workspace folder whose desk is used, and opens that desk. */
export async function run({ open, context }: BareTools): Promise<CommandEnd> {
  const opened = await open();
  if (opened.kind === "failed") return opened;
  const chosen = await chooseDeskFolder(context.workspaceState, opened.value.folder);
  if (chosen !== undefined) await vscode.commands.executeCommand("responseDesk._desk.reconsider");
  return undefined;
}
