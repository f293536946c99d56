import * as vscode from "vscode";
import { openSteps } from "../../../core/checklist/marking";
import { asksForFeedback, uninformedAudiences, type UninformedAudience } from "../../../core/incident/ending";
import { incidentState, milestoneTime } from "../../../core/incident/incidentState";
import { issueFacts, type RemainingWork, remainingWork } from "../../../core/issue/issueFacts";
import { lastStateChange } from "../../../core/markup/issueRound";
import { type Issue, isWork } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";
import { batchOf } from "../../../core/model/operation";
import { missingReview } from "../../../core/postmortem/timeline/draftPostmortem";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { formatDay } from "../../ui/format";
import { openChecklist } from "../../ui/openPanel";
import { type Choice, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { describeUninformed } from "../../ui/uninformed";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen, issueChoice, shortReference } from "../input/pickIssue";
import { hasCommand } from "../input/show";
import { noticesToDuplicates } from "../issue/duplicates";
import { askResolution, stampOf } from "./resolve";

type Next = { readonly kind: "close" } | { readonly kind: "checklist"; readonly run: string } | { readonly kind: "command"; readonly command: string; readonly argument: unknown };

/** What is left to do on an issue before or when it is closed. */
interface Loose extends RemainingWork {
  readonly audiences: readonly UninformedAudience[];
  /** The date by which the review of a missing post-mortem is due. */
  readonly review?: string;
}

/** Closes an issue, with its resolution if it is not resolved yet. First lists once what is left to do; afterwards offers what follows. */
export async function closeIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Close issue"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference } = chosen.value;
  const title = t("Close {0}", plainLabel(`${reference} ${issue.title}`).slice(0, 80));
  if (issue.state === "closed") {
    runInBackground(vscode.window.showInformationMessage(t("{0} is already closed.", reference)), session.log);
    return undefined;
  }
  const loose = looseEnds(session, issue);
  const asks = loose.checklists.length > 0 || loose.children.length > 0 || loose.audiences.length > 0;
  for (;;) {
    if (asks) {
      const action = await pickOne({ flowStep: { title, back: false }, placeholder: describeLoose(loose), choices: nextActions(tools, ref, loose) });
      if (action.kind !== "next") return undefined;
      if (action.value.kind === "checklist") {
        openChecklist(ref, action.value.run);
        return undefined;
      }
      if (action.value.kind === "command") {
        await vscode.commands.executeCommand(action.value.command, action.value.argument);
        return undefined;
      }
    }
    const closed = await close(tools, issue, title, asks);
    if (closed === "back") continue;
    if (closed?.kind === "done") runInBackground(offerNext(session, issue, loose.review), session.log);
    return closed;
  }
}

/** Closes an issue that is resolved or cancelled at once, and others with the resolution that the user enters. */
async function close(tools: DeskTools, issue: Issue, title: string, back: boolean): Promise<Awaited<ReturnType<DeskTools["submit"]>> | "back" | undefined> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const { ref } = issue;
  const desk = session.desk.config();
  const state = incidentState(desk, issue);
  if (milestoneTime(state, "resolved") !== undefined || state.phase === "cancelled") {
    const stamp = await stampOf(session, issue);
    return stamp === undefined ? undefined : tools.submit(t("Closing…"), { kind: "edit", ref, change: { kind: "close", reason: state.phase === "cancelled" ? "notPlanned" : "completed", stamp } });
  }
  const resolution = await askResolution(title, back, issueFacts(issue, desk).kind);
  if (resolution.kind !== "next") return resolution.kind === "back" ? "back" : undefined;
  const after = lastStateChange(issue);
  return tools.submit(t("Closing…"), batchOf([
    { kind: "close", ref, resolution: resolution.value, ...(after === undefined ? {} : { after }) },
    ...noticesToDuplicates(session, issue, "closed", resolution.value),
  ]));
}

