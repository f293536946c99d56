import * as vscode from "vscode";
import type { IssueRef } from "../../core/issue/issueRef";
import { readIssue } from "../../core/postmortem/issueName";
import { renderPostmortem } from "../../core/postmortem/renderPostmortem";
import { uriIn } from "../platform/folderPaths";
import type { DeskSession } from "../app/session";
import { plainLabel } from "../views/plainLabel";
import { linkTarget } from "./linkTarget";
import { openTarget } from "./openTarget";
import type { PostmortemEditor } from "./postmortemEditor";

/** Opens what the evidence of a timeline row names: an issue, a page of the web or a file of the workspace. */
export async function openEvidence(session: DeskSession, text: string, incident: IssueRef, from: string): Promise<void> {
  const ref = readIssue(text, incident.repository);
  if (ref !== undefined) {
    await vscode.commands.executeCommand("responseDesk.issue.open", { ref });
    return;
  }
  const target = linkTarget(/\]\(\s*<?([^()\s<>]+)>?[^()]*\)/.exec(text)?.[1] ?? /https?:\/\/[^\s<>"')\]]+/i.exec(text)?.[0] ?? text.trim(), from);
  return openTarget(session, target, vscode.ViewColumn.Beside);
}

/** Shows the file beside what the person wrote. What it gives forgets the latter. */
export async function compareWithFile(session: DeskSession, editor: PostmortemEditor): Promise<vscode.Disposable> {
  const scheme = `response-desk-postmortem-${session.ids.next()}`;
  const { mine, base } = editor.now();
  const text = renderPostmortem(mine, session.desk.config().timezone, base);
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => text });
  const ours = vscode.Uri.from({ scheme, path: `/${editor.path}` });
  const file = uriIn(session.folder.uri, editor.path);
  if (file !== undefined) await vscode.commands.executeCommand("vscode.diff", file, ours, vscode.l10n.t("File ↔ What you wrote"));
  return provider;
}

/** Writes what is left when the panel is closed. What the file cannot take is offered as a text of its own. */
export async function saveLast(session: DeskSession, editor: PostmortemEditor): Promise<void> {
  await editor.save();
  const { mine, base, saved, trouble } = editor.now();
  if (saved || trouble === undefined) return;
  const show = vscode.l10n.t("Show It");
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t("What you last wrote in the post-mortem {0} is not in the file.", plainLabel(editor.path)), show);
  if (answer !== show) return;
  const content = renderPostmortem(mine, session.desk.config().timezone, base);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content }));
}
