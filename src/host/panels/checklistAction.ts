import * as vscode from "vscode";
import { assertNever } from "../../core/result";
import type { ChecklistAction, ChecklistSubject } from "../../protocol/checklist";
import type { DeskSession } from "../app/session";
import { linkTarget } from "./linkTarget";
import { openFile, openTarget } from "./openTarget";

/** Does what a button or link of the checklist asks: mostly a command with the issue, run and step it is about. */
export async function actOn(
  action: Exclude<ChecklistAction, { readonly kind: "turnTo" }>,
  { session, subject }: { readonly session: DeskSession; readonly subject: ChecklistSubject },
): Promise<void> {
  const { ref } = subject;
  switch (action.kind) {
    case "openIssue":
      return command("responseDesk.issue.open", { ref: action.ref });
    case "openChecklist":
      return command("responseDesk.issue.openChecklist", { ref: action.ref });
    case "createLinked": {
      const { run, step, issueKind, template } = action;
      return command("responseDesk.issue.createLinked", { ref, run, step, kind: issueKind, ...(template === undefined ? {} : { template }) });
    }
    case "createLinkedSet":
      return command("responseDesk.issue.createLinkedSet", { ref, run: action.run, step: action.step });
    case "linkExisting":
      return command("responseDesk.issue.linkExisting", { ref, run: action.run, step: action.step });
    case "takeOver":
      return command("responseDesk.run.takeOver", { ref, run: action.run });
    case "giveStep":
      return command("responseDesk.run.giveStep", { ref, run: action.run, step: action.step });
    case "sendBack":
      return command("responseDesk.run.sendBack", { ref, run: action.run, gate: action.gate });
    case "addEvidence":
      return command("responseDesk.run.addEvidence", { ref, run: action.run, step: action.step });
    case "removeEvidence":
      return command("responseDesk._run.removeEvidence", { ref, run: action.run, step: action.step, evidence: action.evidence });
    case "exportRun":
      return command("responseDesk.run.export", { ref, run: action.run });
    case "copyStep":
      return command("responseDesk._run.copyStep", { ref, run: action.run, step: action.step });
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
    case "startRun":
      return command("responseDesk.issue.startRun", action.runbook === undefined ? { ref } : { ref, runbook: action.runbook });
    case "openRunbook":
      return command("responseDesk.runbook.open", action.line === undefined ? { path: action.path } : { path: action.path, line: action.line });
    case "openFile":
      return openFile(session, action.path);
    case "openLink":
      return openTarget(session, linkTarget(action.href, action.runbook));
    case "trust":
      return command("workbench.trust.manage");
    case "signIn":
      return command("responseDesk.github.signIn");
    case "refresh":
      return session.refresh();
    default:
      return assertNever(action);
  }
}

async function command(id: string, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}
