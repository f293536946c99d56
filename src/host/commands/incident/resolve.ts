import * as vscode from "vscode";
import { readSatisfaction, satisfactionOperations, satisfactionScores, uninformedAudiences } from "../../../core/incident/ending";
import { incidentState, milestoneTime } from "../../../core/incident/incidentState";
import { issueFacts } from "../../../core/issue/issueFacts";
import { lastStateChange, stampAfter } from "../../../core/markup/issueRound";
import { reopenedComment, type Resolution, resolutionTexts } from "../../../core/markup/issueTexts";
import { renderComment, renderMilestone } from "../../../core/markup/milestone";
import { type Issue, isWork } from "../../../core/model/issue";
import type { ChangeStamp } from "../../../core/model/issueChange";
import type { IssueRef } from "../../../core/model/issueRef";
import { batchOf } from "../../../core/model/operation";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import type { Answer } from "../../ui/inputFlow";
import { enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { confirmUninformed } from "../../ui/uninformed";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen } from "../input/pickIssue";
import { hasCommand } from "../input/show";
import { noticesToDuplicates } from "../issue/duplicates";

/** Resolves an issue: records how, and leaves it open for what is left to do. */
export async function resolveIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const isResolved = (issue: Issue): boolean => milestoneTime(incidentState(desk, issue), "resolved") !== undefined;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Resolve issue"), suits: (issue) => isOpen(issue) && isWork(issueFacts(issue, desk).kind) && !isResolved(issue) });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, facts, reference: name } = chosen.value;
  const { phase } = incidentState(desk, issue);
  if (phase === "resolved" || phase === "cancelled" || phase === "closed") {
    const text = phase === "resolved" ? t("{0} is already resolved. Close it, or reopen it if it is not over.", name) : phase === "cancelled" ? t("{0} is cancelled. Reopen it first.", name) : t("{0} is closed. Reopen it first.", name);
    runInBackground(vscode.window.showInformationMessage(text), session.log);
    return undefined;
  }
  const resolution = await askResolution(t("Resolve {0}", plainLabel(`${name} ${issue.title}`).slice(0, 80)), false, facts.kind);
  if (resolution.kind !== "next") return undefined;
  const stamp = await stampOf(session, issue);
  if (stamp === undefined) return undefined;
  const resolved = await tools.submit(t("Resolving…"), batchOf([
    { kind: "comment", ref, markdown: renderMilestone("resolved", resolution.value) },
    { kind: "edit", ref, change: { kind: "setFields", fields: [{ name: "resolution", value: resolution.value, ...stamp }] } },
    ...noticesToDuplicates(session, issue, "resolved", resolution.value),
  ]));
  if (resolved.kind === "done") runInBackground(offerNext(tools, ref, name), session.log);
  return resolved;
}

async function offerNext({ session, context }: DeskTools, ref: IssueRef, name: string): Promise<void> {
  const t = vscode.l10n.t;
  const [send, close] = [t("Send Update"), t("Close Issue")];
  const canSend = session.desk.config().audiences.length > 0 && hasCommand(context, "responseDesk.issue.sendUpdate");
  const chosen = await vscode.window.showInformationMessage(t("{0} is resolved. It stays open until you close it.", name), ...(canSend ? [send] : []), close);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen === send ? "responseDesk.issue.sendUpdate" : "responseDesk.issue.close", ref);
}

/** Cancels an issue that turned out not to be an incident. It is closed as not planned, with the reason in its timeline. */
export async function cancelIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const title = t("Cancel incident");
  const chosen = await chooseKnownIssue(session, argument, { title, suits: (issue) => isOpen(issue) && issueFacts(issue, desk).kind === "incident" });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, facts, reference: name, flowStep } = chosen.value;
  if (issue.state === "closed") {
    runInBackground(vscode.window.showInformationMessage(t("{0} is already closed.", name)), session.log);
    return undefined;
  }
  const end = await confirmUninformed(flowStep.title, uninformedAudiences(desk, facts, incidentState(desk, issue)));
  if (end === undefined) return undefined;
  const reason = await enterText({ flowStep, prompt: t("Why is {0} not an incident? The reason is recorded, and the issue is closed as not planned", name), needed: t("Enter a reason.") });
  if (reason.kind !== "next") return undefined;
  const stamp = await stampOf(session, issue);
  if (stamp === undefined) return undefined;
  const cancelled = await tools.submit(t("Cancelling…"), batchOf([
    { kind: "comment", ref, markdown: renderMilestone("cancelled", reason.value) },
    { kind: "edit", ref, change: { kind: "close", reason: "notPlanned", stamp } },
    ...noticesToDuplicates(session, issue, "closed", reason.value),
  ]));
  if (end === "send" && cancelled.kind !== "failed") runInBackground(vscode.commands.executeCommand("responseDesk.issue.sendUpdate", ref), session.log);
  return cancelled;
}

