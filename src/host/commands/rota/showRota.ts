import * as vscode from "vscode";
import { type PanelType, showPanel } from "../../panels/showPanel";
import type { RotaSubject } from "../../../protocol/rota";
import type { CommandEnd } from "../command";

/** Shows the rota of this month. */
export async function run(): Promise<CommandEnd> {
  const type: PanelType = "responseDesk.rota";
  const subject: RotaSubject = {};
  await vscode.commands.executeCommand(showPanel, type, subject);
  return undefined;
}
