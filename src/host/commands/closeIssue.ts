import * as vscode from "vscode";
import type { Desk } from "../../core/desk/desk";
import { issueFacts } from "../../core/issue/issueFacts";
import type { IssueRef } from "../../core/issue/issueRef";
import { isWork } from "../../core/issue/ownKinds";
import { failed } from "../../core/result";
import { openSteps } from "../../core/runbook/marking";
import { plainLabel } from "../views/plainLabel";
import { askResolution } from "./close/askResolution";
import { missingBeforeClose, type Missing } from "./close/missingBeforeClose";
import type { CommandEnd, DeskTools } from "./command";
import { pickOne, type Choice } from "./input/pick";
import { chooseIssue, issueChoice, sayRef } from "./input/pickIssue";
import { openChecklist } from "../ui/openPanel";
import { runInBackground } from "../platform/background";

type Next = { readonly kind: "close" } | { readonly kind: "checklist"; readonly run: string } | { readonly kind: "child"; readonly ref: IssueRef };

/** Closes an issue with its resolution, after saying what is still open on it; afterwards offers the post-mortem. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const ref = await chooseIssue(session, argument, { title: t("Close issue"), placeholder: t("Which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const title = t("Close {0}", plainLabel(`${sayRef(session, ref)} ${issue.title}`).slice(0, 80));
  if (issue.state === "closed") {
    runInBackground(vscode.window.showInformationMessage(t("{0} is closed already.", sayRef(session, ref))), session.log);
    return undefined;
  }
  const desk = session.desk.config();
  const facts = issueFacts(issue, desk);
  const missing = missingBeforeClose(facts, (child) => session.issues.find(child));
  const open = missing.runs.length > 0 || missing.children.length > 0;
  for (;;) {
    if (open) {
      const chosen = await pickOne({ place: { title, back: false }, placeholder: sayMissing(missing), choices: waysOn(missing, desk, session.clock.now()) });
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
    if (closed.kind === "done" && isWork(facts.kind)) runInBackground(offerPostmortem(sayRef(session, ref), ref, desk, facts), session.log);
    return closed;
  }
}

function sayMissing(missing: Missing): string {
  const t = vscode.l10n.t;
  const steps = missing.runs.reduce((sum, run) => sum + openSteps(run).length, 0);
  const parts = [
    ...(steps === 0 ? [] : [steps === 1 ? t("1 step of its checklist is open") : t("{0} steps of its checklist are open", steps)]),
    ...(missing.children.length === 0 ? [] : [missing.children.length === 1 ? t("1 linked issue is open") : t("{0} linked issues are open", missing.children.length)]),
  ];
  return parts.join(t(", and "));
}

function waysOn(missing: Missing, desk: Desk, now: string): Choice<Next>[] {
  const t = vscode.l10n.t;
  return [
    ...missing.runs.map((run): Choice<Next> => {
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
