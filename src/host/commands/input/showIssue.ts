import * as vscode from "vscode";
import type { IssueRef } from "../../../core/issue/issueRef";
import type { DeskTools } from "../command";

/** Opens the live checklist of an issue, at one of its runs if it is named. */
export async function showChecklist(tools: DeskTools, ref: IssueRef, run?: string): Promise<void> {
  const { openChecklist } = await import("../../panels/checklist");
  openChecklist({ session: tools.session, context: tools.context }, ref, run);
}

/** Shows an issue in its tree, without taking the focus, when that view is open. */
export async function revealIssue(ref: IssueRef): Promise<void> {
  await vscode.commands.executeCommand("responseDesk._issue.reveal", ref);
}

/** Opens the post-mortem builder for an issue. */
export async function showPostmortem(tools: DeskTools, ref: IssueRef): Promise<void> {
  const { openPostmortem } = await import("../../panels/postmortem");
  openPostmortem({ session: tools.session, context: tools.context }, ref);
}
