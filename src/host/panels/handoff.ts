import * as vscode from "vscode";
import type { HandoffSubject } from "../../protocol/handoff";
import { type PanelType, showPanel } from "./showPanel";

/** Shows the hand-off builder of a person: the panel that is open, else a new one. */
export function openHandoff(outgoing: string): void {
  const type: PanelType = "responseDesk.handoff";
  const subject: HandoffSubject = { outgoing };
  void vscode.commands.executeCommand(showPanel, type, subject);
}