function looseEnds(session: DeskSession, issue: Issue): Loose {
  const desk = session.desk.config();
  const facts = issueFacts(issue, desk);
  const state = incidentState(desk, issue);
  const review = missingReview({ desk, time: session.clocks.time() }, facts, state, session.clock.now());
  return { ...remainingWork(facts, (child) => session.issues.find(child)), audiences: uninformedAudiences(desk, facts, state), ...(review === undefined ? {} : { review }) };
}

function describeLoose({ checklists, children, audiences }: Loose): string {
  const t = vscode.l10n.t;
  const steps = checklists.reduce((sum, checklist) => sum + openSteps(checklist).length, 0);
  const work = [
    ...(steps === 0 ? [] : [steps === 1 ? t("1 step of its checklist is open") : t("{0} steps of its checklist are open", steps)]),
    ...(children.length === 0 ? [] : [children.length === 1 ? t("1 linked issue is open") : t("{0} linked issues are open", children.length)]),
  ].join(t(", and "));
  return [...(work === "" ? [] : [work]), ...describeUninformed(audiences)].join(". ");
}

function nextActions({ session, context }: DeskTools, ref: IssueRef, { checklists, children, audiences, review }: Loose): Choice<Next>[] {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const canSend = audiences.length > 0 && hasCommand(context, "responseDesk.issue.sendUpdate");
  return [
    ...checklists.map((checklist): Choice<Next> => {
      const [first] = openSteps(checklist);
      return {
        label: `$(checklist) ${t("Open Checklist")}`,
        description: plainLabel(checklist.title),
        ...(first === undefined ? {} : { detail: t("Next: {0}", plainLabel(first.text)) }),
        value: { kind: "checklist", run: checklist.id },
      };
    }),
    ...children.map((child): Choice<Next> => ({ ...issueChoice(child, desk, session.clock.now()), value: { kind: "command", command: "responseDesk.issue.open", argument: child.ref } })),
    ...(canSend ? [{ label: `$(megaphone) ${t("Send Update")}`, description: plainLabel(audiences.map(({ audience }) => audience).join(", ")), value: { kind: "command" as const, command: "responseDesk.issue.sendUpdate", argument: ref } }] : []),
    ...(review === undefined ? [] : [{ label: `$(book) ${t("Write Post-mortem")}`, description: t("review due {0}", formatDay(review, vscode.env.language)), value: { kind: "command" as const, command: "responseDesk.issue.postmortem", argument: ref } }]),
    { label: `$(link) ${t("Create Follow-up…")}`, description: t("a linked issue for what is left"), value: { kind: "command", command: "responseDesk.issue.createLinked", argument: ref } },
    { label: `$(pass) ${t("Close Anyway")}`, description: t("what is listed here stays as it is"), value: { kind: "close" } },
  ];
}

/** Offers the post-mortem and the question for feedback after an issue was closed. */
async function offerNext(session: DeskSession, issue: Issue, review: string | undefined): Promise<void> {
  const t = vscode.l10n.t;
  const { ref } = issue;
  const desk = session.desk.config();
  const facts = issueFacts(issue, desk);
  if (!isWork(facts.kind)) return;
  const name = shortReference(session, ref);
  const write = facts.postmortem === undefined ? t("Write Post-mortem") : t("Open Post-mortem");
  const feedback = t("Record Feedback");
  const actions = [
    ...(review !== undefined || facts.kind === "incident" || facts.postmortem !== undefined ? [write] : []),
    ...(asksForFeedback(desk, issue, facts, incidentState(desk, issue)) ? [feedback] : []),
  ];
  if (actions.length === 0) {
    vscode.window.setStatusBarMessage(t("{0} is closed", name), 4000);
    return;
  }
  const message = review === undefined ? t("{0} is closed.", name) : t("{0} is closed. Its priority ({1}) requires a post-mortem. The review is due {2}.", name, plainLabel(facts.priority ?? ""), formatDay(review, vscode.env.language));
  const chosen = await vscode.window.showInformationMessage(message, ...actions);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen === write ? "responseDesk.issue.postmortem" : "responseDesk.issue.recordSatisfaction", ref);
}
