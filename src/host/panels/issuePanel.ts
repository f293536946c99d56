import * as vscode from "vscode";
import { findStep } from "../../core/checklist/marking";
import { readChecklists } from "../../core/markup/checklistRegion";
import { refKey } from "../../core/model/issueRef";
import { sameLogin } from "../../core/model/names";
import { assertNever } from "../../core/model/result";
import { lanesOf } from "../../core/sync/lanes";
import type { Submission } from "../../core/sync/outbox";
import { readInline } from "../../markdown/readMarkdown";
import {
  type IssueAction,
  issueProtocol,
  type IssueReply,
  type IssueState,
  type IssueSubject,
  type IssueToHost,
  type ChecklistWrite,
} from "../../protocol/issue";
import type { DeskSession } from "../app/session";
import { filterEvent } from "../platform/followEvents";
import { brokenReason, describeFailure, describeNotDone } from "../ui/failureMessages";
import { issueLabels } from "./issuePageLabels";
import { issueState, shownChecklist } from "./issueState";
import { linkTarget } from "./links";
import { openFile, openTarget } from "./openTarget";
import { type PanelBody, type PanelDeps, type PanelFactory, panelFactory, type PanelTools } from "./panel";

/** The pages of issues: one panel per issue. */
export function issuePanel(deps: PanelDeps): PanelFactory {
  return panelFactory<IssueSubject, IssueState, IssueToHost, IssueReply>(deps, {
    viewType: "responseDesk.issue",
    bundle: "issue",
    icon: "issue",
    protocol: issueProtocol,
    key: ({ ref }) => refKey(ref),
    title: ({ ref }) => vscode.l10n.t("Issue #{0}", ref.number),
    open: openBody,
  });
}

function openBody(tools: PanelTools, { part: _part, ...first }: IssueSubject): PanelBody<IssueSubject, IssueState, IssueToHost, IssueReply> {
  const { session } = tools;
  const labels = issueLabels(vscode.l10n.t);
  const now: { subject: IssueSubject } = { subject: first };
  // Until the issue is found, any change may add it.
  let shown: ReadonlySet<string> | undefined;

  async function state(): Promise<IssueState> {
    const { subject } = now;
    const watchedIssues = new Set([refKey(subject.ref)]);
    const issue = session.issues.find(subject.ref);
    const run = issue === undefined ? undefined : shownChecklist(readChecklists(issue.body, issue.ref.repository), subject.run);
    const runbook = run === undefined ? undefined : await session.runbooks.get(run.runbook);
    const linked = [...new Set(runbook?.steps.flatMap(({ runbooks }) => runbooks) ?? [])];
    const titles = await Promise.all(linked.map(async (path) => [path, (await session.runbooks.get(path))?.title ?? path] as const));
    const failure = session.store.failure()?.failure;
    const snapshot = session.issues.snapshot();
    shown = issue === undefined ? undefined : watchedIssues;
    return issueState({
      subject,
      watchedIssues: (ref) => void watchedIssues.add(refKey(ref)),
      desk: session.desk.config(),
      snapshot,
      failure: failure === undefined ? undefined : { text: describeFailure(failure).message, signIn: failure.kind === "signedOut" },
      pending: session.pending.operations(),
      writable: session.account.writable(),
      me: session.account.knownMe(),
      language: vscode.env.language,
      labels,
      runbook,
      titles: new Map(titles),
      holders: session.clocks.holders(),
      readInline,
      brokenReason: (path) => brokenReason(snapshot?.broken.find((broken) => broken.path === path)?.reason ?? "badFields"),
    });
  }

  /** Whether another user marked the step since the user saw it, or an earlier attempt of the same write did. */
  function markedSince(write: ChecklistWrite): boolean {
    const issue = session.issues.find(now.subject.ref);
    const run = issue === undefined ? undefined : readChecklists(issue.body, issue.ref.repository).find(({ id }) => id === write.run);
    const step = run === undefined ? undefined : findStep(run, write.kind === "mark" ? write.step : write.decision);
    if (step === undefined || step.mark.at === write.seen) return false;
    return !sameLogin(step.mark.by ?? "", session.account.knownMe() ?? "") || (write.kind === "mark" && write.mark.kind === step.mark.kind);
  }

  async function write(message: ChecklistWrite): Promise<IssueReply> {
    const waiting = session.pending.operations().some(({ key }) => key === message.key);
    if (message.again && !waiting && markedSince(message)) return { kind: "done" };
    const { ref } = now.subject;
    const { run } = message;
    const change =
      message.kind === "mark"
        ? ({ kind: "markStep", run, step: message.step, mark: message.mark } as const)
        : ({ kind: "choose", run, option: message.option, mark: { kind: "done" } } as const);
    const result = await session.pending.submit({ kind: "edit", ref, change }, message.key);
    return replyTo(result);
  }

  function showSubject(subject: IssueSubject): void {
    now.subject = { ...now.subject, ref: subject.ref, ...(subject.run === undefined ? {} : { run: subject.run }) };
    tools.changed();
  }

  return {
    subject: () => now.subject,
    showSubject,
    state,
    follows: [
      filterEvent(session.issues.onDidChange, ({ refs }) => shown === undefined || refs.some((ref) => shown?.has(refKey(ref)) === true)),
      filterEvent(session.pending.onDidChange, (changed) => changed.some((each) => lanesOf(each).includes(refKey(now.subject.ref)))),
      session.desk.onDidChange,
      session.runbooks.onDidChange,
      session.account.onDidChange,
      session.store.onDidChange,
    ],
    title: ({ content }) => (content.kind === "issue" ? `${content.issue.reference} ${content.issue.title}` : vscode.l10n.t("Issue #{0}", now.subject.ref.number)),
    async handle(message) {
      switch (message.kind) {
        case "mark":
        case "choose":
          return write(message);
        case "showChecklist":
          showSubject({ ref: now.subject.ref, run: message.run });
          return undefined;
        case "act":
          if (message.action.kind === "showChecklist") showSubject({ ref: now.subject.ref, run: message.action.run });
          else await actOn(message.action, { session, subject: now.subject });
          return undefined;
        default:
          return assertNever(message);
      }
    },
  };
}

function replyTo(submission: Submission): IssueReply {
  return submission.kind === "done" ? { kind: "done" } : { kind: "refused", ...describeNotDone(submission) };
}

/** Handles a button or link of the checklist, in most cases by a command with the issue, checklist and step. */
async function actOn(
  action: Exclude<IssueAction, { readonly kind: "showChecklist" }>,
  { session, subject }: { readonly session: DeskSession; readonly subject: IssueSubject },
): Promise<void> {
  const { ref } = subject;
  switch (action.kind) {
    case "openIssue":
      return command("responseDesk.issue.openSource", { ref: action.ref });
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
    case "updateFromRunbook":
      return command("responseDesk.checklist.updateFromRunbook", { ref, run: action.run });
    case "assignStep":
      return command("responseDesk.checklist.assignStep", { ref, run: action.run, step: action.step });
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