/** Reopens an issue that is closed, resolved or cancelled. Its clock and its updates start again, and its history stays. */
export async function reopenIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const isOver = (issue: Issue): boolean => ["closed", "resolved", "cancelled"].includes(incidentState(desk, issue).phase);
  const title = t("Reopen issue");
  const chosen = await chooseKnownIssue(session, argument, { title, suits: isOver });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference: name, flowStep } = chosen.value;
  if (!isOver(issue)) {
    runInBackground(vscode.window.showInformationMessage(t("{0} is already open.", name)), session.log);
    return undefined;
  }
  const reason = await enterText({ flowStep, prompt: t("Why is {0} reopened? It is added as a comment", name), placeholder: t("Optional") });
  if (reason.kind !== "next") return undefined;
  const stamp = await stampOf(session, issue);
  if (stamp === undefined) return undefined;
  return tools.submit(t("Reopening…"), batchOf([
    { kind: "edit", ref, change: { kind: "reopen", stamp } },
    ...(reason.value === "" ? [] : [{ kind: "comment" as const, ref, markdown: renderComment(reopenedComment(reason.value)) }]),
  ]));
}

/** Records how satisfied the reporter of an issue was: a score and their words, or that they did not answer. */
export async function recordSatisfaction(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const title = t("Record feedback");
  const chosen = await chooseKnownIssue(session, argument, { title, suits: (issue) => !isOpen(issue) && isWork(issueFacts(issue, desk).kind) });
  if (chosen?.kind !== "ok") return chosen;
  const { issue, reference } = chosen.value;
  const recorded = readSatisfaction(incidentState(desk, issue));
  const labels: Readonly<Record<(typeof satisfactionScores)[number], string>> = { 5: t("Very satisfied"), 4: t("Satisfied"), 3: t("Neither satisfied nor dissatisfied"), 2: t("Dissatisfied"), 1: t("Very dissatisfied") };
  for (;;) {
    const score = await pickOne<{ readonly score?: number }>({
      flowStep: { title, step: 1, total: 2, back: false },
      placeholder: t("How satisfied is the reporter of {0}?", reference),
      choices: [
        ...satisfactionScores.map((value) => ({ label: `${value} · ${labels[value]}`, description: recorded?.score === value ? t("current") : "", value: { score: value } })),
        { label: `$(dash) ${t("No Answer")}`, description: t("counts as no score"), value: {} },
      ],
    });
    if (score.kind !== "next") return undefined;
    const words = await enterText({ flowStep: { title, step: 2, total: 2, back: true }, prompt: t("What did they say?"), placeholder: t("Optional") });
    if (words.kind === "back") continue;
    if (words.kind === "left") return undefined;
    const me = await session.account.me();
    if (me === undefined) return undefined;
    return tools.submit(t("Recording the feedback…"), batchOf(satisfactionOperations(issue, score.value.score, words.value, { at: session.clock.now(), by: me })));
  }
}

/** The stamp of a change of the issue's state that the user requests now. `undefined` if they do not say who they are. */
export async function stampOf(session: DeskSession, issue: Issue): Promise<ChangeStamp | undefined> {
  const me = await session.account.me();
  return me === undefined ? undefined : stampAfter({ at: session.clock.now(), by: me }, lastStateChange(issue));
}

/** Asks how an issue was resolved: first the usual resolutions of its kind, then the text that is recorded. */
export async function askResolution(title: string, back: boolean, kind: string | undefined): Promise<Answer<string>> {
  const t = vscode.l10n.t;
  for (;;) {
    const selected = await pickMany({
      flowStep: { title, step: 1, total: 2, back },
      placeholder: t("How was it resolved? Select all that apply, then press Enter"),
      choices: resolutionsFor(kind).map((resolution) => ({ label: resolutionTexts[resolution], value: resolutionTexts[resolution] })),
    });
    if (selected.kind !== "next") return selected;
    const text = await enterText({
      flowStep: { title, step: 2, total: 2, back: true },
      prompt: t("The resolution to record on the issue"),
      placeholder: t("What was done, and where to find details"),
      value: selected.value.join("; "),
      needed: t("Enter a resolution."),
    });
    if (text.kind !== "back") return text;
  }
}

/** The usual resolutions for a kind of issue, the most likely first. */
function resolutionsFor(kind: string | undefined): readonly Resolution[] {
  switch (kind) {
    case "incident":
      return ["fixed", "workaround", "answered", "known", "addedToKnown", "diagnosed", "reproducer", "filed", "recovered"];
    case "request":
      return ["done", "answered", "known", "addedToKnown", "filed", "declined", "withdrawn"];
    case "issue":
      return ["fixed", "known", "addedToKnown", "workaround", "declined", "withdrawn"];
    default:
      return ["done", "declined", "withdrawn"];
  }
}
