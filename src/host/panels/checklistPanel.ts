import * as vscode from "vscode";
import { sameLogin } from "../../core/desk/sameLogin";
import { refKey } from "../../core/issue/issueRef";
import { lanesOf } from "../../core/issue/lanes";
import type { Submission } from "../../core/issue/outbox";
import { findStep } from "../../core/runbook/marking";
import { readRuns } from "../../core/issue/runRegion";
import { readInline } from "../../markdown/readInline";
import { checklistProtocol, type ChecklistReply, type ChecklistState, type ChecklistSubject, type ChecklistToHost, type ChecklistWrite } from "../../protocol/checklist";
import { assertNever } from "../../core/result";
import { filterEvent } from "../platform/followEvents";
import { brokenReason, wordFailure, wordNotDone } from "../commands/failureWords";
import { actOn } from "./checklistAction";
import { checklistState, shownRun } from "./checklistState";
import { checklistLabels } from "./checklistLabels";
import { panelDoor, type PanelBody, type PanelDeps, type PanelDoor, type PanelTools } from "./panel";

/** The checklist panels: one per issue. */
export function checklistDoor(deps: PanelDeps): PanelDoor {
  return panelDoor<ChecklistSubject, ChecklistState, ChecklistToHost, ChecklistReply>(deps, {
    viewType: "responseDesk.checklist",
    bundle: "checklist",
    icon: "checklist",
    protocol: checklistProtocol,
    key: ({ ref }) => refKey(ref),
    title: ({ ref }) => vscode.l10n.t("Checklist #{0}", ref.number),
    open: openBody,
  });
}

function openBody(tools: PanelTools, first: ChecklistSubject): PanelBody<ChecklistSubject, ChecklistState, ChecklistToHost, ChecklistReply> {
  const { session } = tools;
  const labels = checklistLabels(vscode.l10n.t);
  const now = { subject: first };
  // Before the issue was found, any change may bring it.
  let shown: ReadonlySet<string> | undefined;

  async function state(): Promise<ChecklistState> {
    const { subject } = now;
    const lookedUp = new Set([refKey(subject.ref)]);
    const issue = session.issues.find(subject.ref);
    const run = issue === undefined ? undefined : shownRun(readRuns(issue.body, issue.ref.repository), subject.run);
    const runbook = run === undefined ? undefined : await session.runbooks.get(run.runbook);
    const linked = [...new Set(runbook?.steps.flatMap(({ runbooks }) => runbooks) ?? [])];
    const titles = await Promise.all(linked.map(async (path) => [path, (await session.runbooks.get(path))?.title ?? path] as const));
    const failure = session.store.failure()?.failure;
    const snapshot = session.issues.snapshot();
    shown = issue === undefined ? undefined : lookedUp;
    return checklistState({
      subject,
      lookedUp: (ref) => void lookedUp.add(refKey(ref)),
      desk: session.desk.config(),
      snapshot,
      failure: failure === undefined ? undefined : { text: wordFailure(failure).message, signIn: failure.kind === "signedOut" },
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

  /** Somebody else marked the step since the person saw it, or an earlier sending of the same write did. */
  function markedSince(write: ChecklistWrite): boolean {
    const issue = session.issues.find(now.subject.ref);
    const run = issue === undefined ? undefined : readRuns(issue.body, issue.ref.repository).find(({ id }) => id === write.run);
    const step = run === undefined ? undefined : findStep(run, write.kind === "mark" ? write.step : write.decision);
    if (step === undefined || step.mark.at === write.seen) return false;
    return !sameLogin(step.mark.by ?? "", session.account.knownMe() ?? "") || (write.kind === "mark" && write.mark.kind === step.mark.kind);
  }

  async function write(message: ChecklistWrite): Promise<ChecklistReply> {
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

  function turnTo(subject: ChecklistSubject): void {
    now.subject = subject.run === undefined ? { ...now.subject, ref: subject.ref } : subject;
    tools.changed();
  }

  return {
    subject: () => now.subject,
    turnTo,
    state,
    follows: [
      filterEvent(session.issues.onDidChange, ({ refs }) => shown === undefined || refs.some((ref) => shown?.has(refKey(ref)) === true)),
      filterEvent(session.pending.onDidChange, (changed) => changed.some((each) => lanesOf(each).includes(refKey(now.subject.ref)))),
      session.desk.onDidChange,
      session.runbooks.onDidChange,
      session.account.onDidChange,
      session.store.onDidChange,
    ],
    title: ({ content }) => (content.kind === "issue" ? `${content.issue.reference} ${content.issue.title}` : vscode.l10n.t("Checklist #{0}", now.subject.ref.number)),
    async handle(message) {
      switch (message.kind) {
        case "mark":
        case "choose":
          return write(message);
        case "turnTo":
          turnTo({ ref: now.subject.ref, run: message.run });
          return undefined;
        case "act":
          if (message.action.kind === "turnTo") turnTo({ ref: now.subject.ref, run: message.action.run });
          else await actOn(message.action, { session, subject: now.subject });
          return undefined;
        default:
          return assertNever(message);
      }
    },
  };
}

function replyTo(submission: Submission): ChecklistReply {
  return submission.kind === "done" ? { kind: "done" } : { kind: "refused", ...wordNotDone(submission) };
}
