import * as vscode from "vscode";
import { formatRef, type IssueRef } from "../../../core/model/issueRef";
import { fileOfProcedure } from "../../../core/model/procedurePath";
import { assertNever } from "../../../core/model/result";
import type { Runbook } from "../../../core/model/runbook";
import type { IssueAction, IssueSubject } from "../../../protocol/issue";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { plainLabel } from "../../ui/safeText";
import { linkDestination } from "../shared/links";
import { openFile, openTarget } from "../shared/openTarget";

/** The actions that commands perform, not the panel itself. */
export type CommandAction = Exclude<IssueAction, { readonly kind: "showChecklist" | "readTimeline" | "refresh" }>;

interface ActionContext {
  readonly session: DeskSession;
  readonly subject: IssueSubject;
}

/** Handles a button or link of the page, in most cases by a command with the issue, checklist and step. */
export async function actOn(
  action: CommandAction,
  { session, subject }: ActionContext,
): Promise<void> {
  const { ref } = subject;
  switch (action.kind) {
    case "openIssue":
      return command("responseDesk.issue.open", { ref: action.ref });
    case "openSource":
      return command("responseDesk.issue.openSource", { ref: action.ref });
    case "run":
      return command(`responseDesk.${action.command}`, action.role === undefined ? { ref } : { ref, role: action.role });
    case "openChecklist":
      return command("responseDesk.issue.openChecklist", { ref: action.ref });
    case "createLinked": {
      const { run, step, issueKind, template } = action;
      return command("responseDesk.issue.createLinked", { ref, run, step, ...(issueKind === undefined ? {} : { kind: issueKind }), ...(template === undefined ? {} : { template }) });
    }
    case "createLinkedSet":
      return command("responseDesk.issue.createLinkedSet", { ref, run: action.run, step: action.step });
    case "linkExisting":
      return command("responseDesk.issue.linkExisting", { ref, run: action.run, step: action.step });
    case "updateFromRunbook":
      return command("responseDesk.checklist.updateFromRunbook", { ref, run: action.run });
    case "assignStep":
      return command("responseDesk.checklist.assignStep", { ref, run: action.run, step: action.step });
    case "markStep":
      return command("responseDesk.checklist.markStep", { ref, run: action.run, step: action.step });
    case "fillField":
      return command("responseDesk.checklist.fillField", { ref, run: action.run, step: action.step, field: action.field });
    case "rejectSection":
      return command("responseDesk.checklist.rejectSection", { ref, run: action.run, gate: action.gate });
    case "addEvidence":
      return command("responseDesk.checklist.addEvidence", { ref, run: action.run, step: action.step });
    case "removeEvidence":
      return command("responseDesk._checklist.removeEvidence", { ref, run: action.run, step: action.step, evidence: action.evidence });
    case "exportChecklist":
      return command("responseDesk.checklist.export", { ref, run: action.run });
    case "copyStep":
      return command("responseDesk._checklist.copyStep", { ref, run: action.run, step: action.step });
    case "runCommand":
      return command("responseDesk.runbook.runCommand", { ref, run: action.run, step: action.step, path: action.path, line: action.line });
    case "copyCommand":
      return command("responseDesk.runbook.copyCommand", action.path, action.line);
    case "comment":
      return command("responseDesk.issue.comment", { ref: action.ref });
    case "close":
      return command("responseDesk.issue.close", { ref: action.ref });
    case "reopen":
      return command("responseDesk.issue.reopen", { ref: action.ref });
    case "postmortem":
      return command("responseDesk.issue.postmortem", { ref });
    case "reveal":
      return command("responseDesk._issue.reveal", ref);
    case "startChecklist":
      return command("responseDesk.issue.startChecklist", action.runbook === undefined ? { ref } : { ref, runbook: action.runbook });
    case "openRunbook":
      return command("responseDesk.runbook.open", action.line === undefined ? { path: action.path } : { path: action.path, line: action.line });
    case "openFile":
      return openFile(session, action.path);
    case "openLink": {
      const opened = await openTarget(session, linkDestination(action.href, fileOfProcedure(action.runbook)));
      if (opened !== undefined && canStart(opened, action.runbook, { session, subject })) runInBackground(offerStart(opened, ref), session.log);
      return;
    }
    case "trust":
      return command("workbench.trust.manage");
    case "signIn":
      return command("responseDesk.github.signIn");
    default:
      return assertNever(action);
  }
}

/** Whether a procedure that a link in the issue's text named can be started on the issue. The steps of a checklist have buttons for that. */
function canStart({ path, steps }: Runbook, from: string, { session, subject }: ActionContext): boolean {
  const issue = session.issues.find(subject.ref);
  if (issue?.state !== "open" || !session.account.writable() || steps.length === 0) return false;
  return !session.issues.factsOf(issue).checklists.some(({ runbook }) => runbook === path || runbook === from);
}

async function offerStart({ path, title }: Runbook, ref: IssueRef): Promise<void> {
  const start = vscode.l10n.t("Start Checklist");
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t("Do you want to start the checklist “{0}” on {1}?", plainLabel(title), plainLabel(formatRef(ref, ""))), start);
  if (chosen === start) await command("responseDesk.issue.startChecklist", { ref, runbook: path });
}

async function command(id: string, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}
