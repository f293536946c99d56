import * as vscode from "vscode";
import { openSteps } from "../../../core/checklist/marking";
import { issueFacts } from "../../../core/issue/issueFacts";
import type { Desk } from "../../../core/model/desk";
import { isWork } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";
import { assertNever, failed } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import type { Answer } from "../../ui/inputFlow";
import { openChecklist } from "../../ui/openPanel";
import { type Choice, enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, issueChoice, shortReference } from "../input/pickIssue";
import { type Missing, missingBeforeClose, type Resolution, resolutionsFor } from "./resolutions";

type Next = { readonly kind: "close" } | { readonly kind: "checklist"; readonly run: string } | { readonly kind: "child"; readonly ref: IssueRef };

/** Closes an issue with its resolution, after saying what is still open on it; afterwards offers the post-mortem. */
export async function closeIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const ref = await chooseIssue(session, argument, { title: t("Close issue"), placeholder: t("Which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const title = t("Close {0}", plainLabel(`${shortReference(session, ref)} ${issue.title}`).slice(0, 80));
  if (issue.state === "closed") {
    runInBackground(vscode.window.showInformationMessage(t("{0} is closed already.", shortReference(session, ref))), session.log);
    return undefined;
  }
  const desk = session.desk.config();
  const facts = issueFacts(issue, desk);
  const missing = missingBeforeClose(facts, (child) => session.issues.find(child));
  const open = missing.checklists.length > 0 || missing.children.length > 0;
  for (;;) {
    if (open) {
      const chosen = await pickOne({ flowStep: { title, back: false }, placeholder: describeMissing(missing), choices: waysOn(missing, desk, session.clock.now()) });
      if (chosen.kind !== "next") return undefined;
      if (chosen.value.kind === "checklist") {
        openChecklist(ref, chosen.value.run);
        return undefined;
      }
      if (chosen.value.kind === "child") {
        await vscode.commands.executeCommand("responseDesk.issue.open", chosen.value.ref);
        return undefined;
      }
    }
    const resolution = await askResolution(title, open, facts.kind);
    if (resolution.kind === "back") continue;
    if (resolution.kind === "left") return undefined;
    const closed = await tools.submit(t("Closing…"), { kind: "close", ref, resolution: resolution.value });
    if (closed.kind === "done" && isWork(facts.kind)) runInBackground(offerPostmortem(shortReference(session, ref), ref, desk, facts), session.log);
    return closed;
  }
}

function describeMissing(missing: Missing): string {
  const t = vscode.l10n.t;
  const steps = missing.checklists.reduce((sum, run) => sum + openSteps(run).length, 0);
  const parts = [
    ...(steps === 0 ? [] : [steps === 1 ? t("1 step of its checklist is open") : t("{0} steps of its checklist are open", steps)]),
    ...(missing.children.length === 0 ? [] : [missing.children.length === 1 ? t("1 linked issue is open") : t("{0} linked issues are open", missing.children.length)]),
  ];
  return parts.join(t(", and "));
}

function waysOn(missing: Missing, desk: Desk, now: string): Choice<Next>[] {
  const t = vscode.l10n.t;
  return [
    ...missing.checklists.map((run): Choice<Next> => {
      const [first] = openSteps(run);
      return {
        label: `$(checklist) ${t("Open the checklist")}`,
        description: plainLabel(run.title),
        ...(first === undefined ? {} : { detail: t("Next: {0}", plainLabel(first.text)) }),
        value: { kind: "checklist", run: run.id },
      };
    }),
    ...missing.children.map((child): Choice<Next> => ({ ...issueChoice(child, desk, now), value: { kind: "child", ref: child.ref } })),
    { label: `$(pass) ${t("Close anyway")}`, description: t("what is open stays open"), value: { kind: "close" } },
  ];
}

async function offerPostmortem(name: string, ref: IssueRef, desk: Desk, facts: ReturnType<typeof issueFacts>): Promise<void> {
  const t = vscode.l10n.t;
  const called = facts.priority !== undefined && desk.postmortem.for.includes(facts.priority);
  if (!called && facts.kind !== "incident" && facts.postmortem === undefined) {
    vscode.window.setStatusBarMessage(t("{0} is closed", name), 4000);
    return;
  }
  const write = facts.postmortem === undefined ? t("Write Post-mortem") : t("Open Post-mortem");
  const message = called
    ? t("{0} is closed. Its priority ({1}) calls for a post-mortem; the timeline is already there to start from.", name, plainLabel(facts.priority ?? ""))
    : t("{0} is closed.", name);
  if ((await vscode.window.showInformationMessage(message, write)) === write) await vscode.commands.executeCommand("responseDesk.issue.postmortem", ref);
}

/** Opens a closed issue again. */
export async function reopenIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const ref = await chooseIssue(session, argument, {
    title: vscode.l10n.t("Reopen issue"),
    placeholder: vscode.l10n.t("Which closed issue?"),
    suits: (issue) => issue.state === "closed",
  });
  if (ref === undefined) return undefined;
  return tools.submit(vscode.l10n.t("Reopening…"), { kind: "edit", ref, change: { kind: "reopen" } });
}

/** Asks how an issue was resolved: any of the usual ways where they fit its kind, then words of the person's own. */
async function askResolution(title: string, back: boolean, kind: string | undefined): Promise<Answer<string>> {
  const t = vscode.l10n.t;
  const usual = resolutionsFor(kind);
  for (;;) {
    const ways = await pickMany({
      flowStep: { title, step: 1, total: 2, back },
      placeholder: t("How was it resolved? Tick any, then press Enter to go on"),
      choices: usual.map((way) => ({ label: resolutionLabel(way), value: resolutionLabel(way) })),
    });
    if (ways.kind !== "next") return ways;
    const text = await enterText({
      flowStep: { title, step: 2, total: 2, back: true },
      prompt: t("The resolution, as it is recorded on the issue"),
      placeholder: t("What was done, and where to read more"),
      value: ways.value.join("; "),
      needed: t("Say in a few words how it ended."),
    });
    if (text.kind !== "back") return text;
  }
}

function resolutionLabel(way: Resolution): string {
  const t = vscode.l10n.t;
  switch (way) {
    case "answered":
      return t("Answered, or shown where it is documented");
    case "known":
      return t("Known issue");
    case "addedToKnown":
      return t("Added to a known issue");
    case "diagnosed":
      return t("Diagnosed");
    case "fixed":
      return t("Fixed");
    case "workaround":
      return t("Work-around given");
    case "reproducer":
      return t("Reproducer built");
    case "filed":
      return t("New issue filed");
    case "recovered":
      return t("Recovered by itself");
    case "done":
      return t("Done as asked");
    case "declined":
      return t("Declined, with the reason told");
    case "withdrawn":
      return t("No longer needed");
    default:
      return assertNever(way);
  }
}
