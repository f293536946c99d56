import * as vscode from "vscode";
import type { HandoffSubject } from "../../protocol/handoff";
import { type PanelType, showPanel } from "./showPanel";
import { runInBackground } from "../platform/background";

/** Shows the hand-off builder of a person: the panel that is open, else a new one. */
export function openHandoff(outgoing: string): void {
  const type: PanelType = "responseDesk.handoff";
  const subject: HandoffSubject = { outgoing };
  runInBackground(vscode.commands.executeCommand(showPanel, type, subject));
}
