import * as vscode from "vscode";
import type { IssueRef } from "../../core/issue/issueRef";
import type { ChecklistSubject } from "../../protocol/checklist";
import type { DeskSession } from "../app/session";
import { type PanelType, showPanel } from "./showPanel";
import { runInBackground } from "../platform/background";

/** Shows the live checklist of an issue, at one of its runs if it is named: the panel that is open, else a new one. */
export function openChecklist(_deps: { readonly session: DeskSession; readonly context: vscode.ExtensionContext }, ref: IssueRef, run?: string): void {
  const type: PanelType = "responseDesk.checklist";
  const subject: ChecklistSubject = run === undefined ? { ref } : { ref, run };
  runInBackground(vscode.commands.executeCommand(showPanel, type, subject));
}
