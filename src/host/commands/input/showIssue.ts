import * as vscode from "vscode";
import type { IssueRef } from "../../../core/issue/issueRef";

/** Shows an issue in its tree, without taking the focus, when that view is open. */
export async function revealIssue(ref: IssueRef): Promise<void> {
  await vscode.commands.executeCommand("responseDesk._issue.reveal", ref);
}
