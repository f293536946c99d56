import * as vscode from "vscode";
import { openSteps } from "../../../core/checklist/marking";
import { issueFacts } from "../../../core/issue/issueFacts";
import { resolutionTexts } from "../../../core/markup/issueTexts";
import type { Desk } from "../../../core/model/desk";
import { isWork } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";
import { batchOf } from "../../../core/model/operation";
import { runInBackground } from "../../platform/background";
import type { Answer } from "../../ui/inputFlow";
import { openChecklist } from "../../ui/openPanel";
import { type Choice, enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, chooseKnownIssue, isOpen, issueChoice, shortReference } from "../input/pickIssue";
import { noticesToDuplicates } from "./duplicates";
import { type RemainingWork, remainingWork, resolutionsFor } from "./resolutions";

type Next = { readonly kind: "close" } | { readonly kind: "checklist"; readonly run: string } | { readonly kind: "child"; readonly ref: IssueRef };

/** Closes an issue with its resolution. First lists open steps and linked issues; afterwards offers the post-mortem. */
export async function closeIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Close issue"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue } = chosen.value;
  const title = t("Close {0}", plainLabel(`${shortReference(session, ref)} ${issue.title}`).slice(0, 80));
  if (issue.state === "closed") {
    runInBackground(vscode.window.showInformationMessage(t("{0} is already closed.", shortReference(session, ref))), session.log);
    return undefined;
  }
  const desk = session.desk.config();
  const facts = issueFacts(issue, desk);
  const remaining = remainingWork(facts, (child) => session.issues.find(child));
  const open = remaining.checklists.length > 0 || remaining.children.length > 0;
  for (;;) {
    if (open) {
      const action = await pickOne({ flowStep: { title, back: false }, placeholder: describeRemaining(remaining), choices: nextActions(remaining, desk, session.clock.now()) });
      if (action.kind !== "next") return undefined;
      if (action.value.kind === "checklist") {
        openChecklist(ref, action.value.run);
        return undefined;
      }
      if (action.value.kind === "child") {
        await vscode.commands.executeCommand("responseDesk.issue.open", action.value.ref);
        return undefined;
      }
    }
    const resolution = await askResolution(title, open, facts.kind);
    if (resolution.kind === "back") continue;
    if (resolution.kind === "left") return undefined;
    const closed = await tools.submit(t("Closing…"), batchOf([{ kind: "close", ref, resolution: resolution.value }, ...noticesToDuplicates(session, issue, "closed", resolution.value)]));
    if (closed.kind === "done" && isWork(facts.kind)) runInBackground(offerPostmortem(shortReference(session, ref), ref, desk, facts), session.log);
    return closed;
  }
}

function describeRemaining({ checklists, children }: RemainingWork): string {
  const t = vscode.l10n.t;
  const steps = checklists.reduce((sum, checklist) => sum + openSteps(checklist).length, 0);
  const parts = [
    ...(steps === 0 ? [] : [steps === 1 ? t("1 step of its checklist is open") : t("{0} steps of its checklist are open", steps)]),
    ...(children.length === 0 ? [] : [children.length === 1 ? t("1 linked issue is open") : t("{0} linked issues are open", children.length)]),
  ];
  return parts.join(t(", and "));
}

function nextActions({ checklists, children }: RemainingWork, desk: Desk, now: string): Choice<Next>[] {
  const t = vscode.l10n.t;
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
    ...children.map((child): Choice<Next> => ({ ...issueChoice(child, desk, now), value: { kind: "child", ref: child.ref } })),
    { label: `$(pass) ${t("Close Anyway")}`, description: t("open steps and issues stay open"), value: { kind: "close" } },
  ];
}

async function offerPostmortem(name: string, ref: IssueRef, desk: Desk, facts: ReturnType<typeof issueFacts>): Promise<void> {
  const t = vscode.l10n.t;
  const isRequired = facts.priority !== undefined && desk.postmortem.for.includes(facts.priority);
  if (!isRequired && facts.kind !== "incident" && facts.postmortem === undefined) {
    vscode.window.setStatusBarMessage(t("{0} is closed", name), 4000);
    return;
  }
  const write = facts.postmortem === undefined ? t("Write Post-mortem") : t("Open Post-mortem");
  const message = isRequired
    ? t("{0} is closed. Its priority ({1}) requires a post-mortem. The timeline is filled in from the issue.", name, plainLabel(facts.priority ?? ""))
    : t("{0} is closed.", name);
  if ((await vscode.window.showInformationMessage(message, write)) === write) await vscode.commands.executeCommand("responseDesk.issue.postmortem", ref);
}

/** Reopens a closed issue. */
export async function reopenIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const ref = await chooseIssue(session, argument, {
    title: vscode.l10n.t("Reopen issue"),
    suits: (issue) => issue.state === "closed",
  });
  if (ref === undefined) return undefined;
  return tools.submit(vscode.l10n.t("Reopening…"), { kind: "edit", ref, change: { kind: "reopen" } });
}

/** Asks how an issue was resolved: first the usual resolutions of its kind, then the text that is recorded. */
async function askResolution(title: string, back: boolean, kind: string | undefined): Promise<Answer<string>> {
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
