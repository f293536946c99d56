import * as vscode from "vscode";
import { ok } from "../../core/result";
import { choiceKey, plainChoice, readChoice } from "../views/outlineChoice";
import type { BareTools, CommandEnd } from "./command";

/** Shows all open issues again; groups stay. */
export async function run({ context }: BareTools): Promise<CommandEnd> {
  await context.workspaceState.update(choiceKey, { ...readChoice(context.workspaceState.get(choiceKey)), filter: plainChoice.filter });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}
