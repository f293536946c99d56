import * as vscode from "vscode";
import type { IssueRef } from "../../core/issue/issueRef";
import type { PostmortemSubject } from "../../protocol/postmortem";
import type { DeskSession } from "../app/session";
import { type PanelType, showPanel } from "./showPanel";
import { runInBackground } from "../platform/background";

/** Shows the post-mortem of an issue: the panel that is open, else a new one, on the file that was begun, else a new one. */
export function openPostmortem(_deps: { readonly session: DeskSession; readonly context: vscode.ExtensionContext }, ref: IssueRef): void {
  const type: PanelType = "responseDesk.postmortem";
  const subject: PostmortemSubject = { ref };
  runInBackground(vscode.commands.executeCommand(showPanel, type, subject));
}
